import fc from 'fast-check';
import type { Dialect } from '../dialect.js';
import { type Edit, editTable, pick, replace } from '../edit.js';
import type { CheckSpec, ColumnSpec, IndexPartSpec, IndexSpec, TableSpec } from '../model.js';
import { familyOf } from '../types.js';
import { anyPick, has, type Setting } from './setting.js';

/** Edits after which an object looks almost as it did: whoever compares texts loosely takes it for the same. */
export function nearMisses(setting: Setting): fc.Arbitrary<Edit>[] {
  const { dialect } = setting;
  const place = { table: anyPick, number: anyPick };
  return [
    fc.record(place).map(({ table, number }) => editTable(table, (spec) => withTwin(spec, number, dialect))),
    fc.record(place).map(({ table, number }) =>
      editTable(table, (spec) => {
        const column = pick(spec.columns, number);
        return column && { ...spec, columns: replace(spec.columns, withOtherCase(column)) };
      }),
    ),
    fc
      .record({ ...place, part: anyPick, change: fc.constantFrom(...partChanges(setting)) })
      .map(({ table, number, part, change }) =>
        editTable(table, (spec) => {
          const index = pick(spec.indexes, number);
          return index && { ...spec, indexes: replace(spec.indexes, withPart(index, part, change, spec)) };
        }),
      ),
    fc.record({ ...place, change: fc.constantFrom(reversed, total, toggledUnique) }).map(({ table, number, change }) =>
      editTable(table, (spec) => {
        const index = pick(spec.indexes, number);
        return index && { ...spec, indexes: replace(spec.indexes, change(index)) };
      }),
    ),
  ];
}

/** One SQL text of the table, told almost the same. */
function withTwin(table: TableSpec, number: number, dialect: Dialect): TableSpec {
  const twin = (text: string): string => twinOf(text, dialect);
  const changes = [
    ...table.checks.map((check: CheckSpec) => (): TableSpec => {
      return { ...table, checks: replace(table.checks, { ...check, expression: twin(check.expression) }) };
    }),
    ...table.indexes.map((index) => (): TableSpec => {
      return { ...table, indexes: replace(table.indexes, indexTwin(index, twin)) };
    }),
    ...table.columns.flatMap(({ generated, ...column }) =>
      generated === undefined
        ? []
        : (): TableSpec => {
            const changed = { ...column, generated: { ...generated, expression: twin(generated.expression) } };
            return { ...table, columns: replace(table.columns, changed) };
          },
    ),
  ];
  return pick(changes, number)?.() ?? table;
}

function twinOf(text: string, { twins }: Dialect): string {
  const twin = twins.flatMap(([a, b]) => (text.includes(a) ? text.replace(a, b) : []));
  return twin[0] ?? text;
}

function indexTwin({ key, where, ...index }: IndexSpec, twin: (text: string) => string): IndexSpec {
  return {
    ...index,
    key: key.kind === 'expression' ? { ...key, expression: twin(key.expression) } : key,
    where: where === undefined ? undefined : twin(where),
  };
}

/** A default that differs in the case of its letters alone. */
function withOtherCase(column: ColumnSpec): ColumnSpec {
  const { default: value, type } = column;
  if (value?.kind !== 'value' || typeof value.value !== 'string' || familyOf(type) !== 'text') return column;
  const text = value.value;
  const other = text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
  return { ...column, default: { kind: 'value', value: other } };
}

type PartChange = (part: IndexPartSpec, isText: boolean) => IndexPartSpec;

function partChanges(setting: Setting): readonly PartChange[] {
  const collate = (collation: string): PartChange => {
    return (part, isText) => (isText ? { ...part, collation } : part);
  };
  return [
    (part) => part,
    ...(has(setting, 'index-sort') ? [turned] : []),
    ...(has(setting, 'index-collation') ? setting.dialect.collations.map(collate) : []),
  ];
}

function turned({ sort, ...part }: IndexPartSpec): IndexPartSpec {
  return { ...part, sort: sort === undefined ? 'desc' : undefined };
}

function withPart(index: IndexSpec, number: number, change: PartChange, table: TableSpec): IndexSpec {
  if (index.key.kind === 'expression') return index;
  const { parts } = index.key;
  const chosen = pick(parts, number);
  const column = table.columns.find(({ id }) => id === chosen?.member);
  const isText = column !== undefined && familyOf(column.type) === 'text';
  return {
    ...index,
    key: { kind: 'columns', parts: parts.map((part) => (part === chosen ? change(part, isText) : part)) },
  };
}

function reversed(index: IndexSpec): IndexSpec {
  return index.key.kind === 'expression'
    ? index
    : { ...index, key: { ...index.key, parts: index.key.parts.toReversed() } };
}

function total(index: IndexSpec): IndexSpec {
  return { ...index, where: undefined };
}

function toggledUnique(index: IndexSpec): IndexSpec {
  return { ...index, unique: !index.unique };
}
