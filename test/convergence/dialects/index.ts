import type { TestDatabase } from '../../databases/index.js';
import type { Dialect } from '../dialect.js';
import { mariadb, mysql } from './mysql-family.js';
import { postgresql } from './postgresql.js';
import { sqlite } from './sqlite.js';

const dialects: ReadonlyMap<string, Dialect> = new Map([
  ['MariaDB', mariadb],
  ['MySQL', mysql],
  ['PostgreSQL', postgresql],
  ['SQLite', sqlite],
]);

export function dialectOf({ driver: { name } }: TestDatabase): Dialect {
  const dialect = dialects.get(name);
  if (dialect === undefined) throw new Error(`There are no texts for ${name} in test/convergence/dialects`);
  return dialect;
}
