#!/usr/bin/env node
import { complaintAbout, packageVersion } from './version.js';

const [argument] = process.argv.slice(2);
const complaint = complaintAbout(process.version);
if (argument === '--version' || argument === '-v') {
  // The commands take longer to load than this takes to answer.
  process.stdout.write(`${packageVersion()}\n`);
} else if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 2;
} else {
  const { main } = await import('./main.js');
  process.exitCode = await main(process.argv.slice(2));
}
