import { expect, it } from 'vitest';
import { DovetailError, type Problem } from './errors.js';
import { type KnownOptions, rejectUnknownOptions } from './option-names.js';

const known: KnownOptions = { dbName: true, url: true, migrations: { path: true } };

function problemsOf(options: object): readonly Problem[] {
  try {
    rejectUnknownOptions(options, known);
    return [];
  } catch (error) {
    if (!(error instanceof DovetailError)) throw error;
    return error.problems;
  }
}

it('takes options that exist, stated or not', () => {
  expect(problemsOf({ dbName: {}, url: undefined, migrations: undefined })).toEqual([]);
  expect(problemsOf({ migrations: { path: { any: 1 } } })).toEqual([]);
});

it('names what was meant: a misspelt name, or what another driver calls it', () => {
  expect(problemsOf({ dbname: '', connectionString: '', migrations: { pth: '' }, toString: 1 })).toEqual([
    { where: 'dbname', what: 'is no option', remedy: 'Write dbName.' },
    { where: 'connectionString', what: 'is no option', remedy: 'Write url.' },
    { where: 'migrations.pth', what: 'is no option', remedy: 'Write migrations.path.' },
    { where: 'toString', what: 'is no option', remedy: 'Take it off.' },
  ]);
});

it.each([null, true, './migrations'])('takes no %s for an object of options', (migrations) => {
  expect(problemsOf({ migrations })).toMatchObject([{ where: 'migrations', what: 'is no object of options' }]);
});
