import { Dovetail, explain, type Plan, type Progress } from '@dovetail/sqlite';
import Database from 'better-sqlite3';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as entities from './entities/index.js';
import { compareEvidence, type Comparison, takeEvidence } from './evidence.js';
import { chinookNames } from './naming-strategy.js';

const dbName = process.argv[2] ?? fileURLToPath(new URL('chinook.db', import.meta.url));
const numbers = new Intl.NumberFormat('en');

createChinook();
const before = takeEvidence(dbName);
const rows = numbers.format(before.reduce((sum, table) => sum + table.rows, 0));
console.log(`Chinook, a music store of ${String(before.length)} tables and ${rows} rows:\n${dbName}\n`);

const orm = await Dovetail.init({ entities: Object.values(entities), dbName, namingStrategy: chinookNames });

const plan = await orm.schema.plan();
console.log(`Its entity classes ask for these changes.\n\n${indent(explain(plan))}`);
console.log(`The plan:\n\n${plan.steps.map(({ sql }) => `${indent(`${sql};`)}\n`).join('\n')}`);

console.log('Applying it:\n');
await orm.schema.apply(plan, { onProgress: report });

const remaining = await orm.schema.getUpdateSchemaSQL();
await orm.close();
console.log(remaining === '' ? '\nThe second diff is empty.\n' : `\nThe second diff is not empty:\n\n${remaining}`);

const comparisons = compareEvidence(before, dbName, (table, column) => nameAfter(plan, table, column));
for (const comparison of comparisons) console.log(`  ${describe(comparison)}`);

const isIntact = comparisons.every(isSame);
console.log(
  isIntact ? `\nAll ${rows} rows are still there, with every value they had.` : '\nRows or values were lost.',
);
if (remaining !== '' || !isIntact) process.exitCode = 1;

function createChinook(): void {
  rmSync(dbName, { force: true });
  const script = readFileSync(fileURLToPath(import.meta.resolve('#chinook.sql')), 'utf8');
  const database = new Database(dbName);
  database.exec(`begin; ${script}; commit`);
  database.close();
}

function report({ kind, step, number, total }: Progress): void {
  const place = `${String(number).padStart(2)}/${String(total)}`;
  if (kind === 'finished') console.log(`  ${place}  ${step.description}`);
}

function nameAfter({ steps }: Plan, table: string, column: string): string {
  for (const change of steps.flatMap(({ changes }) => changes)) {
    if (change.kind === 'rename-column' && change.table.name === table && change.from === column) return change.to;
  }
  return column;
}

function isSame({ rowsBefore, rowsAfter, changedColumns }: Comparison): boolean {
  return rowsBefore === rowsAfter && changedColumns.length === 0;
}

function describe({ table, rowsBefore, rowsAfter, columns, changedColumns }: Comparison): string {
  const values = changedColumns.length === 0 ? `${String(columns)} columns` : `changed: ${changedColumns.join(', ')}`;
  const counts = [rowsBefore, rowsAfter].map((count) => numbers.format(count).padStart(6)).join(' rows → ');
  return `${table.padEnd(14)}${counts} rows, checksums of ${values}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
