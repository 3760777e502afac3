import fc from 'fast-check';
import { type Edit, pick, replace, without } from '../edit.js';
import { hostileNames } from '../names.js';
import { anyPick } from './setting.js';

// A dot in the name of a pivot table comes after a namespace.
const name = fc.constantFrom(...hostileNames.filter((text) => !text.includes('.')));

export function addPivot(): fc.Arbitrary<Edit> {
  return fc
    .record({ owner: anyPick, target: anyPick, name, fixedOrder: fc.boolean() })
    .map(({ owner, target, name, fixedOrder }): Edit => (model, id) => {
      const [from, to] = [pick(model.tables, owner), pick(model.tables, target)];
      if (from === undefined || to === undefined) return model;
      return { ...model, pivots: [...model.pivots, { id, name, owner: from.id, target: to.id, fixedOrder }] };
    });
}

export function pivotEdits(): fc.Arbitrary<Edit>[] {
  return [
    fc
      .record({ number: anyPick, name: fc.option(name, { nil: undefined }), fixedOrder: fc.boolean() })
      .map(({ number, name, fixedOrder }): Edit => (model) => {
        const pivot = pick(model.pivots, number);
        if (pivot === undefined) return model;
        return { ...model, pivots: replace(model.pivots, { ...pivot, name: name ?? pivot.name, fixedOrder }) };
      }),
    anyPick.map((number): Edit => (model) => ({
      ...model,
      pivots: without(model.pivots, pick(model.pivots, number)),
    })),
  ];
}
