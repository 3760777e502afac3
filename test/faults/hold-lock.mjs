// Holds a database locked until it is killed: `node hold-lock.mjs shelf.db write`, or `read`. Says `locked` when it does.

import Database from 'better-sqlite3';

const [dbName = '', mode = ''] = process.argv.slice(2);
const database = new Database(dbName);
database.exec(mode === 'write' ? 'begin immediate' : 'begin; select count(*) from item');
console.log('locked');
setInterval(() => undefined, 60_000);
