import {
  type Connection,
  objectKey,
  type PlannedUpdate,
  readsByNameAmong,
  type Row,
  type Schema,
  type View,
} from '@dovetail/core/driver';
import { comparison } from './comparison.js';
import type { Flavour } from './flavour.js';
import { bareStatement } from './lexer.js';
import { type Candidate, extendedTables, withoutOutgrown } from './outgrown-views.js';
import { rejectWrongViews } from './wrong-views.js';

/**
 * The desired views, with the server's own text where that means the same. The server keeps no text of a view but its
 * own, and tells that of another query only in the optimizer's trace, before it optimises anything
 * (dev.mysql.com/doc/internals/en/optimizer-tracing.html): so both are explained, and their traces compared. A view that
 * can't be explained yet, for its tables change as well, keeps the text it has, and so does one that means another query
 * once they have changed.
 *
 * @throws DovetailError `invalid-metadata` where the server refuses a query whatever becomes of its tables.
 */
export async function canonicalViews(
  connection: Connection,
  desired: Schema,
  actual: Schema,
  flavour: Flavour,
  { shrinking, isLive }: PlannedUpdate = { shrinking: [], isLive: false },
): Promise<readonly View[]> {
  const existing = new Map(actual.views.map((view) => [objectKey(view, comparison), view]));
  const open = desired.views.flatMap((view): Candidate[] => {
    const counterpart = existing.get(objectKey(view, comparison));
    if (counterpart === undefined || comparison.sameBody(counterpart.definition, view.definition)) return [];
    return [{ view, counterpart }];
  });
  const alike = open.length === 0 ? [] : await compare(connection, open);
  const others = open.filter((candidate) => !alike.includes(candidate)).map(({ view }) => view);
  const kept = withoutOutgrown(alike, [...extendedTables(desired, actual), ...shrinking, ...others]);
  const settled = new Map(kept.map(({ view, counterpart }) => [view, counterpart.definition]));
  const made = desired.views.filter((view) => !existing.has(objectKey(view, comparison)));
  if (isLive) await rejectWrongViews(connection, [...made, ...others], { desired, actual }, flavour);
  const readsByName = readsByNameAmong(desired.views, comparison.mentions);
  return desired.views.map((view) => {
    const definition = settled.get(view);
    return definition === undefined ? { ...view, reads: readsByName(view) } : { ...view, definition };
  });
}

/** Those whose query means what the server keeps of it. */
async function compare(connection: Connection, open: readonly Candidate[]): Promise<readonly Candidate[]> {
  await connection.execute(
    "set session optimizer_trace = 'enabled=on', session optimizer_trace_max_mem_size = 67108864",
  );
  try {
    const traces = await tracesOf(connection, open);
    return open.filter((_, index) => {
      const [wanted, stored] = [traces[2 * index], traces[2 * index + 1]];
      return wanted !== undefined && wanted === stored;
    });
  } finally {
    await connection.execute("set session optimizer_trace = 'enabled=off'");
  }
}

/** Two traces for each candidate: all in one batch, or one by one where some query can't be explained. */
async function tracesOf(connection: Connection, open: readonly Candidate[]): Promise<readonly (string | undefined)[]> {
  const queries = open.flatMap(({ view, counterpart }) => [view.definition, counterpart.definition]);
  const together = await explain(connection, queries);
  if (together.length === queries.length) return together;
  const traces: (string | undefined)[] = [];
  for (const query of queries) traces.push((await explain(connection, [query]))[0]);
  return traces;
}

const readTrace =
  "select json_extract(trace, '$**.expanded_query') as expanded_query from information_schema.optimizer_trace";

async function explain(connection: Connection, queries: readonly string[]): Promise<readonly string[]> {
  try {
    const rows = await connection.query(
      queries.flatMap((query) => [`explain ${bareStatement(query)}`, readTrace]).join(';\n'),
    );
    return rows.filter(isTrace).map((row) => JSON.stringify(row.expanded_query));
  } catch {
    return [];
  }
}

function isTrace(row: Row): boolean {
  return 'expanded_query' in row;
}
