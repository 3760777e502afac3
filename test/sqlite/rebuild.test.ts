import { Entity, type EntityClass, Index, ManyToOne, PrimaryKey, Property, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';
import { becomeByRebuilding, definitionOf, givenScript } from './site.js';

/** A parent and its children, which go when the parent's row goes. */
function family(parentMembers: Members, childMembers: Members = {}): readonly EntityClass[] {
  const parent = entity('Parent', { id, ...parentMembers });
  const child = entity('Child', { id, parent: ManyToOne(() => parent, { deleteRule: 'cascade' }), ...childMembers });
  return [parent, child];
}

describe('a type change on a parent whose children reference it ON DELETE CASCADE keeps all children', () => {
  const before = family({ code: text() }, { note: text({ nullable: true }) });

  test('by itself', async () => {
    const site = await given(sqlite, before);
    await site.insert('parent', { id: 1, code: '1' }, { id: 2, code: '2' });
    await site.insert('child', { parent_id: 1, note: 'a' }, { parent_id: 1, note: 'b' }, { parent_id: 2, note: 'c' });

    await becomeByRebuilding(1, site, family({ code: integer() }, { note: text({ nullable: true }) }));

    expect(await site.values('parent', 'code')).toEqual([1, 2]);
    expect(await site.values('child', 'note')).toEqual(['a', 'b', 'c']);
  });

  test('in one update with other changes, of the children as well', async () => {
    const site = await given(sqlite, before);
    await site.insert('parent', { id: 1, code: '1' });
    await site.insert('child', { parent_id: 1, note: 'a' }, { parent_id: 1, note: 'b' });

    await becomeByRebuilding(2, site, [
      ...family(
        { code: integer(), name: text({ default: 'x' }) },
        { remark: text({ previousName: 'note', default: 'none' }), size: integer({ default: 1, check: 'size > 0' }) },
      ),
      entity('Other', { id }),
    ]);

    expect(await site.rows('parent')).toEqual([{ id: 1, code: 1, name: 'x' }]);
    expect(await site.rows('child')).toEqual([
      { id: 1, parent_id: 1, remark: 'a', size: 1 },
      { id: 2, parent_id: 1, remark: 'b', size: 1 },
    ]);
  });
});

test('a self-referencing table is rebuilt', async () => {
  const node = (code: Members[string]): EntityClass => {
    const made: EntityClass = entity('Node', {
      id,
      parent: ManyToOne(() => made, { nullable: true, deleteRule: 'cascade' }),
      code,
    });
    return made;
  };
  const site = await given(sqlite, [node(text())]);
  await site.insert(
    'node',
    { id: 1, parent_id: null, code: '1' },
    { id: 2, parent_id: 1, code: '2' },
    { id: 3, parent_id: 2, code: '3' },
  );

  await becomeByRebuilding(1, site, [node(integer())]);

  expect(await site.rows('node')).toEqual([
    { id: 1, parent_id: null, code: 1 },
    { id: 2, parent_id: 1, code: 2 },
    { id: 3, parent_id: 2, code: 3 },
  ]);
});

test('two tables that reference each other are rebuilt together', async () => {
  const ring = (weight: () => Members[string]): readonly EntityClass[] => {
    const hen: EntityClass = entity('Hen', { id, egg: ManyToOne(() => egg, { nullable: true }), weight: weight() });
    const egg: EntityClass = entity('Egg', {
      id,
      hen: ManyToOne(() => hen, { deleteRule: 'cascade' }),
      weight: weight(),
    });
    return [hen, egg];
  };
  const site = await given(sqlite, ring(text));
  await site.insert('hen', { id: 1, egg_id: null, weight: '2000' });
  await site.insert('egg', { id: 7, hen_id: 1, weight: '60' });
  await site.execute('update hen set egg_id = 7');

  await becomeByRebuilding(2, site, ring(integer));

  expect(await site.rows('hen')).toEqual([{ id: 1, egg_id: 7, weight: 2000 }]);
  expect(await site.rows('egg')).toEqual([{ id: 7, hen_id: 1, weight: 60 }]);
});

test('a rename and a nullability change of one column in one update keep its values', async () => {
  const author = (members: Members): EntityClass => entity('Author', { id, ...members });
  const site = await given(sqlite, [author({ name: text({ nullable: true }) })]);
  await site.insert('author', { id: 1, name: 'Ann' }, { id: 2, name: 'Ben' });

  await site.become([author({ fullName: text({ previousName: 'name' }) })]);
  expect(await site.values('author', 'full_name')).toEqual(['Ann', 'Ben']);
  expect(await site.column('author', 'full_name')).toMatchObject({ nullable: false });

  await site.become([author({ name: text({ previousName: 'full_name', nullable: true }) })]);
  expect(await site.values('author', 'name')).toEqual(['Ann', 'Ben']);
});

test('a NOT NULL column with a default is added in a rebuild', async () => {
  const author = (members: Members): EntityClass => entity('Author', { id, ...members });
  const site = await given(sqlite, [author({ code: text() })]);
  await site.insert('author', { id: 1, code: '7' });

  await becomeByRebuilding(1, site, [
    author({
      code: integer(),
      name: text({ default: "it's" }),
      since: Property({ type: t.datetime, defaultRaw: 'current_timestamp' }),
    }),
  ]);

  expect(await site.rows('author')).toMatchObject([{ id: 1, code: 7, name: "it's" }]);
  expect(await site.values('author', 'since')).not.toContain(null);
});

describe('a rebuild keeps', () => {
  const rebuild = (...decorators: readonly ClassDecorator[]): EntityClass =>
    entity('Sample', { id, code: integer(), a: integer({ nullable: true }) }, ...decorators);

  test('generated columns, virtual and stored', async () => {
    const site = await givenScript(`
      create table sample (
        id integer not null primary key autoincrement,
        code text not null,
        a integer,
        doubled integer as (a * 2),
        shown text generated always as (code || '!') stored
      );
      insert into sample (code, a) values ('1', 10), ('2', 20);
    `);

    await becomeByRebuilding(1, site, [
      entity('Sample', {
        id,
        code: integer(),
        a: integer({ nullable: true }),
        doubled: integer({ nullable: true, generated: '(a * 2) virtual' }),
        shown: text({ nullable: true, generated: "(code || '!') stored" }),
      }),
    ]);

    expect(await site.rows('sample')).toEqual([
      { id: 1, code: 1, a: 10, doubled: 20, shown: '1!' },
      { id: 2, code: 2, a: 20, doubled: 40, shown: '2!' },
    ]);
  });

  test('triggers, without setting them off', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer);
      create table log (id integer not null primary key autoincrement, what text not null);
      create trigger on_insert after insert on sample begin insert into log (what) values ('insert ' || new.code); end;
      create trigger on_delete before delete on sample when old.a > 1 begin
        insert into log (what) values ('delete; ' || old.code);
        update log set what = what where id = 1;
      end;
      insert into sample (code, a) values ('1', 2);
    `);
    const log = entity('Log', { id, what: text() });

    await becomeByRebuilding(1, site, [rebuild(), log]);
    expect(await site.values('log', 'what')).toEqual(['insert 1']);

    await site.execute('insert into sample (code) values (5)', 'delete from sample');
    expect(await site.values('log', 'what')).toEqual(['insert 1', 'insert 5', 'delete; 1']);
  });

  test('a view on it, and a view on that view with its trigger', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer);
      create view seen as select id, code from sample;
      create view seen_twice as select code from seen;
      create trigger write_seen instead of insert on seen begin insert into sample (code) values (new.code); end;
      insert into sample (code) values ('1');
    `);

    await becomeByRebuilding(1, site, [rebuild()]);

    await site.execute('insert into seen (code) values (2)');
    expect(await site.values('seen_twice', 'code')).toEqual([1, 2]);
  });

  test('partial, expression and DESC indexes', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer);
      create index part on sample (code) where a > 5;
      create index upper_code on sample (upper(code));
      create index latest on sample (a desc, code collate nocase);
      insert into sample (code, a) values ('1', 6);
    `);

    await becomeByRebuilding(1, site, [
      rebuild(
        Index({ name: 'part', properties: 'code', where: 'a > 5' }),
        Index({ name: 'upper_code', expression: 'upper(code)' }),
        Index({
          name: 'latest',
          columns: [
            { name: 'a', sort: 'desc' },
            { name: 'code', collation: 'nocase' },
          ],
        }),
      ),
    ]);

    expect((await site.table('sample')).indexes).toMatchObject([
      {
        name: 'latest',
        parts: [
          { column: 'a', sort: 'desc' },
          { column: 'code', collation: 'nocase' },
        ],
      },
      { name: 'part', where: 'a > 5' },
      { name: 'upper_code', parts: [{ expression: 'upper(code)' }] },
    ]);
  });

  test('the AUTOINCREMENT high-water mark', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer);
      insert into sample (id, code) values (1, '1'), (99, '2');
      delete from sample where id = 99;
    `);

    await becomeByRebuilding(1, site, [rebuild()]);

    await site.execute('insert into sample (code) values (3)');
    expect(await site.values('sample', 'id')).toEqual([1, 100]);
    expect(await site.connection.query('select name, seq from sqlite_sequence')).toEqual([
      { name: 'sample', seq: 100 },
    ]);
  });

  test('the AUTOINCREMENT high-water mark of a table without rows', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer);
      insert into sample (id, code) values (41, '1');
      delete from sample;
    `);

    await becomeByRebuilding(1, site, [rebuild()]);

    await site.execute('insert into sample (code) values (3)');
    expect(await site.values('sample', 'id')).toEqual([42]);
  });

  test('STRICT', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer) strict;
      insert into sample (code) values ('1');
    `);

    await becomeByRebuilding(1, site, [rebuild(Entity({ strict: true }))]);

    expect(await definitionOf(site, 'sample')).toMatch(/strict$/);
    await site.rejects("insert into sample (code) values ('x')");
  });

  test('WITHOUT ROWID', async () => {
    const site = await givenScript(`
      create table sample (code text not null primary key, a text) without rowid;
      insert into sample values ('b', '2'), ('a', '1');
    `);

    await becomeByRebuilding(1, site, [
      entity(
        'Sample',
        { code: PrimaryKey({ type: t.string }), a: integer({ nullable: true }) },
        Entity({ withoutRowid: true }),
      ),
    ]);

    expect(await definitionOf(site, 'sample')).toMatch(/without rowid$/);
    expect(await site.rows('sample')).toEqual([
      { code: 'a', a: 1 },
      { code: 'b', a: 2 },
    ]);
  });

  test('rowid gaps', async () => {
    const site = await givenScript(`
      create table sample (code text not null primary key, a text);
      insert into sample (rowid, code, a) values (5, 'a', '1'), (17, 'b', '2'), (-3, 'c', '3');
    `);

    await becomeByRebuilding(1, site, [
      entity('Sample', { code: PrimaryKey({ type: t.string }), a: integer({ nullable: true }) }),
    ]);

    expect(await site.connection.query('select rowid, code from sample order by code')).toEqual([
      { rowid: 5, code: 'a' },
      { rowid: 17, code: 'b' },
      { rowid: -3, code: 'c' },
    ]);
  });

  test('values of every storage class, and integers that no number of JavaScript holds', async () => {
    const site = await givenScript(`
      create table sample (id integer not null primary key autoincrement, code text not null, a integer, b);
      insert into sample (code, b) values ('1', 9007199254740993), ('2', x'00ff'), ('3', 0.1), ('4', 'text'), ('5', null);
    `);
    const values = 'select typeof(b) as kind, quote(b) as value from sample order by id';
    const before = await site.connection.query(values);

    await becomeByRebuilding(1, site, [
      entity('Sample', {
        id,
        code: integer(),
        a: integer({ nullable: true }),
        b: Property({ columnType: '', nullable: true }),
      }),
    ]);

    expect(await site.connection.query(values)).toEqual(before);
  });
});

test('a relation is dropped, its column in a foreign key', async () => {
  const parent = entity('Parent', { id });
  const child = (members: Members): EntityClass => entity('Child', { id, name: text(), ...members });
  const site = await given(sqlite, [parent, child({ parent: ManyToOne(() => parent, { nullable: true }) })]);
  await site.insert('parent', { id: 1 });
  await site.insert('child', { id: 1, name: 'Kim', parent_id: 1 });

  await site.become([parent, child({})], { allow: ['data-loss'] });

  expect(await site.rows('child')).toEqual([{ id: 1, name: 'Kim' }]);
  expect(await site.table('child')).toMatchObject({ foreignKeys: [], indexes: [] });
});

test('composite and named foreign keys are idempotent', async () => {
  const seat = entity('Seat', { line: PrimaryKey({ type: t.integer }), place: PrimaryKey({ type: t.integer }) });
  const ticket = entity('Ticket', {
    id,
    seat: ManyToOne(() => seat, { foreignKeyName: 'ticket for a "seat"', deleteRule: 'set null', nullable: true }),
    other: ManyToOne(() => seat, { joinColumns: ['other_line', 'other_place'], deferMode: 'deferred' }),
  });

  const site = await given(sqlite, [seat, ticket]);

  await site.alreadyIs([seat, ticket]);
  expect((await site.table('ticket')).foreignKeys).toMatchObject([
    { name: 'ticket for a "seat"', columns: ['seat_line', 'seat_place'] },
    { columns: ['other_line', 'other_place'], deferrable: 'initially deferred' },
  ]);
});
