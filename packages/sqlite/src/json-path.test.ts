import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { jsonPath } from './json-path.js';

it.each([[['city']], [['address', 'city']], [['first name']], [["it's"]], [['ort', '厘米']], [['0']]])(
  'reads what is at %j',
  (path) => {
    const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), 'found');
    const database = new Database(':memory:');
    database.exec('create table t ("meta ""x""" json)');
    database.prepare('insert into t values (?)').run(JSON.stringify(value));
    expect(
      database
        .prepare(`select ${jsonPath('meta "x"', path)} from t`)
        .pluck()
        .get(),
    ).toBe('found');
    database.exec(`create index i on t (${jsonPath('meta "x"', path)})`);
    database.close();
  },
);

it('reads as one would write it', () => {
  expect(jsonPath('meta', ['address', 'city'])).toBe(`json_extract("meta", '$.address.city')`);
});
