import { expect, test } from 'vitest';
import { memberNames, undocumented } from './exports.js';

/** They are taken and do nothing, and the comment of each interface says so once for all of them. */
const runtimeOptions = new Set(
  ['EntityRuntimeOptions', 'PropertyRuntimeOptions', 'RelationRuntimeOptions', 'CollectionRuntimeOptions'].flatMap(
    memberNames,
  ),
);

test('everything that is exported has a doc comment', () => {
  expect(undocumented().filter(({ member }) => member === undefined)).toEqual([]);
});

test('every option has a doc comment, and every method of the schema generator', () => {
  const missing = undocumented()
    .filter(({ owner }) => /(Options|Rules|SchemaGenerator)$/.test(owner))
    .filter(({ member }) => member !== undefined && !runtimeOptions.has(member));
  expect(missing).toEqual([]);
});
