import { generateEntities, writeEntities } from '@dovetail/entity-generator';
import { Dovetail, type EntityClass, explain } from '@dovetail/mysql';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const url = process.argv[2] ?? 'mysql://root@127.0.0.1';
const dbName = process.argv[3] ?? 'dovetail_sakila';
const folder = process.argv[4] ?? fileURLToPath(new URL('../../.cache/sakila', import.meta.url));

// A database that exists already, and that no entity knows.
const existing = await Dovetail.init({ url, dbName, entities: [], discovery: { warnWhenNoEntities: false } });
await existing.schema.dropSchema({ dropDb: true });
await existing.schema.ensureDatabase();
await existing.connection.execute(await readFile(fileURLToPath(import.meta.resolve('#sakila.sql')), 'utf8'));
await existing.connection.execute(`insert into language (name) values ('English')`);
await existing.connection.execute(`
  insert into film (title, language_id, special_features) values ('ACADEMY DINOSAUR', 1, 'Trailers')`);

// 1. Its entities, as source.
const generated = await generateEntities(existing, { path: folder, singleFile: 'entities.ts' });
await existing.close();
await writeEntities(generated);
const source = `${generated.folder}/entities.ts`;
console.log(`${dbName} has become ${(await loadEntities()).length} entities, in ${source}.`);
console.log(`They can't say:\n${generated.unexpressed.map(({ where, what }) => `  ${where}: ${what}`).join('\n')}`);
console.log(`They would change: ${(await updateSql()) || 'nothing.'}\n`);

// 2. Two lines of them are changed.
await changeLine(
  "@Property({ type: 'decimal', precision: 4, scale: 2, default: 4.99 })",
  'precision: 4',
  'precision: 6',
);
await changeLine("@Property({ columnType: 'year', nullable: true })", 'nullable: true', 'nullable: true, index: true');

// 3. The database follows.
const orm = await Dovetail.init({ url, dbName, entities: await loadEntities() });
const plan = await orm.schema.plan();
console.log(`\nThey ask for this now:\n\n${explain(plan)}\n`);
await orm.schema.apply(plan);
const [film] = await orm.connection.query('select title, rental_rate, special_features from film');
await orm.close();
console.log(`Done. The film is still there: ${JSON.stringify(film)}`);
console.log(`They would change: ${(await updateSql()) || 'nothing.'}`);

async function changeLine(line: string, from: string, to: string): Promise<void> {
  const text = await readFile(source, 'utf8');
  const [before, after, ...others] = text.split(line);
  if (before === undefined || after === undefined || others.length > 0) throw new Error(`There must be one ${line}`);
  const changed = line.replace(from, to);
  await writeFile(source, [before, changed, after].join(''));
  console.log(`- ${line}\n+ ${changed}`);
}

async function updateSql(): Promise<string> {
  const current = await Dovetail.init({ url, dbName, entities: await loadEntities() });
  const sql = await current.schema.getUpdateSchemaSQL();
  await current.close();
  return sql;
}

/** A number after the address makes Node.js read a file anew that has changed. */
async function loadEntities(): Promise<readonly EntityClass[]> {
  const module: unknown = await import(`${pathToFileURL(source).href}?${Date.now()}`);
  return Object.values(module ?? {}).filter((value): value is EntityClass => typeof value === 'function');
}
