import type { Table, Trigger } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { createIndexSql } from './create-index.js';
import { createTableSql } from './create-table.js';
import { createTriggerSql } from './create-trigger.js';
import { createViewSql } from './create-view.js';

const table: Table = {
  name: 'book',
  columns: [
    { name: 'id', type: 'integer', nullable: false, autoincrement: true },
    { name: 'title', type: 'text', nullable: false, default: "'it''s'", collation: 'nocase' },
    { name: 'author', type: 'integer', nullable: true, default: '1 + 1' },
    { name: 'anything', type: '', nullable: true, default: '-1' },
    { name: 'slug', type: 'text', nullable: true, generated: { expression: 'lower(title)', stored: true } },
  ],
  primaryKey: { name: 'pk', columns: ['id'] },
  uniques: [{ name: 'book_title', columns: ['title', 'author'] }],
  indexes: [],
  foreignKeys: [
    {
      name: 'book_author',
      columns: ['author'],
      references: { table: { name: 'author' }, columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no action',
      match: 'full',
      deferrable: 'initially deferred',
    },
  ],
  checks: [{ name: 'book_check', expression: "title <> ')'" }, { expression: '(author > 0)' }],
  exclusions: [],
  triggers: [],
  options: { strict: true, withoutRowid: false },
  unmodelled: [],
};

describe('createTableSql', () => {
  test('writes one column or constraint a line, each with a name where it has one', () => {
    expect(createTableSql(table)).toBe(
      [
        'create table "book" (',
        '  "id" integer constraint "pk" primary key autoincrement not null,',
        `  "title" text not null default 'it''s' collate "nocase",`,
        '  "author" integer default (1 + 1),',
        '  "anything" default -1,',
        '  "slug" text generated always as (lower(title)) stored,',
        '  constraint "book_title" unique ("title", "author"),',
        '  constraint "book_author" foreign key ("author") references "author" ("id") on delete cascade match full deferrable initially deferred,',
        `  constraint "book_check" check (title <> ')'),`,
        '  check (author > 0)',
        ') strict',
      ].join('\n'),
    );
  });

  test('takes another name', () => {
    expect(createTableSql(table, 'new "book"')).toMatch(/^create table "new ""book""" \(\n/);
  });

  test('writes a primary key of several columns, or of no integer, as a constraint', () => {
    const columns = [
      { name: 'a', type: 'text', nullable: false },
      { name: 'b', type: 'integer', nullable: false },
    ];
    const plain: Table = {
      ...table,
      columns,
      uniques: [],
      foreignKeys: [],
      checks: [],
      options: { withoutRowid: true },
    };
    expect(createTableSql({ ...plain, primaryKey: { columns: ['b', 'a'] } })).toBe(
      'create table "book" (\n  "a" text not null,\n  "b" integer not null,\n  primary key ("b", "a")\n) without rowid',
    );
    expect(createTableSql({ ...plain, primaryKey: { name: 'k', columns: ['a'] } })).toContain(
      '\n  constraint "k" primary key ("a")\n',
    );
  });
});

test('createIndexSql puts expressions in parentheses, and collation before order', () => {
  const parts = [{ column: 'title', collation: 'rtrim', sort: 'desc' as const }, { expression: 'lower(title)' }];
  expect(createIndexSql(table, { name: 'by title', unique: true, parts, where: 'author > 0 -- known' })).toBe(
    'create unique index "by title" on "book" ("title" collate "rtrim" desc, (lower(title))) where author > 0',
  );
});

describe('createTriggerSql', () => {
  const trigger: Trigger = {
    name: 'audit',
    timing: 'after',
    events: [{ kind: 'update', columns: ['title', 'author'] }],
    forEach: 'row',
    when: 'new.title <> old.title',
    body: 'select 1; -- done',
  };

  test('keeps the end apart from a comment that comes before it', () => {
    expect(createTriggerSql(table, trigger)).toBe(
      'create trigger "audit" after update of "title", "author" on "book" for each row when new.title <> old.title begin\n' +
        '  select 1; -- done\nend',
    );
  });

  test.each<[string, Partial<Trigger>]>([
    ['several events', { events: [{ kind: 'insert' }, { kind: 'delete' }] }],
    ['truncate', { events: [{ kind: 'truncate' }] }],
    ['once per statement', { forEach: 'statement' }],
  ])('refuses %s', (_what, change) => {
    expect(() => createTriggerSql(table, { ...trigger, ...change })).toThrow('SQLite cannot create this trigger');
  });
});

test('createViewSql', () => {
  expect(createViewSql({ name: 'titles', columns: ['a', 'b'], definition: 'select title, 1 from book -- all' })).toBe(
    'create view "titles" ("a", "b") as\nselect title, 1 from book',
  );
});
