import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.js';

const names = ['nullable', 'length', 'fieldName', 'index', 'unique'];

test.each([
  ['nulable', 'nullable'],
  ['nulllable', 'nullable'],
  ['lenght', 'length'],
  ['fieldname', 'fieldName'],
  ['Unique', 'unique'],
  ['null', 'nullable'],
  ['uni', 'unique'],
  ['ix', undefined],
  ['onDelete', undefined],
])('%s stands for %s', (name, expected) => {
  expect(nearestName(name, names)).toBe(expected);
});
