import { type Command, Option } from 'commander';
import type { CreateFlags, DownFlags, FreshFlags, MigrationFlags, RunFlags } from '../commands/migration.js';
import { base, collect, decided, examples, type Perform, renaming, runOption, seedOption } from './command.js';

/** `migration:*`. */
export function migrationCommands(program: Command, perform: Perform): void {
  const migration = async () => (await import('../commands/index.js')).migration;

  renaming(placed(program, 'migration:create', 'write what the entities ask for and no migration brings'))
    .option('-n, --name <name>', 'a few words for the name of the file')
    .option('-b, --blank', 'write a migration without statements')
    .option('-i, --initial', 'write the first migration, which creates everything')
    .option('-d, --dump', 'print it, and write nothing')
    .option('--offline', 'write it from the snapshot, without the database')
    .addOption(new Option('--emit <language>', 'the language of the file').choices(['ts', 'js', 'mjs', 'sql']))
    .addHelpText('after', examples('migration:create --name authors', 'migration:create --dump --emit=sql'))
    .action(async (flags: CreateFlags) => perform(flags, async () => (await migration()).create(flags)));
  ranged(placed(program, 'migration:up', 'run the migrations that were not run yet'))
    .addHelpText('after', examples('migration:up', 'migration:up --to=Migration20260131120000_authors'))
    .action(async (flags: RunFlags) => perform(flags, async () => (await migration()).up(flags)));
  ranged(placed(program, 'migration:down', 'take back the last migration by name, of those that were run'))
    .option('-r, --run', 'do it without asking')
    .addHelpText('after', examples('migration:down', 'migration:down --to=0'))
    .action(async (flags: DownFlags) => perform(flags, async () => (await migration()).down(flags)));
  placed(program, 'migration:list', 'show each migration, and how it stands')
    .addHelpText('after', examples('migration:list', 'migration:list --json'))
    .action(async (flags: MigrationFlags) => perform(flags, async () => (await migration()).list(flags)));
  placed(program, 'migration:pending', 'show the migrations that were not run yet')
    .addHelpText('after', examples('migration:pending'))
    .action(async (flags: MigrationFlags) => perform(flags, async () => (await migration()).pending(flags)));
  placed(program, 'migration:check', 'fail where a migration is missing, pending, or not as it was run')
    .addHelpText('after', examples('migration:check'))
    .action(async (flags: MigrationFlags) => perform(flags, async () => (await migration()).check(flags)));
  placed(program, 'migration:fresh', 'drop all tables with their rows, and run every migration')
    .addOption(runOption())
    .option('--drop-db', 'remove the whole database first')
    .addOption(seedOption())
    .addHelpText('after', examples('migration:fresh --run --seed'))
    .action(async (flags: FreshFlags, command: Command) =>
      perform(flags, () => decided(flags, command, async () => (await migration()).fresh(flags))),
    );
  placed(program, 'migration:rollup', 'write one migration in the place of all that were run')
    .option('-n, --name <name>', 'a few words for the name of the file')
    .addHelpText('after', examples('migration:rollup --name v1'))
    .action(async (flags: CreateFlags) => perform(flags, async () => (await migration()).rollup(flags)));
  only(placed(program, 'migration:baseline', 'keep of migrations that they were run, and run none'))
    .option('-t, --to <name>', 'the last one')
    .addHelpText('after', examples('migration:baseline'))
    .action(async (flags: RunFlags) => perform(flags, async () => (await migration()).baseline(flags)));
  placed(program, 'migration:forget <names...>', 'keep of migrations that they were not run, and take nothing back')
    .addHelpText('after', examples('migration:forget Migration20260131120000_authors'))
    .action(async (names: readonly string[], flags: MigrationFlags) =>
      perform(flags, async () => (await migration()).forget(names, flags)),
    );
}

function placed(program: Command, name: string, description: string): Command {
  return base(program, name, description).option('-p, --path <folder>', 'the folder of the migrations');
}

function ranged(command: Command): Command {
  return only(command)
    .option('-t, --to <name>', 'the last one; for down, 0 takes all back')
    .option('-f, --from <name>', 'the first one');
}

function only(command: Command): Command {
  return command.option('-o, --only <name>', 'this one alone; may be repeated', collect);
}
