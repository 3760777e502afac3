import type { MigrationDraft } from '@dovetail/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSql, renderSql } from './sql-format.js';

const empty: MigrationDraft = {
  name: 'Migration20300101000000',
  up: [],
  down: [],
  irreversible: [],
  transactional: true,
  suspendsForeignKeys: false,
  replaces: [],
};

function statements(...texts: readonly string[]): MigrationDraft['up'] {
  return texts.map((sql) => ({ sql, comments: ['Does something.', '! t: All rows are lost.'] }));
}

describe('a file of SQL', () => {
  it('is plain SQL with marks between the statements', () => {
    const draft: MigrationDraft = {
      ...empty,
      up: statements('create table a (id integer)', 'drop table b'),
      down: statements('drop table a'),
      irreversible: ['b: All rows of "b" are lost.'],
      suspendsForeignKeys: true,
      transactional: false,
      replaces: ['x', 'y z'],
    };
    expect(renderSql(draft)).toBe(`-- Migration20300101000000
-- Statements are set apart by the lines that begin with "-- dovetail:", never by a semicolon.
-- dovetail:replaces x
-- dovetail:replaces y z
-- dovetail:not-transactional
-- dovetail:suspend-foreign-keys

-- dovetail:up

-- dovetail:statement
-- Does something.
-- ! t: All rows are lost.
create table a (id integer);

-- dovetail:statement
-- Does something.
-- ! t: All rows are lost.
drop table b;

-- dovetail:down
-- irreversible: b: All rows of "b" are lost.

-- dovetail:statement
-- Does something.
-- ! t: All rows are lost.
drop table a;
`);
    expect(parseSql(renderSql(draft), 'x')).toEqual({
      up: ['create table a (id integer)', 'drop table b'],
      down: ['drop table a'],
      transactional: false,
      suspendsForeignKeys: true,
      replaces: ['x', 'y z'],
    });
  });

  it('keeps whole what holds semicolons, comments and blank lines', () => {
    const body = `create trigger t after insert on a begin\n  -- first;\n\n  delete from b;\n  delete from c;\nend`;
    const { up } = parseSql(renderSql({ ...empty, up: statements(body, "select ';\n'") }), 'x');
    expect(up).toEqual([body, "select ';\n'"]);
  });

  it('comes back as it was written, or is refused', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('-- dovetail:down', '-- x', ';', '', '\r', ' ', 'end;'));
    const text = fc.array(line, { minLength: 1 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(fc.array(text), fc.array(text), (up, down) => {
        const rendered = attempt(() => renderSql({ ...empty, up: statements(...up), down: statements(...down) }));
        if (rendered !== undefined) expect(parseSql(rendered, 'x')).toMatchObject({ up, down });
        else expect([...up, ...down].some(isAwkward)).toBe(true);
      }),
    );
  });

  it('may leave out the mark before a first statement, and the way back', () => {
    expect(parseSql('-- dovetail:up\nselect 1;\n', 'x')).toMatchObject({ up: ['select 1'], down: undefined });
    expect(parseSql('-- dovetail:up\n-- dovetail:down\n', 'x')).toMatchObject({ up: [], down: [] });
  });

  it('is the same with the line ends of another system', () => {
    expect(parseSql('-- dovetail:up\r\nselect 1,\r\n  2;\r\n', 'x').up).toEqual(['select 1,\n  2']);
  });

  it('says in which line a mark is misspelt', () => {
    expect(() => parseSql('-- dovetail:up\n-- dovetail:staement\n', 'a')).toThrow('line 2 is "-- dovetail:staement"');
    expect(() => parseSql('-- dovetail:up\nselect 1;\n  --dovetail:Statement\nselect 2;', 'a')).toThrow(
      'line 3 is "  --dovetail:Statement"',
    );
    expect(() => parseSql('select 1;', 'a')).toThrow('has no line "-- dovetail:up"');
  });

  it('drops no statement that stands before the first mark', () => {
    const text = '-- Of Ada.\nselect 1;\n-- dovetail:up\nselect 2;\n';
    expect(() => parseSql(text, 'a')).toThrow('has a statement before the line "-- dovetail:up": select 1');
  });

  it('may begin with a byte order mark', () => {
    expect(parseSql('\uFEFF-- dovetail:up\nselect 1;\n', 'x').up).toEqual(['select 1']);
  });
});

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** What no statement of a plan begins or ends with, or holds on a line of its own. */
function isAwkward(sql: string): boolean {
  const start = sql.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  return (
    sql !== sql.trim() || sql === '' || start.startsWith('--') || sql.includes('\r\n') || /^-- dovetail:/m.test(sql)
  );
}
