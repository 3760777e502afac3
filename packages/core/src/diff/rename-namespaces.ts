import { DovetailError } from '../errors.js';
import type { RenameChange } from '../model/change.js';
import type { StatedRenames } from '../model/plan.js';
import type { ObjectName, Schema } from '../model/schema.js';
import type { RenamePlace } from './stated-renames.js';

export interface NamespaceRenames {
  readonly renames: readonly RenameChange[];
  /** The schema as it is, with every object in the namespace that it is going to be in. */
  readonly schema: Schema;
  readonly place: RenamePlace;
}

/**
 * The namespaces that the caller states as renamed. Nothing is assumed of others: those that no entity is in may be
 * anybody's, and are not looked at.
 *
 * @throws DovetailError `invalid-configuration` where both names exist.
 */
export function renameNamespaces(actual: Schema, desired: Schema, stated: StatedRenames): NamespaceRenames {
  const existing = new Set(actual.namespaces);
  const objects: readonly ObjectName[] = [...actual.tables, ...actual.enums, ...actual.views];
  // A database that can only move what is in a namespace leaves it behind, empty.
  const isLeftBehind = ([from, to]: readonly [string, string]): boolean =>
    existing.has(to) && !objects.some(({ schema }) => schema === from);
  const pairs = formerNamespaces(desired, stated).filter((pair) => existing.has(pair[0]) && !isLeftBehind(pair));
  const newNames = new Map(pairs);
  const taken = pairs.filter(([, to]) => existing.has(to) && !newNames.has(to));
  if (taken.length > 0) throw namespaceTaken(taken);
  return {
    renames: pairs.map(([namespace, to]) => ({ kind: 'rename-namespace', namespace, to, reason: 'option' })),
    // Where nothing is renamed, the tables stay the objects that they are, so that what is known of them is found again.
    schema: pairs.length === 0 ? actual : moveObjects(actual, newNames),
    place: {
      prefixes: [''],
      before: actual.namespaces.map((name) => ({ name })),
      after: desired.namespaces.map((name) => ({ name })),
      fold: (name) => name,
      foldPrefix: (name) => name,
    },
  };
}

function moveObjects(actual: Schema, newNames: ReadonlyMap<string, string>): Schema {
  const moved = <Item extends ObjectName>(item: Item): Item =>
    item.schema === undefined ? item : { ...item, schema: newNames.get(item.schema) ?? item.schema };
  return {
    namespaces: actual.namespaces.map((name) => newNames.get(name) ?? name),
    enums: actual.enums.map(moved),
    views: actual.views.map(moved),
    tables: actual.tables.map((table) => ({
      ...moved(table),
      foreignKeys: table.foreignKeys.map(({ references, ...foreignKey }) => ({
        ...foreignKey,
        references: { ...references, table: moved(references.table) },
      })),
    })),
  };
}

/** The namespaces that the caller states as former names of those of the entities. */
export function formerNamespaces(
  { namespaces }: Schema,
  stated: StatedRenames,
): (readonly [from: string, to: string])[] {
  return Object.entries(stated).flatMap(([from, to]) =>
    to !== false && namespaces.includes(to) && !namespaces.includes(from) ? [[from, to] as const] : [],
  );
}

function namespaceTaken(pairs: readonly (readonly [string, string])[]): DovetailError {
  return new DovetailError(
    'invalid-configuration',
    'Renames cannot be carried out. Nothing has been changed.',
    pairs.map(([from, to]) => ({
      where: `renames: "${from}"`,
      what: `becomes "${to}", which exists already`,
      remedy: 'drop it where it is empty; else move the tables by hand, and leave the option out',
    })),
  );
}
