import { type Command, InvalidArgumentError, Option } from 'commander';
import { exitCode } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import type { Outcome } from '../outcome.js';
import { terminal } from '../terminal.js';

/** Runs an action, and reports what it has come to. */
export type Perform = (flags: GlobalFlags, action: () => Promise<Outcome>) => Promise<void>;

/** A command with the flags that all of them take. */
export function base(program: Command, usage: string, description: string): Command {
  const [name = ''] = usage.split(' ');
  return program
    .command(usage)
    .description(description)
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .showHelpAfterError(`Run "dovetail ${name} --help" for its flags.`)
    .option('--config <path>', 'the configuration file; the nearest dovetail.config.* otherwise')
    .option('--context <name>', 'the configuration to use, where the file exports several')
    .option('--json', 'print the result as JSON')
    .option('--verbose', 'print the statements that are sent, why things differ, and where errors happen')
    .addOption(new Option('--no-color', 'print without colours'))
    .addOption(new Option('--color', 'print with colours'));
}

export function examples(...commands: readonly string[]): string {
  return ['\nExamples:', ...commands.map((command) => `  $ dovetail ${command}`)].join('\n');
}

export function runOption(): Option {
  return new Option('-r, --run', 'carry it out');
}

export function seedOption(): Option {
  return new Option('--seed [class]', 'run the default seeder, or the one named, afterwards');
}

/** The flags that tell a rename from a drop. */
export function renaming(command: Command): Command {
  return command
    .option('--rename <from:to>', 'state a rename: author.name:full_name; may be repeated', collectRename)
    .option('--not-renamed <path>', 'state that this is gone, and was not renamed; may be repeated', collect);
}

export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function collectRename(value: string, previous?: readonly string[]): readonly string[] {
  if (!/[^:]:[^:]/.test(value)) throw new InvalidArgumentError('Write the path, a colon and the new name.');
  return collect(value, previous);
}

/** In a script, nothing is done that neither `--dump` nor `--run` asks for. */
export async function decided(
  flags: GlobalFlags & { readonly dump?: boolean | undefined; readonly run?: boolean | undefined },
  command: Command,
  action: () => Promise<Outcome>,
): Promise<Outcome> {
  if (flags.dump === true || flags.run === true || (terminal.isInteractive && flags.json !== true)) return action();
  const choices = command.options.some(({ long }) => long === '--dump') ? '--dump to see the SQL, or --run' : '--run';
  const message = `Write ${choices} to carry it out.\n\n${command.helpInformation()}`;
  return { exitCode: exitCode.usage, message, json: { error: { code: 'usage', message, problems: [] } } };
}
