import type { ReferenceOptions } from '../decorators/relation-options.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { knownPrimaryKeyOf, referencedColumnsOf } from './keys.js';
import type { Base, Place } from './name-properties.js';
import type { NamedReference } from './named-property.js';
import { statedColumn } from './stated-column.js';

/** A relation's own end, as its decorator declares it. */
export interface ReferenceDeclaration {
  readonly member: Member;
  readonly options: ReferenceOptions;
  /** One-to-one: no other row references the same one. */
  readonly unique: boolean;
}

/** Names the columns of a relation to an entity. `undefined` when they can't be, which is reported. */
export function nameReferenceTo(
  target: EntityModel,
  { member, options, unique }: ReferenceDeclaration,
  base: Base,
  place: Place,
  context: DiscoveryContext,
): NamedReference | undefined {
  const referencedColumns = referencedColumnsOf(options, target, base.origin, context);
  if (referencedColumns === undefined) return undefined;
  const stated = statedColumns(options);
  if (stated !== undefined && stated.length !== referencedColumns.length) {
    context.problems.report(
      base.origin,
      `it names ${stated.length} of its columns, and references ${referencedColumns.length} of ${target.className} (${referencedColumns.join(', ')})`,
      'Give as many `joinColumns` as there are referenced columns, in their order.',
    );
    return undefined;
  }
  const columns = referencedColumns.map((referenced, index) => {
    const derived = context.naming.joinColumnName(base.name, referenced, referencedColumns.length > 1);
    return context.naming.columnName(base.name, stated?.[index] ?? derived, place.prefixes);
  });
  const pairs = inOrderOf(
    referencedColumns.length === 1 ? referencedColumns : knownPrimaryKeyOf(target, context),
    columns.map((column, index) => ({ column, referenced: referencedColumns[index] ?? '' })),
  );
  return {
    kind: 'reference',
    member,
    options,
    unique,
    target,
    columns: pairs.map(({ column }) => column),
    referencedColumns: pairs.map(({ referenced }) => referenced),
    ...base,
  };
}

interface Pair {
  readonly column: string;
  readonly referenced: string;
}

/** A key is referenced in its own order: MySQL takes no other (refman/9.7/en/create-table-foreign-keys.html). */
function inOrderOf(key: readonly string[], pairs: readonly Pair[]): readonly Pair[] {
  const ordered = key.flatMap((column) => pairs.filter(({ referenced }) => referenced === column));
  return ordered.length === pairs.length && key.length === pairs.length ? ordered : pairs;
}

function statedColumns(options: ReferenceOptions): readonly string[] | undefined {
  const single = options.joinColumn ?? statedColumn(options);
  return options.joinColumns ?? options.fieldNames ?? (single === undefined ? undefined : [single]);
}
