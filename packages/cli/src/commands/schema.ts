import { changeTree, DovetailError, type DumpOptions, type Plan } from '@dovetail/core';
import { exitCode } from '../exit-code.js';
import type { ChangeFlags, GlobalFlags } from '../flags.js';
import { type Opened, type OpenOptions, withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { colours } from '../output/colours.js';
import { tellDifferences } from '../output/differences.js';
import { presentTree } from '../output/tree.js';
import { isVerbose } from '../verbose.js';
import { dropDatabase } from './database.js';
import { rejectUnknownPaths } from './not-renamed.js';
import { carryOut, type Proposal } from './propose.js';
import { type RenameFlags, withRenames } from './renames.js';
import { seeding, type SeedFlags } from './seed.js';

/** The flags of `schema:update`, `schema:diff` and `schema:check`. */
export interface UpdateFlags extends ChangeFlags, RenameFlags {
  readonly safe?: boolean | undefined;
  readonly dropTables?: boolean | undefined;
}

/** The flags of `schema:drop`. */
export interface DropFlags extends ChangeFlags {
  readonly dropDb?: boolean | undefined;
  readonly dropTables?: boolean | undefined;
  readonly dropMigrationsTable?: boolean | undefined;
}

/** What would be created is shown without a database as well. */
export async function create(flags: ChangeFlags & SeedFlags): Promise<Outcome> {
  try {
    return await createIn(changes(flags) ? 'created' : 'existing', flags);
  } catch (error) {
    if (changes(flags) || !isOfMissingDatabase(error)) throw error;
    return createIn('offline', flags);
  }
}

function isOfMissingDatabase(error: unknown): boolean {
  return error instanceof DovetailError && error.problems.some(({ code }) => code === 'missing-database');
}

async function createIn(database: OpenOptions['database'], flags: ChangeFlags & SeedFlags): Promise<Outcome> {
  return withDatabase(flags, { database }, async (opened) => {
    const { orm } = opened;
    const { schema } = flags;
    const plan = await orm.schema.planCreate({ schema });
    return carryOut(
      {
        plan,
        sql: toSql(plan, flags, opened),
        idle: 'The entities describe no tables.',
        done: 'Schema created.',
        apply: (options) => orm.schema.createSchema({ ...options, schema }),
        ...(await seeding(flags, opened)),
      },
      flags,
      opened,
    );
  });
}

export async function update(flags: UpdateFlags): Promise<Outcome> {
  return withDatabase(flags, { database: changes(flags) ? 'created' : 'existing' }, async (opened) => {
    const { plan, apply } = await planUpdate(flags, opened);
    return carryOut(
      {
        plan,
        sql: toSql(plan, flags, opened),
        idle: 'The schema is up to date.',
        done: 'Schema updated.',
        apply,
      },
      flags,
      opened,
    );
  });
}

export async function drop(flags: DropFlags): Promise<Outcome> {
  if (flags.dropDb === true) return dropDatabase(flags);
  return withDatabase(flags, { database: 'existing' }, async (opened) => {
    const { orm } = opened;
    const { schema, dropTables, dropMigrationsTable } = flags;
    const plan = await orm.schema.planDrop({ schema, dropTables, dropMigrationsTable });
    return carryOut(
      {
        plan,
        sql: toSql(plan, flags, opened),
        idle: 'There is nothing to drop.',
        done: 'Schema dropped.',
        apply: (options) => orm.schema.dropSchema({ ...options, schema, dropTables, dropMigrationsTable }),
      },
      flags,
      opened,
    );
  });
}

export async function fresh(flags: DropFlags & SeedFlags): Promise<Outcome> {
  return withDatabase(flags, { database: changes(flags) ? 'created' : 'existing' }, async (opened) => {
    const { schema, dropDb, dropTables, dropMigrationsTable } = flags;
    const options = { schema, dropDb, dropTables, dropMigrationsTable };
    return carryOut(
      {
        ...(await (dropDb === true ? planNewDatabase(flags, opened) : planNewTables(flags, opened))),
        done: 'Schema dropped and created anew.',
        apply: (applying) => opened.orm.schema.refreshDatabase({ ...applying, ...options }),
        ...(await seeding(flags, opened)),
      },
      flags,
      opened,
    );
  });
}

type Anew = Pick<Proposal, 'plan' | 'sql' | 'idle' | 'question'>;

async function planNewTables(flags: DropFlags, opened: Opened): Promise<Anew> {
  const { schema, dropTables, dropMigrationsTable } = flags;
  const dropped = await opened.orm.schema.planDrop({ schema, dropTables, dropMigrationsTable });
  const created = await opened.orm.schema.planCreate({ schema });
  return {
    plan: { ...dropped, steps: [...dropped.steps, ...created.steps] },
    sql: [dropped, created].map((plan) => toSql(plan, flags, opened)).join(''),
    idle: 'The entities describe no tables.',
  };
}

/** The database goes with all its tables, so that the plan is what creates those of the new one. */
async function planNewDatabase(flags: DropFlags, { orm }: Opened): Promise<Anew> {
  const plan = { dropDb: await orm.schema.getDropSchemaSQL({ dropDb: true }), ...(await orm.schema.planCreate()) };
  return {
    plan,
    sql: await orm.schema.generate({ dropDb: true, ...dumpOptions(flags) }),
    question: `Remove the database ${orm.place} with all that it holds, and create it anew?`,
  };
}

/** The change tree, whether there is anything in it or not. */
export async function diff(flags: UpdateFlags): Promise<Outcome> {
  return withDatabase(flags, { database: 'existing' }, async (opened) => {
    const { plan } = await planUpdate(flags, opened);
    return { exitCode: exitCode.done, ...(await presentPlan(plan, flags, opened)), json: plan };
  });
}

/** For continuous integration: fails where the database differs from the entities. */
export async function check(flags: UpdateFlags): Promise<Outcome> {
  return withDatabase(flags, { database: 'existing' }, async (opened) => {
    const { plan } = await planUpdate(flags, opened);
    const isSame = plan.steps.length === 0;
    return {
      exitCode: isSame ? exitCode.done : exitCode.refused,
      ...(await presentPlan(plan, flags, opened)),
      ...(!isSame && { message: 'The database differs from the entities.' }),
      json: plan,
    };
  });
}

export async function introspect(flags: GlobalFlags): Promise<Outcome> {
  return withDatabase(flags, { database: 'existing' }, async ({ orm }) => {
    const schema = await orm.schema.introspect();
    return { exitCode: exitCode.done, result: `${JSON.stringify(schema, null, 2)}\n`, json: schema };
  });
}

interface PlannedUpdate {
  readonly plan: Plan;
  readonly apply: Proposal['apply'];
}

async function planUpdate(flags: UpdateFlags, { orm }: Opened): Promise<PlannedUpdate> {
  const { safe, dropTables, schema, notRenamed } = flags;
  await rejectUnknownPaths(notRenamed, orm);
  return withRenames(flags, async (renames) => {
    const options = { safe, dropTables, schema, renames };
    return {
      plan: await orm.schema.plan(options),
      apply: async (applying) => {
        await orm.schema.updateSchema({ ...options, ...applying });
      },
    };
  });
}

/** Whether more is asked for than the SQL. */
function changes({ dump, run }: ChangeFlags): boolean {
  return dump !== true || run === true;
}

function toSql(plan: Plan, flags: ChangeFlags, { orm }: Opened): string {
  return orm.schema.toSQL(plan, dumpOptions(flags));
}

function dumpOptions({ fkChecks }: ChangeFlags): DumpOptions {
  return { wrap: fkChecks !== true };
}

/** The change tree with the numbers of the rows at stake. */
async function presentPlan(
  plan: Plan,
  flags: GlobalFlags,
  { orm }: Opened,
): Promise<Pick<Outcome, 'result' | 'message'>> {
  if (plan.steps.length === 0) return { message: 'The schema is up to date.' };
  if (isVerbose(flags)) tellDifferences(plan);
  return { result: presentTree(changeTree(plan, await orm.schema.atStake(plan)), colours.result) };
}
