import { UnreadableDefinition } from '@dovetail/core/driver';
import { expect, test } from 'vitest';
import { readCreateView } from './create-view.js';
import type { DefinitionContext } from './table-draft.js';

const context: DefinitionContext = { ownSchema: 'library', unstatedRule: 'no action', defaultCollations: new Map() };

test('a view has what is said of it, its columns and its query', () => {
  const attributes = 'ALGORITHM=MERGE DEFINER=`o``neil`@`%` SQL SECURITY INVOKER';
  const query = "select `a`.`x` AS `x`,_utf8mb4'view as (' AS `y` from `a`";
  expect(readCreateView(`CREATE ${attributes} VIEW \`v\`\`w\` (\`x\`,\`y\`) AS ${query}`, context)).toEqual({
    name: 'v`w',
    columns: ['x', 'y'],
    definition: query,
    attributes,
  });
});

test('a view of another database is in it', () => {
  const view = readCreateView('CREATE VIEW `shop`.`v` AS select 1', { ...context, schema: 'shop' });
  expect(view).toMatchObject({ schema: 'shop', name: 'v', definition: 'select 1', columns: undefined });
});

test('what is no view is an error that says where', () => {
  expect(() => readCreateView('CREATE TABLE `v` (\n `a` int)', context)).toThrow(UnreadableDefinition);
  expect(() => readCreateView('CREATE VIEW `v` select 1', context)).toThrow(
    'expected as, found select at character 17',
  );
});
