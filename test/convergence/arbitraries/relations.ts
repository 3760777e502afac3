import type { ReferentialAction } from '@dovetail/core/driver';
import fc from 'fast-check';
import { type Edit, editTable, pick, replace, without } from '../edit.js';
import { keyColumns, keysOf, type Model, type RelationSpec } from '../model.js';
import { hostileNames } from '../names.js';
import { anyPick, has, type Setting } from './setting.js';

type Rules = Pick<RelationSpec, 'onDelete' | 'onUpdate' | 'deferrable' | 'constrained' | 'nullable' | 'foreignKeyName'>;

export function addRelation(setting: Setting): fc.Arbitrary<Edit> {
  return fc
    .record({
      table: anyPick,
      target: anyPick,
      key: anyPick,
      name: fc.constantFrom(...hostileNames),
      kind: fc.constantFrom('many-to-one' as const, 'one-to-one' as const),
      rules: rules(setting),
      primary: fc.integer({ min: 0, max: 9 }).map((number) => number === 9),
    })
    .map(({ table, target, key, name, kind, rules, primary }) =>
      editTable(table, (spec, id, model) => {
        const chosen = pick(model.tables, target);
        const references = chosen && pick(keysOf(chosen), key);
        if (chosen === undefined || references === undefined) return undefined;
        const columns = references.map((_, index) => (index === 0 ? name : `${name} ${index}`));
        const relation: RelationSpec = { id, kind, columns, target: chosen.id, references, ...rules };
        return {
          ...spec,
          relations: [...spec.relations, relation],
          primaryKey: primary && chosen.id !== spec.id ? [...spec.primaryKey, id] : spec.primaryKey,
        };
      }),
    );
}

export function relationEdits(setting: Setting): fc.Arbitrary<Edit>[] {
  const place = { table: anyPick, number: anyPick };
  return [
    ...ruleNames.map((rule) =>
      fc.record({ ...place, rules: rules(setting) }).map(({ rules, ...at }) => {
        return editRelation(at, (relation) => ({ ...relation, [rule]: rules[rule] }));
      }),
    ),
    fc.record({ ...place, name: fc.constantFrom(...hostileNames) }).map(({ name, ...at }) =>
      editRelation(at, (relation) => ({
        ...relation,
        columns: relation.columns.length === 1 ? [name] : relation.columns,
      })),
    ),
    fc.record({ ...place, target: anyPick }).map(({ target, ...at }) =>
      editRelation(at, (relation, model) => {
        const chosen = pick(model.tables, target);
        const references = chosen && keyColumns(chosen)?.map(({ id }) => id);
        if (chosen === undefined || references?.length !== relation.columns.length) return relation;
        return { ...relation, target: chosen.id, references };
      }),
    ),
    fc
      .record(place)
      .map(({ table, number }) =>
        editTable(table, (spec) => ({ ...spec, relations: without(spec.relations, pick(spec.relations, number)) })),
      ),
  ];
}

function editRelation(
  at: { readonly table: number; readonly number: number },
  change: (relation: RelationSpec, model: Model) => RelationSpec,
): Edit {
  return editTable(at.table, (table, _, model) => {
    const relation = pick(table.relations, at.number);
    return relation && { ...table, relations: replace(table.relations, change(relation, model)) };
  });
}

const ruleNames = ['onDelete', 'onUpdate', 'deferrable', 'constrained', 'nullable', 'foreignKeyName'] as const;

function rules(setting: Setting): fc.Arbitrary<Rules> {
  const actions = fc.option(fc.constantFrom<ReferentialAction>(...setting.capabilities.referentialActions), {
    nil: undefined,
  });
  const deferrable = fc.constantFrom(undefined, 'initially immediate' as const, 'initially deferred' as const);
  return fc.record({
    onDelete: actions,
    onUpdate: actions,
    deferrable: has(setting, 'foreign-key-deferrable') ? deferrable : fc.constant(undefined),
    constrained: fc.integer({ min: 0, max: 5 }).map((number) => number > 0),
    nullable: fc.boolean(),
    foreignKeyName: fc.constantFrom(undefined, undefined, 'fk plain', "fk'quote", 'fk"double'),
  });
}
