import fc from 'fast-check';
import { pick } from '../edit.js';
import type { DefaultSpec, TypeSpec } from '../model.js';
import { familyOf } from '../types.js';
import { anyPick, type Setting } from './setting.js';

/** A default for a column whose type is not known yet. */
export type MakeDefault = (type: TypeSpec) => DefaultSpec | undefined;

/** Defaults of every shape, often a random text where texts fit. */
export function defaults({ dialect }: Setting): fc.Arbitrary<MakeDefault> {
  return fc
    .record({ number: anyPick, text: hostileText, isRandom: fc.boolean() })
    .map(({ number, text, isRandom }): MakeDefault => (type) => {
      const family = familyOf(type);
      if (family === 'text' && isRandom) return { kind: 'value', value: text };
      const expressions = (dialect.defaults[family] ?? []).map((sql): DefaultSpec => ({ kind: 'sql', sql }));
      return pick([...values(type), ...expressions], number);
    });
}

export const hostileText = fc.oneof(
  fc.constantFrom('NULL', 'null', 'current_timestamp', "'", '"', '`', '\\', "\\'", ' ', '1', '-1', '%', ')', 'a,b'),
  fc.constantFrom("it's", 'say "hi"', 'two\nlines', 'ünïcode', '🦆', '--', '/*', 'X', 'x', '{}', '${x}', '?', ':a'),
  fc.string({ minLength: 1, maxLength: 12 }),
);

function values(type: TypeSpec): readonly DefaultSpec[] {
  const value = (...choices: (string | number | boolean)[]): DefaultSpec[] =>
    choices.map((choice) => ({ kind: 'value', value: choice }));
  switch (familyOf(type)) {
    case 'integer':
      return value(0, 7, -1, 32767);
    case 'real':
    case 'decimal':
      return value(1.5, -2.5, 0.25);
    case 'boolean':
      return value(true, false);
    case 'text':
      return value('', 'NULL', "it's", 'current_timestamp', '007');
    case 'character':
      return value('X', "'");
    case 'uuid':
      return value('00000000-0000-4000-8000-000000000000');
    case 'date':
    case 'time':
      return [{ kind: 'date', iso: '2024-02-29T12:30:00.000Z' }, { kind: 'now' }];
    case 'datetime':
      return [{ kind: 'date', iso: '2024-02-29T12:30:00.500Z' }, { kind: 'now' }];
    case 'interval':
      return value('1 day');
    case 'json':
      return [
        { kind: 'json', value: { a: [1, "it's"], 'b"c': null } },
        { kind: 'json', value: [] },
      ];
    case 'blob':
      return [{ kind: 'bytes', hex: '00ff27' }];
    case 'array':
    case 'enumArray':
      return [];
    case 'enum':
      return type.kind === 'enum' ? value(...type.items) : [];
  }
}
