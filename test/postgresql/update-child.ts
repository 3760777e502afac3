// Updates the library on the built packages, as a program in production does, and stops before one of the steps, until
// it is killed: `update-child.ts postgres://... library 3`.

import { Dovetail } from '@dovetail/postgresql';
import { writeSync } from 'node:fs';
import { after } from './library.js';

const [connectionString = '', dbName = '', stopAt = ''] = process.argv.slice(2);

const orm = await Dovetail.init({ entities: after, connectionString, dbName });
await orm.schema.updateSchema({
  onProgress: ({ kind, number }) => {
    if (kind !== 'started' || number !== Number(stopAt)) return;
    writeSync(1, 'stopped\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
await orm.close();
