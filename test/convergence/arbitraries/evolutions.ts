import type { Names } from '@dovetail/core/driver';
import fc from 'fast-check';
import { applyEdits, type Edit } from '../edit.js';
import { followable } from '../followable.js';
import { emptyModel, type Evolution } from '../model.js';
import { wellFormed } from '../well-formed.js';
import { columnEdits } from './column-edits.js';
import { addColumn } from './columns.js';
import { addCheck, addIndex, constraintEdits } from './constraints.js';
import { addGenerated, generatedEdits } from './generated.js';
import { nearMisses } from './near-misses.js';
import { addPivot, pivotEdits } from './pivots.js';
import { addRelation, relationEdits } from './relations.js';
import { has, type Setting } from './setting.js';
import { addTable, tableEdits } from './tables.js';

/** Random pairs of models, the second made of the first by some edits, and how many rows there are in each table. */
export function evolutions(setting: Setting, folds: Names): fc.Arbitrary<Evolution> {
  const { limits } = setting.dialect;
  const details = fc.oneof(...additions(setting));
  const edits = fc.oneof(
    addTable(setting),
    ...additions(setting),
    ...tableEdits(setting),
    ...columnEdits(setting),
    ...(has(setting, 'generated-column') ? generatedEdits(setting) : []),
    ...constraintEdits(setting),
    ...relationEdits(setting),
    ...pivotEdits(),
    ...nearMisses(setting),
  );
  return fc
    .record({
      tables: fc.array(addTable(setting), { minLength: 1, maxLength: 4 }),
      details: fc.array(details, { maxLength: 15 }),
      edits: fc.array(edits, { minLength: 1, maxLength: 12 }),
      rows: fc.integer({ min: 0, max: 4 }),
    })
    .map((seed) => {
      const before = wellFormed(applyEdits(emptyModel, [...seed.tables, ...seed.details], 'a'), folds, limits);
      const edited = wellFormed(applyEdits(before, seed.edits, 'b'), folds, limits);
      const after = wellFormed(followable(before, edited, seed.rows, folds), folds, limits);
      return { before, after, rows: seed.rows };
    });
}

function additions(setting: Setting): fc.Arbitrary<Edit>[] {
  return [
    addColumn(setting),
    ...(has(setting, 'generated-column') ? [addGenerated(setting)] : []),
    addCheck(setting),
    addIndex(setting),
    addRelation(setting),
    addPivot(),
  ];
}
