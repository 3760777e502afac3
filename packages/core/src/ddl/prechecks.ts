import type { DdlContext } from '../driver.js';
import {
  type AddColumn,
  type AlterColumn,
  becomesGenerated,
  becomesRequired,
  type Change,
  type DropColumn,
  type DropTable,
} from '../model/change.js';
import { needsValue } from '../model/columns.js';
import { describeObject } from '../model/describe-object.js';
import { displayName, type TableNames } from '../model/names.js';
import type { Precheck } from '../model/plan.js';
import type { Check, Column, ObjectName } from '../model/schema.js';
import { orphans } from './foreign-key-precheck.js';
import { keptKeyPrechecks } from './kept-keys.js';
import { precheckPresent, rowsThat } from './make-precheck.js';
import { originalColumn } from './original-names.js';
import { isNew, mayFail, type PrecheckDialect, type PrecheckScene } from './precheck-scene.js';
import { duplicates, primaryKeyPrechecks } from './unique-prechecks.js';

/** The prechecks of changes that put rows at risk on every database, in SQL that every database speaks. */
export function standardPrechecks(change: Change, context: DdlContext, dialect: PrecheckDialect): Precheck[] {
  const scene: PrecheckScene = { object: describeObject(change), context, dialect };
  switch (change.kind) {
    case 'drop-table':
      return [lostRows(change, scene)];
    case 'drop-column':
      return change.column.generated === undefined ? [lostWithColumn(change, scene)] : [];
    case 'add-column':
      // One with a backfill comes nullable, and is looked at where it becomes required.
      return needsValue(change.column) ? [valueless(change, scene)] : [];
    case 'alter-column':
      return [
        ...(becomesGenerated(change) ? [lostToComputed(change, scene)] : []),
        ...(becomesRequired(change) ? [nulls(change, scene)] : []),
        ...keptKeyPrechecks(change, scene),
      ];
    case 'set-primary-key':
      return change.to === undefined ? [] : primaryKeyPrechecks(change.table, change.to, scene);
    case 'add-unique':
      return [duplicates(change.table, change.unique.columns.map(dialect.quote), change.unique, scene)];
    case 'add-index':
      return change.index.unique
        ? [duplicates(change.table, change.index.parts.map(dialect.indexKey), change.index, scene)]
        : [];
    case 'add-foreign-key':
      // A ring of tables is created before its foreign keys, and none of them has rows yet.
      return isNew(change.table, scene) ? [] : [orphans(change.table, change.foreignKey, scene)];
    case 'add-check':
      return change.check.enforced === false ? [] : [violators(change.table, change.check, scene)];
    default:
      return [];
  }
}

function lostRows({ table }: DropTable, { object, context, dialect }: PrecheckScene): Precheck {
  const message = { one: 'row would be lost with the table', other: 'rows would be lost with the table' };
  const remedy = `${howToKeep(table, context, dialect.names)}; else move them first, or allow it: allow: ['data-loss']`;
  return precheckPresent({ kind: 'destroys-rows', object, table, message, remedy }, context, dialect);
}

/** A table is renamed within its namespace alone. */
function howToKeep({ schema, name }: ObjectName, { target }: DdlContext, { foldTableName: fold }: TableNames): string {
  const elsewhere = target.tables.find((table) => fold(table.name) === fold(name) && table.schema !== schema);
  if (elsewhere === undefined) return `if it is a rename, write previousName: '${name}' on the new entity`;
  return `if it moves to ${displayName(elsewhere)}, move the table in the database before the update`;
}

function lostWithColumn({ table, column: { name } }: DropColumn, scene: PrecheckScene): Precheck {
  return lostValues(
    table,
    name,
    {
      message: rowsThat('hold', 'a value that would be lost with the column'),
      remedy: `if it is a rename, write previousName: '${name}' on the new property; else allow it: allow: ['data-loss']`,
    },
    scene,
  );
}

function lostToComputed({ table, from }: AlterColumn, scene: PrecheckScene): Precheck {
  return lostValues(
    table,
    from.name,
    {
      message: rowsThat('hold', 'a value that would be lost, for the column becomes a generated one'),
      remedy: "give the generated column another name, or allow it: allow: ['data-loss']",
    },
    scene,
  );
}

function lostValues(
  table: ObjectName,
  column: string,
  words: Pick<Precheck, 'message' | 'remedy'>,
  { object, context, dialect }: PrecheckScene,
): Precheck {
  const condition = `${dialect.quote(originalColumn(table, column, context, dialect.names))} is not null`;
  return precheckPresent({ kind: 'destroys-values', object, table, condition, ...words }, context, dialect);
}

function valueless({ table }: AddColumn, { object, context, dialect }: PrecheckScene): Precheck {
  const message = rowsThat('exist', 'that would have no value in the new column, which may not be null');
  const remedy =
    "give the property a default, or a value for these rows: backfill: 'an SQL expression'; or make it nullable";
  return precheckPresent({ kind: 'may-fail', object, table, message, remedy }, context, dialect);
}

function nulls({ table, to }: AlterColumn, scene: PrecheckScene): Precheck {
  const words =
    to.backfill === undefined
      ? { message: rowsThat('hold', 'null, which the column would no longer allow'), remedy: backfillRemedy(to) }
      : {
          message: rowsThat('hold', 'null even after the backfill, which the column does not allow'),
          remedy: "let the property's backfill give every row a value, or make the property nullable",
        };
  return mayFail(table, `${scene.dialect.quote(to.name)} is null`, words, scene);
}

/** A default is for new rows; what it means for those that exist, only their owner knows. */
function backfillRemedy({ default: value }: Column): string {
  const expression = value === undefined ? "'an SQL expression'" : JSON.stringify(value);
  return `fill them first, or with the update: backfill: ${expression}; or make the property nullable`;
}

function violators(table: ObjectName, { expression }: Check, scene: PrecheckScene): Precheck {
  const message = {
    one: `row does not meet the condition ${expression}`,
    other: `rows do not meet the condition ${expression}`,
  };
  return mayFail(
    table,
    `not (${expression})`,
    { message, remedy: 'correct them first, or change the condition' },
    scene,
  );
}
