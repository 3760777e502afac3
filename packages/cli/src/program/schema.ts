import { type Command, Option } from 'commander';
import type { ChangeFlags, GlobalFlags } from '../flags.js';
import type { DropFlags, UpdateFlags } from '../commands/schema.js';
import type { SeedFlags } from '../commands/seed.js';
import { base, decided, examples, type Perform, renaming, runOption, seedOption } from './command.js';

/** `schema:*` and `database:*`. */
export function schemaCommands(program: Command, perform: Perform): void {
  const schema = async () => (await import('../commands/index.js')).schema;

  changing(program, 'schema:create', 'create all tables of the entities')
    .addOption(seedOption())
    .addHelpText('after', examples('schema:create --dump', 'schema:create --run --seed'))
    .action(async (flags: ChangeFlags & SeedFlags, command: Command) =>
      perform(flags, () => decided(flags, command, async () => (await schema()).create(flags))),
    );
  updating(changing(program, 'schema:update', 'make the database fit the entities'))
    .option('--allow-data-loss', 'destroy rows and values that are in the way')
    .addHelpText('after', examples('schema:update', 'schema:update --dump > update.sql', 'schema:update --run --safe'))
    .action(async (flags: UpdateFlags, command: Command) =>
      perform(flags, () => decided(flags, command, async () => (await schema()).update(flags))),
    );
  dropping(changing(program, 'schema:drop', 'drop all tables'))
    .addHelpText('after', examples('schema:drop --dump', 'schema:drop --run --drop-db'))
    .action(async (flags: DropFlags, command: Command) =>
      perform(flags, () => decided(flags, command, async () => (await schema()).drop(flags))),
    );
  dropping(changing(program, 'schema:fresh', 'drop all tables and create those of the entities'))
    .addOption(seedOption())
    .addHelpText('after', examples('schema:fresh --run', 'schema:fresh --run --seed=UsersSeeder'))
    .action(async (flags: DropFlags & SeedFlags, command: Command) =>
      perform(flags, () => decided(flags, command, async () => (await schema()).fresh(flags))),
    );
  updating(scoped(base(program, 'schema:diff', 'show what an update would change')))
    .addHelpText('after', examples('schema:diff', 'schema:diff --json'))
    .action(async (flags: UpdateFlags) => perform(flags, async () => (await schema()).diff(flags)));
  updating(scoped(base(program, 'schema:check', 'fail where the database differs from the entities')))
    .addHelpText('after', examples('schema:check'))
    .action(async (flags: UpdateFlags) => perform(flags, async () => (await schema()).check(flags)));
  base(program, 'schema:introspect', 'print the schema of the database as JSON')
    .addHelpText('after', examples('schema:introspect > schema.json'))
    .action(async (flags: GlobalFlags) => perform(flags, async () => (await schema()).introspect(flags)));
}

export function databaseCommands(program: Command, perform: Perform): void {
  const database = async () => (await import('../commands/index.js')).database;

  base(program, 'database:create', 'create the database if it is missing')
    .addHelpText('after', examples('database:create'))
    .action(async (flags: GlobalFlags) => perform(flags, async () => (await database()).createDatabase(flags)));
  base(program, 'database:drop', 'remove the whole database')
    .addOption(runOption())
    .addHelpText('after', examples('database:drop --run'))
    .action(async (flags: ChangeFlags, command: Command) =>
      perform(flags, () => decided(flags, command, async () => (await database()).dropDatabase(flags))),
    );
}

function changing(program: Command, name: string, description: string): Command {
  return scoped(base(program, name, description))
    .option('-d, --dump', 'print the SQL, and change nothing')
    .addOption(runOption())
    .option('--fk-checks', 'dump SQL that leaves foreign keys enforced');
}

function scoped(command: Command): Command {
  return command.option('--schema <name>', 'only this schema, of entities that span several');
}

function updating(command: Command): Command {
  return renaming(command)
    .option('--safe', 'drop nothing, and destroy no values')
    .option('--no-drop-tables', 'leave tables alone that no entity describes');
}

function dropping(command: Command): Command {
  return command
    .addOption(new Option('--drop-db', 'remove the whole database').conflicts(['schema', 'dropTables']))
    .option('--drop-migrations-table', 'drop the table of the migrations as well')
    .option('--no-drop-tables', 'leave tables alone that no entity describes')
    .option('--allow-data-loss', 'drop tables that no entity describes although they hold rows');
}
