import { expect, test } from 'vitest';
import { readCreateTrigger } from './create-trigger.js';

test('a trigger is read with its condition, and its body word for word', () => {
  const sql = `CREATE TRIGGER "on update" AFTER UPDATE OF "a", [b] ON t FOR EACH ROW
    WHEN new.begin > case when old.a then 1 else 2 end -- begin
    BEGIN
      -- first; begin
      update t set a = 'end' where b = new.b;
      select case when 1 then 2 end; -- last
    END`;
  expect(readCreateTrigger(sql)).toEqual({
    name: 'on update',
    timing: 'after',
    events: [{ kind: 'update', columns: ['a', 'b'] }],
    forEach: 'row',
    when: 'new.begin > case when old.a then 1 else 2 end',
    body: `-- first; begin
      update t set a = 'end' where b = new.b;
      select case when 1 then 2 end; -- last`,
  });
});

test.each([
  ['DELETE ON t', { timing: 'before', events: [{ kind: 'delete' }] }],
  ['BEFORE INSERT ON main.t', { timing: 'before', events: [{ kind: 'insert' }] }],
  ['INSTEAD OF UPDATE ON v', { timing: 'instead of', events: [{ kind: 'update' }] }],
])('%s', (head, expected) => {
  expect(readCreateTrigger(`CREATE TRIGGER g ${head} BEGIN select 1; END`)).toMatchObject(expected);
});

test('what is no trigger is refused', () => {
  expect(() => readCreateTrigger('CREATE TRIGGER g TRUNCATE ON t BEGIN select 1; END')).toThrow('expected update');
  expect(() => readCreateTrigger('CREATE TRIGGER g DELETE ON t BEGIN select 1;')).toThrow('expected begin ... end');
});
