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
  keepCompiledCode();
  const { main } = await import('./main.js');
  // Node.js would wait for what was cut off, and for its own compiler and collector, which still work for the next call.
  process.exit(await main(process.argv.slice(2)));
}

/** Modules that were compiled once are read from a cache (nodejs.org/api/module.html#module-compile-cache), from Node.js 22 on. */
function keepCompiledCode(): void {
  const module: object = process.getBuiltinModule('node:module');
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function')
    Reflect.apply(module.enableCompileCache, module, []);
}
