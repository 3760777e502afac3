import fc from 'fast-check';
import { type Edit, editTable, pick, replace, without } from '../edit.js';
import type { CheckSpec, IndexKey, IndexPartSpec, IndexSpec, TableSpec } from '../model.js';
import { bindingNames } from '../names.js';
import { familyOf } from '../types.js';
import { anyPick, has, type Setting, textAbout } from './setting.js';

const names = fc.option(fc.constantFrom(...bindingNames), { freq: 2, nil: undefined });

type Make<Spec> = (table: TableSpec, id: string) => Spec | undefined;

export function addCheck(setting: Setting): fc.Arbitrary<Edit> {
  return add('checks', checks(setting));
}

export function addIndex(setting: Setting): fc.Arbitrary<Edit> {
  return add('indexes', indexes(setting));
}

export function constraintEdits(setting: Setting): fc.Arbitrary<Edit>[] {
  return [...editsOf('checks', checks(setting)), ...editsOf('indexes', indexes(setting))];
}

function checks({ dialect }: Setting): fc.Arbitrary<Make<CheckSpec>> {
  return fc.record({ name: names, operand: anyPick, text: anyPick }).map(({ name, ...choice }): Make<CheckSpec> => {
    return (table, id) => {
      const expression = textAbout(table, dialect.checks, choice);
      return expression === undefined ? undefined : { id, name, expression };
    };
  });
}

function indexes(setting: Setting): fc.Arbitrary<Make<IndexSpec>> {
  return fc
    .record({ name: names, unique: fc.boolean(), makeKey: indexKeys(setting), makeWhere: predicates(setting) })
    .map(({ name, unique, makeKey, makeWhere }): Make<IndexSpec> => {
      return (table, id) => {
        const key = makeKey(table);
        return key && { id, name, unique, key, where: makeWhere(table) };
      };
    });
}

function predicates(setting: Setting): fc.Arbitrary<(table: TableSpec) => string | undefined> {
  if (!has(setting, 'index-where')) return fc.constant(() => undefined);
  return fc.option(fc.record({ operand: anyPick, text: anyPick }), { freq: 3, nil: undefined }).map((choice) => {
    return (table) => choice && textAbout(table, setting.dialect.predicates, choice);
  });
}

function indexKeys(setting: Setting): fc.Arbitrary<(table: TableSpec) => IndexKey | undefined> {
  const byColumns = fc.array(indexParts(setting), { minLength: 1, maxLength: 3 }).map((makers) => {
    return (table: TableSpec): IndexKey => {
      const parts = makers.flatMap((make) => make(table) ?? []);
      return { kind: 'columns', parts: parts.filter((part, index) => !named(parts.slice(0, index), part.member)) };
    };
  });
  if (!has(setting, 'index-expression')) return byColumns;
  const byExpression = fc.record({ operand: anyPick, text: anyPick }).map((choice) => {
    return (table: TableSpec): IndexKey | undefined => {
      const expression = textAbout(table, setting.dialect.indexExpressions, choice);
      return expression === undefined ? undefined : { kind: 'expression', expression };
    };
  });
  return fc.oneof({ weight: 3, arbitrary: byColumns }, { weight: 1, arbitrary: byExpression });
}

function indexParts(setting: Setting): fc.Arbitrary<(table: TableSpec) => IndexPartSpec | undefined> {
  const { collations } = setting.dialect;
  return fc
    .record({
      number: anyPick,
      sort: has(setting, 'index-sort') ? fc.constantFrom(undefined, 'desc' as const) : fc.constant(undefined),
      collation: has(setting, 'index-collation')
        ? fc.constantFrom(undefined, undefined, ...collations)
        : fc.constant(undefined),
    })
    .map(({ number, sort, collation }) => {
      return (table) => {
        const member = pick([...table.columns, ...table.relations], number);
        if (member === undefined) return undefined;
        const isText = 'type' in member && familyOf(member.type) === 'text';
        return { member: member.id, sort, collation: isText ? collation : undefined };
      };
    });
}

function named(parts: readonly IndexPartSpec[], member: string): boolean {
  return parts.some((part) => part.member === member);
}

function add<Kind extends 'checks' | 'indexes'>(
  kind: Kind,
  made: fc.Arbitrary<Make<TableSpec[Kind][number]>>,
): fc.Arbitrary<Edit> {
  return fc.record({ table: anyPick, make: made }).map(({ table, make }) =>
    editTable(table, (spec, id) => {
      const item = make(spec, id);
      return item && { ...spec, [kind]: [...spec[kind], item] };
    }),
  );
}

/** Makes one anew under its name, drops one. */
function editsOf<Kind extends 'checks' | 'indexes'>(
  kind: Kind,
  made: fc.Arbitrary<Make<TableSpec[Kind][number]>>,
): fc.Arbitrary<Edit>[] {
  const chosen = (table: TableSpec, number: number): CheckSpec | IndexSpec | undefined =>
    pick<CheckSpec | IndexSpec>(table[kind], number);
  return [
    fc.record({ table: anyPick, number: anyPick, make: made }).map(({ table, number, make }) =>
      editTable(table, (spec) => {
        const old = chosen(spec, number);
        const item = old && make(spec, old.id);
        return item && { ...spec, [kind]: replace<CheckSpec | IndexSpec>(spec[kind], { ...item, name: old.name }) };
      }),
    ),
    fc.record({ table: anyPick, number: anyPick }).map(({ table, number }) =>
      editTable(table, (spec) => {
        return { ...spec, [kind]: without<CheckSpec | IndexSpec>(spec[kind], chosen(spec, number)) };
      }),
    ),
  ];
}
