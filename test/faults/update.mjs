// Brings a database to one version of the library, and says where it is: `node update.mjs library.db after`.
//
// It runs the built packages, as a program in production does. The word `ready` comes right before the update, one line
// with each step as it starts, `done` when it is committed; and at last how many steps are left to do.

import { Dovetail } from '@dovetail/sqlite';
import { library } from './library.mjs';

const [dbName = '', version = ''] = process.argv.slice(2);
const entities = library[version]?.() ?? [];

const orm = await Dovetail.init({ entities, dbName, schemaGenerator: { skipTables: ['audit'] } });
await orm.connection.query('pragma cache_size = 50');
/** @type {import('@dovetail/sqlite').UpdateOptions} */
const options = { allow: ['data-loss'], assumeRenames: false };
console.log('ready');
await orm.schema.updateSchema({
  ...options,
  onProgress: ({ kind, number, total }) => console.log(`${kind} ${number} of ${total}`),
});
console.log('done');
const { steps } = await orm.schema.plan(options);
console.log(`left: ${steps.length}`);
await orm.close();
