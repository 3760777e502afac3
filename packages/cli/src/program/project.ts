import type { Command } from 'commander';
import type { GenerateFlags } from '../commands/entities.js';
import type { InitFlags } from '../commands/init.js';
import type { SeedRunFlags } from '../commands/seed.js';
import type { GlobalFlags } from '../flags.js';
import { base, examples, type Perform } from './command.js';

/** `seed:*`, `entities:generate`, and what is about the project itself. */
export function projectCommands(program: Command, perform: Perform): void {
  const commands = () => import('../commands/index.js');

  base(program, 'init', 'write a configuration and a first entity')
    .option('--database <name>', 'sqlite, postgresql, mysql or mariadb')
    .option('--db-name <name>', 'the name of the database; for SQLite the path of its file')
    .addHelpText('after', examples('init', 'init --database=sqlite --db-name=library.db'))
    .action(async (flags: InitFlags) => perform(flags, async () => (await commands()).init.init(flags)));
  base(program, 'seed:run [class...]', 'run the default seeder, or those that are named')
    .alias('seeder:run')
    .option('-c, --class <class>', 'the seeder to run')
    .addHelpText('after', examples('seed:run', 'seed:run UsersSeeder'))
    .action(async (names: readonly string[], flags: SeedRunFlags) =>
      perform(flags, async () => (await commands()).seed.runSeeders(names, flags)),
    );
  base(program, 'seed:create <name>', 'write a new seeder')
    .alias('seeder:create')
    .addHelpText('after', examples('seed:create users'))
    .action(async (name: string, flags: GlobalFlags) =>
      perform(flags, async () => (await commands()).seed.createSeederFile(name, flags)),
    );
  base(program, 'entities:generate', 'write entity classes of the tables that the database has')
    .alias('generate-entities')
    .option('-d, --dump', 'print them, and write nothing')
    .option('-s, --save', 'write them; this is what it does without --dump')
    .option('-p, --path <folder>', 'the folder to write them to')
    .option('--schema <name>', 'a schema to read besides the default one')
    .addHelpText('after', examples('entities:generate --dump', 'entities:generate --path=src/entities'))
    .action(async (flags: GenerateFlags) => perform(flags, async () => (await commands()).entities.generate(flags)));
  base(program, 'debug', 'show what is found: versions, configuration, entities, connection, privileges')
    .addHelpText('after', examples('debug'))
    .action(async (flags: GlobalFlags) => perform(flags, async () => (await commands()).debug.debug(flags)));
  base(program, 'completion <shell>', 'print what completes commands and flags in bash, zsh or fish')
    .addHelpText('after', examples('completion bash >> ~/.bashrc'))
    .action(async (shell: string, flags: GlobalFlags) =>
      perform(flags, async () => (await commands()).completion.completion(shell, program)),
    );
}
