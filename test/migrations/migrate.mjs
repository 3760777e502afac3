// Runs the migrations of a folder, on the built packages, as a program in production does. It says `ready` before, one
// line with each migration that starts, and the names of those that it has run.

import { createMigrator } from '@dovetail/migrations';

const { packageName, connectionOptions, path } = JSON.parse(process.argv[2] ?? '');
const { Dovetail } = await import(packageName);
const orm = await Dovetail.init({
  ...connectionOptions,
  entities: [],
  discovery: { warnWhenNoEntities: false },
  migrations: { path },
});
const migrator = createMigrator(orm);
console.log('ready');
const names = await migrator.up({ onProgress: ({ kind, name }) => console.log(`${kind} ${name}`) });
for (const name of names) console.log(`ran ${name}`);
await orm.close();
