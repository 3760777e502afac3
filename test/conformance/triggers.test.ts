import { type EntityClass, Trigger, type TriggerOptions } from '@dovetail/core';
import { describe, expect } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { testFeature } from './feature.js';

const audit = entity('Audit', { id, what: text() });

describe.each(databases)('triggers on $name', (database) => {
  const author = (members: Members = {}, ...triggers: readonly TriggerOptions[]): readonly EntityClass[] => [
    audit,
    entity('Author', { id, name: text(), ...members }, ...triggers.map((trigger) => Trigger(trigger))),
  ];
  const logging = (what: string, options: Partial<TriggerOptions> = {}): TriggerOptions => ({
    name: 'log_author',
    timing: 'after',
    events: ['insert'],
    body: database.triggerBody(`insert into audit (what) values ('${what}')`),
    ...options,
  });

  testFeature(
    database,
    'trigger',
    'of entities run',
    () => author({}, logging('added')),
    async (site) => {
      await site.insert('author', { id: 1, name: 'Ann' });

      expect(await site.values('audit', 'what')).toEqual(['added']);
      expect((await site.table('author')).triggers).toMatchObject([{ name: 'log_author', timing: 'after' }]);
    },
  );

  testFeature(
    database,
    'trigger',
    'are added to a table that exists, and change what they do',
    () => author(),
    async (site) => {
      await site.become(author({}, logging('added')));
      await site.become(author({}, logging('Added')));
      await site.insert('author', { id: 1, name: 'Ann' });

      expect(await site.values('audit', 'what')).toEqual(['Added']);
    },
  );

  testFeature(
    database,
    'trigger',
    'change when they run',
    () => author({}, logging('seen')),
    async (site) => {
      await site.become(author({}, logging('seen', { events: ['update'] })));
      await site.insert('author', { id: 1, name: 'Ann' });
      expect(await site.values('audit', 'what')).toEqual([]);

      await site.execute("update author set name = 'Zoe'");
      expect(await site.values('audit', 'what')).toEqual(['seen']);
    },
  );

  testFeature(
    database,
    'trigger-columns',
    'change the columns whose updates they see',
    () => author({ code: text() }, logging('seen', { events: [{ update: ['name'] }] })),
    async (site) => {
      await site.insert('author', { id: 1, name: 'Ann', code: '7' });
      await site.become(author({ code: text() }, logging('seen', { events: [{ update: ['code'] }] })));

      await site.execute("update author set name = 'Eve'");
      expect(await site.values('audit', 'what')).toEqual([]);

      await site.execute("update author set code = '8'");
      expect(await site.values('audit', 'what')).toEqual(['seen']);
    },
  );

  testFeature(
    database,
    'trigger-condition',
    'change their condition alone',
    () => author({}, logging('seen', { when: "new.name <> 'Eve'" })),
    async (site) => {
      await site.become(author({}, logging('seen', { when: "new.name <> 'Zoe'" })));
      await site.insert('author', { id: 1, name: 'Zoe' });
      expect(await site.values('audit', 'what')).toEqual([]);

      await site.insert('author', { id: 2, name: 'Eve' });
      expect(await site.values('audit', 'what')).toEqual(['seen']);
    },
  );

  testFeature(
    database,
    'trigger',
    'survive a change of their table, which does not set them off',
    () => author({ code: text() }, logging('added')),
    async (site) => {
      await site.insert('author', { id: 1, name: 'Ann', code: '7' });

      await site.become(author({ code: integer() }, logging('added')));
      expect(await site.values('audit', 'what')).toEqual(['added']);

      await site.insert('author', { id: 2, name: 'Ben', code: 8 });
      expect(await site.values('audit', 'what')).toEqual(['added', 'added']);
    },
  );

  testFeature(
    database,
    'trigger',
    'that no entity declares are left alone, and survive a change of their table',
    () => author({ code: text() }, logging('added')),
    async (site) => {
      const withoutTrigger = (members: Members): readonly EntityClass[] => author(members);
      await site.alreadyIs(withoutTrigger({ code: text() }));

      await site.become(withoutTrigger({ code: integer() }));

      await site.insert('author', { id: 1, name: 'Ann', code: 7 });
      expect(await site.values('audit', 'what')).toEqual(['added']);
    },
  );
});
