import { DovetailError } from '@dovetail/core';
import { dialectOf } from '../../convergence/dialects/index.js';
import type { TestDatabase, TestSite } from '../../databases/index.js';
import type { Evolution } from './model.js';
import { toClasses } from './to-classes.js';
import { type Value, valuesOf } from './values.js';

export type Outcome = 'converged' | 'refused';

/**
 * Takes a real database that holds dirty rows through an evolution.
 *
 * @throws Error for every outcome but two: the database fits the model after and has lost nothing that nobody allowed it
 * to lose; or the update was refused before its first statement, and the database is as it was.
 */
export async function evolve(evolution: Evolution, database: TestDatabase): Promise<Outcome> {
  const site = await database.create();
  try {
    return await evolveOn(site, evolution, database);
  } finally {
    await site.dispose();
  }
}

async function evolveOn(site: TestSite, evolution: Evolution, database: TestDatabase): Promise<Outcome> {
  const { before, after, consent } = evolution;
  const options = { assumeRenames: false, ...(consent && { allow: ['data-loss'] as const }) };
  const old = await site.init({ entities: toClasses(before, undefined) });
  await old.schema.createSchema();
  await insertRows(evolution, site, database);
  const contents = await contentsOf(site, database);

  const { schema } = await site.init({ entities: toClasses(after, before) });
  const plan = await schema.plan(options);
  try {
    try {
      await schema.apply(plan);
    } catch (error) {
      if (!(error instanceof DovetailError) || error.code !== 'precheck-failed') throw error;
      rejectUnsaid(error);
      rejectChange(contents, await contentsOf(site, database));
      return 'refused';
    }
    const left = await schema.plan(options);
    if (left.steps.length > 0) throw new Error(`It is not quiet: ${left.steps.map(({ sql }) => sql).join('; ')}`);
    if (!consent) rejectLoss(evolution, contents, await contentsOf(site, database));
    return 'converged';
  } catch (error) {
    const steps = plan.steps.map(({ sql }) => sql).join(';\n');
    const rows = JSON.stringify(contents.tables);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${rows}\n\n${steps}`, {
      cause: error,
    });
  }
}

/** What the database does not take is left out: `before` has constraints too. */
async function insertRows({ before, rows, notes }: Evolution, site: TestSite, database: TestDatabase): Promise<void> {
  const { quoteIdentifier, quoteString } = database.driver.ddl;
  const literal = (value: Value): string => (value === null ? 'null' : quoteString(value));
  const insert = (table: string, names: readonly string[], values: readonly string[]): Promise<unknown> =>
    site.connection
      .execute(`insert into ${table} (${names.map(quoteIdentifier).join(', ')}) values (${values.join(', ')})`)
      .catch(() => undefined);
  await insert('owner', ['id'], ['1']);
  for (let note = 1; before.notes && note <= notes; note += 1) await insert('note', ['id'], [String(note)]);
  for (const [index, row] of rows.entries()) {
    const cells = before.columns.map((column, position) => {
      const values = valuesOf(column);
      return { name: column.name, value: literal(values[(row[position] ?? 0) % values.length] ?? null) };
    });
    const owner = ['null', '1', '1', '7'][(row.at(-1) ?? 0) % 4] ?? 'null';
    const all = [
      { name: 'id', value: String(index + 1) },
      ...cells,
      ...(before.reference === 'none' ? [] : [{ name: 'owner_id', value: owner }]),
    ];
    await insert(
      'item',
      all.map(({ name }) => name),
      all.map(({ value }) => value),
    );
  }
}

type TextRow = Readonly<Record<string, string | null>>;

interface Contents {
  readonly schema: unknown;
  readonly tables: Readonly<Record<string, readonly TextRow[]>>;
}

/** The catalog, and every value of every row as the database prints it. */
async function contentsOf({ connection, introspect }: TestSite, database: TestDatabase): Promise<Contents> {
  const { quoteIdentifier } = database.driver.ddl;
  const { readable } = dialectOf(database);
  const schema = await introspect();
  const tables: [string, readonly TextRow[]][] = [];
  for (const { name, columns } of schema.tables) {
    const list = columns.map((column, index) => `${readable(quoteIdentifier(column.name))} as c${index}`).join(', ');
    const rows = await connection.query(`select ${list} from ${quoteIdentifier(name)} order by id`);
    tables.push([
      name,
      rows.map((row) => Object.fromEntries(columns.map((column, index) => [column.name, textOf(row[`c${index}`])]))),
    ]);
  }
  return { schema, tables: Object.fromEntries(tables) };
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  // What MySQL prints comes as bytes, and an integer of SQLite's that a number can't hold as a bigint.
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value === 'string' || typeof value === 'bigint') return String(value);
  return JSON.stringify(value);
}

/** Each thing that is refused names the rows. */
function rejectUnsaid(error: DovetailError): void {
  const unsaid = error.problems.find(
    ({ rows }) => rows === undefined || rows.count === 0 || rows.examples.length === 0,
  );
  if (unsaid !== undefined || error.problems.length === 0) throw error;
}

function rejectChange(before: Contents, after: Contents): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  throw new Error(`It was refused, and has changed: ${JSON.stringify(before)} is ${JSON.stringify(after)}`);
}

/** A value may be written otherwise in another type, and null may give way to a backfill; else all must be as it was. */
function rejectLoss({ before, after }: Evolution, old: Contents, now: Contents): void {
  const [items, kept] = [old.tables.item ?? [], now.tables.item ?? []];
  if (items.length !== kept.length) throw new Error(`There were ${items.length} items, and are ${kept.length}`);
  for (const [index, row] of items.entries()) {
    for (const { id, name } of before.columns) {
      const column = after.columns.find((other) => other.id === id);
      const value = row[name] ?? null;
      const current = column === undefined ? null : (kept[index]?.[column.name] ?? null);
      if (value !== null && !isSame(value, current)) throw new Error(`Lost ${name}: ${value} is ${String(current)}`);
    }
    const owner = row.owner_id ?? null;
    if (owner !== null && owner !== kept[index]?.owner_id) throw new Error(`Lost owner_id: ${owner}`);
  }
  const notes = old.tables.note ?? [];
  if (notes.length !== (now.tables.note ?? []).length) throw new Error(`Lost ${notes.length} notes`);
}

function isSame(before: string, after: string | null): boolean {
  return after !== null && plain(before) === plain(after);
}

/** Zeros that end a fraction, and the midnight of a date, say nothing. */
function plain(text: string): string {
  const number = /^(-?\d+)\.(\d*?)0*$/.exec(text);
  if (number !== null) return number[2] === '' ? (number[1] ?? '') : `${number[1] ?? ''}.${number[2] ?? ''}`;
  return text.replace(/ 00:00:00(?:\.0+)?(?:\+00)?$/, '');
}
