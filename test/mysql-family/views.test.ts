import { Entity, PrimaryKey, Property, type EntityClass } from '@dovetail/core';
import { afterEach, describe, expect, test } from 'vitest';
import { mariadb, mysql, type TestSite } from '../databases/index.js';

class Track {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'string' }) declare title: string;
  @Property({ type: 'integer' }) declare seconds: number;
}
Entity({ tableName: 'track' })(Track);

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
});
