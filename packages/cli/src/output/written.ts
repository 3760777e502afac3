import { relative } from 'node:path';

/** Where the command was typed: to open the database, it goes to the folder of the configuration. */
const workingFolder = process.cwd();

/** Says that a file was written, which a person finds from where the command was typed. */
export function presentWritten(path: string): string {
  return `Written: ${relative(workingFolder, path)}`;
}
