import { displayName } from '../model/names.js';
import type { Precheck } from '../model/plan.js';
import type { ForeignKey, ObjectName } from '../model/schema.js';
import { precheckRows, rowsThat } from './make-precheck.js';
import { isNew, type PrecheckScene } from './precheck-scene.js';
import { convertedColumns, futureRows } from './rows.js';

/**
 * Looks for rows that reference none. A foreign key with a null in it references nothing, and is an error only where it
 * has to match in full.
 */
export function orphans(table: ObjectName, foreignKey: ForeignKey, scene: PrecheckScene): Precheck {
  const { columns, references, match } = foreignKey;
  const { object, context, dialect } = scene;
  const { quote } = dialect;
  const [child, parent] = [quote('child'), quote('parent')];
  const keys = columns.map((column) => `${child}.${quote(column)}`);
  const matches = keys.map((key, index) => `${parent}.${quote(references.columns[index] ?? '')} = ${key}`);
  const isHeld = keys.map((key) => `${key} is not null`);
  const candidates = (): string => futureRows(references.table, context, dialect, 'parent').from;
  const isOrphan = [
    ...isHeld,
    ...(isNew(references.table, scene)
      ? []
      : [`not exists (select 1 from ${candidates()} where ${matches.join(' and ')})`]),
  ].join(' and ');
  const isMixed = `(${isHeld.join(' or ')}) and not (${isHeld.join(' and ')})`;
  return precheckRows(
    {
      kind: 'may-fail',
      object,
      table,
      condition: match === 'full' && keys.length > 1 ? `${isOrphan} or ${isMixed}` : isOrphan,
      needs: [
        ...convertedColumns(table, columns.map(quote), context, dialect),
        ...convertedColumns(references.table, references.columns.map(quote), context, dialect),
      ],
      message: rowsThat('reference', `rows of "${displayName(references.table)}" that do not exist`),
      remedy: 'correct or delete them first',
    },
    futureRows(table, context, dialect, 'child'),
    dialect,
  );
}
