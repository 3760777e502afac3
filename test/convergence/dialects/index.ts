import type { TestDatabase } from '../../databases/index.js';
import type { Dialect } from '../dialect.js';
import { sqlite } from './sqlite.js';

const dialects: ReadonlyMap<string, Dialect> = new Map([['SQLite', sqlite]]);

export function dialectOf({ name }: TestDatabase): Dialect {
  const dialect = dialects.get(name);
  if (dialect === undefined) throw new Error(`There are no texts for ${name} in test/convergence/dialects`);
  return dialect;
}
