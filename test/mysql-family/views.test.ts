import { Entity, PrimaryKey, Property, type EntityClass } from '@dovetail/core';
import { afterEach, describe, expect, test } from 'vitest';
import { failureOf } from '../conformance/given.js';
import { mariadb, mysql, type TestSite } from '../databases/index.js';

class Track {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'string' }) declare title: string;
  @Property({ type: 'integer' }) declare seconds: number;
}
Entity({ tableName: 'track' })(Track);

class Other {
  @PrimaryKey({ type: 'integer' }) declare id: number;
}
Entity({ tableName: 'other' })(Other);

function view(expression: string): EntityClass {
  class Tracks {
    @Property({ type: 'integer' }) declare id: number;
  }
  Entity({ tableName: 'tracks', view: true, expression })(Tracks);
  return Tracks;
}

const views: readonly (readonly [query: string, other: string])[] = [
  ['select * from track', 'select id, title from track'],
  ['select id, title as name from track where seconds > 60', 'select id, title as name from track where seconds > 61'],
  [
    `select id from track where title like 'a_%' or title = 'it''s'`,
    `select id from track where title like 'A_%' or title = 'it''s'`,
  ],
  [
    'select t.id, (select max(o.seconds) from track o where o.id < t.id) as longest from track as t order by t.title',
    'select t.id, (select min(o.seconds) from track o where o.id < t.id) as longest from track as t order by t.title',
  ],
  [
    `select title, count(*) as n, case when sum(seconds) > 60 then 'long' else 'short' end as kind from track group by title having count(*) > 1`,
    `select title, count(*) as n, case when sum(seconds) > 60 then 'Long' else 'short' end as kind from track group by title having count(*) > 1`,
  ],
  [
    'with recursive n as (select 1 as i union all select i + 1 from n where i < 5) select n.i, t.id from n left join track t on t.id = n.i',
    'with recursive n as (select 1 as i union all select i + 1 from n where i < 6) select n.i, t.id from n left join track t on t.id = n.i',
  ],
  ['select id from track union select seconds from track', 'select id from track union all select seconds from track'],
  [
    'select id, row_number() over (order by title) as place from track',
    'select id, rank() over (order by title) as place from track',
  ],
  ['select id from track -- all of them', 'select id from track where id > 1; -- most of them'],
];

describe.each([mysql, mariadb])('views on $name', ({ create }) => {
  let site: TestSite;

  afterEach(() => site.dispose());

  test.each(views)('%s', async (query, other) => {
    site = await create();
    await site.connection.query('select 1');
    const orm = await site.init({ entities: [Track, view(query)] });
    await orm.schema.createSchema();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    const changed = await site.init({ entities: [Track, view(other)] });
    const { steps } = await changed.schema.updateSchema();
    expect(steps.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual(['replace-view']);
    expect(await changed.schema.getUpdateSchemaSQL()).toBe('');
  });

  describe.each([
    ['selct id from track', 'SQL syntax'],
    ['select id from track where', 'SQL syntax'],
    ['select idd from track', `Unknown column 'idd'`],
    ['select id from trak', `trak' doesn't exist`],
    ['select count_of(id) as id from track', 'does not exist'],
    ['select id, id from track', `Duplicate column name 'id'`],
  ])('%s', (query, reason) => {
    test('is refused before the first statement', async () => {
      site = await create();
      const before = await site.init({ entities: [Track] });
      await before.schema.createSchema();
      const orm = await site.init({ entities: [Track, Other, view(query)] });

      const error = await failureOf(() => orm.schema.updateSchema());

      expect(error.code).toBe('invalid-metadata');
      expect(error.problems.map(({ where }) => where)).toEqual(['tracks']);
      expect(error.problems[0]?.what).toContain(reason);
      expect((await site.introspect()).tables.map(({ name }) => name)).toEqual(['track']);
    });
  });

  test('may read what the same update makes', async () => {
    site = await create();
    const orm = await site.init({
      entities: [Track, Other, view('select o.id from other as o join track using (id)')],
    });
    await orm.schema.createSchema();
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  });

  test('that take all columns are left alone where a column stays that no property has any more', async () => {
    site = await create();
    const track = await site.init({ entities: [Track, view('select * from track')] });
    await track.schema.createSchema();
    await site.connection.execute('alter table track add column rating int');
    await site.connection.execute('create or replace view tracks as select * from track');

    const { steps } = await track.schema.updateSchema({ safe: true });

    expect(steps).toEqual([]);
  });
});
