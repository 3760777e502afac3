import type { Change } from '../model/change.js';
import { objectKey, type TableNames } from '../model/names.js';
import type { EnumType } from '../model/schema.js';
import { matchByKey } from './match.js';

export function diffEnums(actual: readonly EnumType[], desired: readonly EnumType[], names: TableNames): Change[] {
  const { pairs, removed, added } = matchByKey(actual, desired, (type) => objectKey(type, names));
  return [
    ...added.map((type): Change => ({ kind: 'create-enum', enum: type })),
    ...pairs
      .filter(([from, to]) => !sameItems(from, to))
      .map(([from, to]): Change => ({ kind: 'alter-enum', from, to })),
    ...removed.map((type): Change => ({ kind: 'drop-enum', enum: type })),
  ];
}

function sameItems(a: EnumType, b: EnumType): boolean {
  return a.items.length === b.items.length && a.items.every((item, index) => item === b.items[index]);
}
