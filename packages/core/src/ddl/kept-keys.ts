import type { AlterColumn } from '../model/change.js';
import { describeObject } from '../model/describe-object.js';
import { sameNames } from '../model/names.js';
import type { Precheck } from '../model/plan.js';
import type { Column, Index, ObjectName, PrimaryKey, Table, UniqueConstraint } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import type { PrecheckDialect, PrecheckScene } from './precheck-scene.js';
import { columnsRead, isComputed } from './rows.js';
import { duplicates, type UniqueRules } from './unique-prechecks.js';

/** What has to be unique, before the change and after it. */
interface KeptKey {
  readonly object: string;
  /** What the rows must differ in. */
  readonly parts: readonly string[];
  readonly rules: UniqueRules;
}

/**
 * Looks for rows whose values are alike once a column has another type or collation, in the keys that stay. A key with
 * several such columns is looked at with the first of them.
 */
export function keptKeyPrechecks({ table: name, to }: AlterColumn, scene: PrecheckScene): Precheck[] {
  const { context, dialect } = scene;
  const { names, mentions } = dialect;
  const [before, after] = [context.actual, context.target].map((schema) => findTable(schema, name, names));
  if (before === undefined || after === undefined) return [];
  const merged = mergedColumns(before, after, dialect);
  if (merged.length === 0) return [];
  const isItsColumn = ({ parts, rules: { where = '' } }: KeptKey): boolean => {
    const read = columnsRead([...parts, where], after, mentions);
    const first = read.find((column) => merged.includes(column));
    return first !== undefined && names.foldName(first.name) === names.foldName(to.name);
  };
  return keptKeys(name, before, after, dialect)
    .filter(isItsColumn)
    .map(({ object, parts, rules }) => duplicates(name, parts, rules, { ...scene, object }));
}

/** The columns in which values may be alike that differ now. */
function mergedColumns(
  before: Table,
  after: Table,
  { names: { foldName: fold }, mergesValues }: PrecheckDialect,
): readonly Column[] {
  const now = new Map(before.columns.map((column) => [fold(column.name), column]));
  return after.columns.filter((column) => {
    const from = now.get(fold(column.name));
    return from !== undefined && (isComputed(column, from) || mergesValues(from, column));
  });
}

function keptKeys(table: ObjectName, before: Table, after: Table, dialect: PrecheckDialect): readonly KeptKey[] {
  const { names, quote, indexKey } = dialect;
  const isSame = (a: PrimaryKey | UniqueConstraint, b: PrimaryKey | UniqueConstraint): boolean =>
    sameNames(a.columns, b.columns, names.foldName);
  const { primaryKey } = after;
  return [
    ...(primaryKey !== undefined && before.primaryKey !== undefined && isSame(primaryKey, before.primaryKey)
      ? [
          {
            object: describeObject({ kind: 'set-primary-key', table, to: primaryKey }),
            parts: primaryKey.columns.map(quote),
            rules: {},
          },
        ]
      : []),
    ...after.uniques
      .filter((unique) => before.uniques.some((other) => isKept(unique, other, isSame)))
      .map((unique) => ({
        object: describeObject({ kind: 'add-unique', table, unique }),
        parts: unique.columns.map(quote),
        rules: unique,
      })),
    ...after.indexes
      .filter((index) => index.unique && before.indexes.some((other) => isKept(index, other, sameParts)))
      .map((index) => ({
        object: describeObject({ kind: 'add-index', table, index }),
        parts: index.parts.map(indexKey),
        rules: index,
      })),
  ];
}

/** It is the same object, or has but another name. One that is made anew under its name is a change of its own. */
function isKept<Key extends { readonly name?: string | undefined }>(
  key: Key,
  other: Key,
  isAlike: (a: Key, b: Key) => boolean,
): boolean {
  return key === other || (key.name !== other.name && isAlike(key, other));
}

function sameParts(a: Index, b: Index): boolean {
  return JSON.stringify([a.parts, a.where]) === JSON.stringify([b.parts, b.where]);
}
