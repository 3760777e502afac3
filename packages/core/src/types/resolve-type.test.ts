import { expect, test } from 'vitest';
import { collectCustomTypes } from './custom-types.js';
import type { PropertyType } from './property-type.js';
import { resolveType } from './resolve-type.js';
import { t } from './t.js';

const logical = (type: string) => ({ kind: 'logical', type });

test.each<[PropertyType, unknown]>([
  [t.decimal, logical('decimal')],
  [t.uint8array, logical('blob')],
  [t.timestamp, logical('datetime')],
  ['number', logical('integer')],
  ['Date', logical('datetime')],
  ['Buffer', logical('blob')],
  ['object', logical('json')],
  ['string[]', logical('array')],
  ['number[]', { kind: 'array', element: logical('integer') }],
  [String, logical('string')],
  [Number, logical('integer')],
  [Boolean, logical('boolean')],
  [Date, logical('datetime')],
  [BigInt, logical('bigint')],
  [Buffer, logical('blob')],
  [Uint8Array, logical('blob')],
  ['numeric(6, 2)', { kind: 'type-name', name: 'numeric(6, 2)' }],
  ['__proto__', { kind: 'type-name', name: '__proto__' }],
  ['any', undefined],
  [Object, undefined],
  [Map, undefined],
])('%s', (type, expected) => {
  expect(resolveType(type, collectCustomTypes())).toEqual(expected);
});
