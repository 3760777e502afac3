import { Command } from 'commander';
import type { Perform } from './program/command.js';
import { migrationCommands } from './program/migrations.js';
import { projectCommands } from './program/project.js';
import { databaseCommands, schemaCommands } from './program/schema.js';

/** All commands. What they do is loaded when one of them runs. */
export function createProgram(perform: Perform): Command {
  const program = new Command('dovetail')
    .description('Makes the database fit your entity classes, and shows what it will do first.')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('Run "dovetail --help" for the commands.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nStart with "dovetail init". Each command has its own help: "dovetail schema:update --help".',
    );
  program.option('-v, --version', 'print the version');
  schemaCommands(program, perform);
  databaseCommands(program, perform);
  migrationCommands(program, perform);
  projectCommands(program, perform);
  return program;
}
