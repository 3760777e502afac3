import { Command } from 'commander';
import type { Perform } from './program/command.js';
import { migrationCommands } from './program/migrations.js';
import { projectCommands } from './program/project.js';
import { databaseCommands, schemaCommands } from './program/schema.js';
import { type Terminal, terminal } from './terminal.js';

/**
 * The commands. What they do is loaded when one of them runs.
 *
 * @param name the one that is asked for: a family of commands is described alone where it is of that family, for to
 * describe all of them takes as long as some of them run.
 * @param tell takes what is wrong with what was typed.
 */
export function createProgram(perform: Perform, name: string | undefined, tell: Terminal['tell']): Command {
  const program = new Command('dovetail')
    .description('Makes the database fit your entity classes, and shows what it will do first.')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('Run "dovetail --help" for the commands.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.result, writeErr: tell })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nStart with "dovetail init". Each command has its own help: "dovetail schema:update --help".',
    );
  program.option('-v, --version', 'print the version');
  for (const describeFamily of familiesOf(name ?? '')) describeFamily(program, perform);
  return program;
}

type Family = (program: Command, perform: Perform) => void;

function familiesOf(name: string): readonly Family[] {
  switch (name.slice(0, name.indexOf(':') + 1)) {
    case 'schema:':
      return [schemaCommands];
    case 'migration:':
      return [migrationCommands];
    default:
      return [schemaCommands, databaseCommands, migrationCommands, projectCommands];
  }
}
