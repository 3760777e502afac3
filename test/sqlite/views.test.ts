import { Entity, type EntityClass } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { matching } from '../conformance/matching.js';
import { given } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';
import { becomeByRebuilding, definitionOf, givenScript } from './site.js';

const author = (members: Members): EntityClass => entity('Author', { id, ...members });

describe('a view that a change would break is refused, naming the view', () => {
  test.each([
    ['when its column is dropped in place', { code: text() }],
    ['when its column is dropped by a rebuild', { code: integer() }],
  ])('%s', async (_case, members) => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, name text, code text not null);
      create view shown as select name from author;
      insert into author (code) values ('7');
    `);

    const error = await site.refuses([author(members)]);

    expect(error.message).toContain('shown');
    expect(error.message).toMatch(/rolled back|Nothing has been changed/);
  });

  test('when its table is dropped', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, code text not null);
      create table old (id integer);
      create view shown as select * from old;
    `);

    const error = await site.refuses([author({ code: text() })]);

    expect(error.message).toContain('shown');
  });

  test('and so is a trigger, naming its table', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, name text, code text not null);
      create table log (id integer not null primary key autoincrement, what text not null);
      create trigger on_author after insert on author begin insert into log (what) values (new.name); end;
    `);

    const error = await site.refuses([author({ code: integer() }), entity('Log', { id, what: text() })]);

    expect(error.problems).toMatchObject([
      { where: 'author', what: matching(/new\.name/), remedy: matching(/trigger/) },
    ]);
  });
});

describe('a view that is broken already', () => {
  test('does not stand in the way of an update', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, code text not null);
      create view broken as select missing from author;
      insert into author (code) values ('7');
    `);

    await becomeByRebuilding(1, site, [author({ code: integer() })]);

    expect(await definitionOf(site, 'broken')).toContain('missing');
  });
});

describe('a rename', () => {
  test('of a table and a column that a view reads is followed by the view', async () => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, code text not null);
      create view shown as select author.code from author;
      insert into author (code) values ('7');
    `);

    await site.become([
      entity('Writer', { id, number: integer({ previousName: 'code' }) }, Entity({ previousName: 'author' })),
    ]);

    expect(await site.connection.query('select * from shown')).toEqual([{ number: 7 }]);
  });

  test.each([
    ['that a second view would not survive', 'create view second as select code from shown', 'second'],
    ['beside a view that is broken already', 'create view broken as select missing from author', 'broken'],
  ])('%s is refused, naming that view', async (_case, view, name) => {
    const site = await givenScript(`
      create table author (id integer not null primary key autoincrement, code text not null);
      create view shown as select code from author;
      ${view};
    `);

    const error = await site.refuses([author({ number: text({ previousName: 'code' }) })]);

    expect(error.message).toContain('Nothing has been changed');
    expect(error.problems).toMatchObject([
      { where: matching(/Renames the column "code"/), what: matching(RegExp(name)) },
    ]);
  });
});

describe('triggers and views that a person put on the view of an entity', () => {
  const names = (expression: string): EntityClass =>
    entity('Names', { name: text() }, Entity({ view: true, expression }));

  test('survive a change of its query, and of the table below', async () => {
    const site = await given(sqlite, [author({ name: text() }), names('select name from author')]);
    await site.execute(
      'create trigger put instead of insert on names begin insert into author (name) values (new.name); end',
      'create view more as select upper(name) as name from names',
    );

    await site.become([
      author({ name: text(), age: integer({ default: 1 }) }),
      names('select name || age as name from author'),
    ]);

    await site.execute("insert into names values ('Ann')");
    expect(await site.rows('more')).toEqual([{ name: 'ANN1' }]);
  });

  test('survive a change of its query together with a column that is dropped', async () => {
    const site = await given(sqlite, [
      author({ name: text(), code: text() }),
      names('select code as name from author'),
    ]);
    await site.execute(
      'create view more as select upper(name) as name from names',
      'create trigger put instead of insert on more begin insert into author (name) values (new.name); end',
    );

    await site.become([author({ name: text() }), names('select name from author')]);

    await site.execute("insert into more values ('Ann')");
    expect(await site.rows('more')).toEqual([{ name: 'ANN' }]);
  });

  test('keep a column of it that they read', async () => {
    const site = await given(sqlite, [author({ name: text() }), names('select name, id from author')]);
    await site.execute('create view more as select id from names');

    const error = await site.refuses([author({ name: text() }), names('select name from author')]);

    expect(error.problems).toMatchObject([{ where: 'more' }]);
  });
});
