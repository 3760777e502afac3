import type { Plan, Step } from '@dovetail/core';
import { describe, expect, it } from 'vitest';
import { draftMigrations } from './draft-migrations.js';

function step(sql: string, attributes: Partial<Step> = {}): Step {
  return {
    sql,
    description: `Runs ${sql}.`,
    changes: [],
    hazards: [],
    prechecks: [],
    transactional: true,
    ...attributes,
  };
}

function plan(steps: readonly Step[], undo: Plan['undo']): Plan {
  const options = { allow: [], safe: false, dropTables: true, assumeRenames: true };
  return { version: 1, database: 'Any', startsFrom: '', options, steps, undo };
}

const alone = step('b', { transactional: false });

describe('a plan of which some steps cannot be in a transaction', () => {
  it('becomes a migration for each run of steps alike, and the last one takes all of it back', () => {
    const drafts = draftMigrations(
      plan([step('a'), alone, step('c'), step('d')], { steps: [step('z')], irreversible: [] }),
      true,
    );
    expect(
      drafts.map(({ up, down, transactional }) => ({ up: up.map(({ sql }) => sql), down, transactional })),
    ).toEqual([
      { up: ['a'], down: [], transactional: true },
      { up: ['b'], down: [], transactional: false },
      { up: ['c', 'd'], down: [{ sql: 'z', comments: ['Runs z.'] }], transactional: true },
    ]);
  });

  it('is one migration where the database has no transactions for them', () => {
    const drafts = draftMigrations(plan([alone, alone], { steps: [], irreversible: [] }), false);
    expect(drafts).toMatchObject([{ transactional: true, down: undefined }]);
  });
});

describe('a migration', () => {
  it('says of each statement what it does and what is at stake, each in one line', () => {
    const hazard = { kind: 'breaks-code', severity: 'medium', object: 't.a\nb', message: 'Gone.', remedy: '' } as const;
    const [draft] = draftMigrations(plan([step('a', { hazards: [hazard] })], { steps: [], irreversible: [] }), true);
    expect(draft?.up).toEqual([{ sql: 'a', comments: ['Runs a.', '! t.a b: Gone.'] }]);
  });

  it('says what its undo does not bring back', () => {
    const irreversible = [{ object: 't.a', message: 'All values are lost.' }];
    const [draft] = draftMigrations(plan([step('a')], { steps: [step('z')], irreversible }), true);
    expect(draft?.irreversible).toEqual(['t.a: All values are lost.']);
  });

  it('is refused where it would lose what no entity can describe', () => {
    const refusal = {
      kind: 'unmodelled' as const,
      object: 't',
      message: 'the table would be dropped, and with it: a rule',
    };
    expect(() => draftMigrations(plan([step('a', { refusal })], { steps: [], irreversible: [] }), true)).toThrow(
      'the table would be dropped, and with it: a rule',
    );
  });
});
