import type { Problem } from '../errors.js';
import type { EntityMetadata, ForeignKeyMetadata, IndexMetadata } from '../metadata/entity-metadata.js';
import type { ForeignKey } from '../model/schema.js';
import { objectNameOf, type BuildContext } from './context.js';
import { requireAction, requireFeatures } from './features.js';
import { plainColumns } from './indexes.js';
import type { Unnamed } from './names.js';

/** The constraint of a relation; `undefined` when what it references has no table, which is reported. */
export function buildForeignKey(
  metadata: ForeignKeyMetadata,
  context: BuildContext,
): Unnamed<Omit<ForeignKey, 'name'>> | undefined {
  const { name, origin, columns, target, onDelete, onUpdate, match, deferrable } = metadata;
  requireFeatures({ 'foreign-key-match': match, 'foreign-key-deferrable': deferrable }, origin, context);
  requireAction('deleteRule', onDelete, origin, context);
  requireAction('updateRule', onUpdate, origin, context);

  const entity = context.entities.get(target.className);
  const table = entity?.kind === 'table' ? objectNameOf(entity, context) : undefined;
  const problem = entity === undefined ? noTable(target.className) : targetProblem(metadata, entity, context);
  if (problem !== undefined) context.report.invalid({ where: origin, ...problem });
  if (table === undefined) return undefined;
  const references = { table, columns: target.columns };
  return { name, origin, item: { columns, references, onDelete, onUpdate, match, deferrable } };
}

type ProblemOfRelation = Omit<Problem, 'where'>;

function noTable(className: string): ProblemOfRelation {
  return {
    what: `it references ${className}, which is no table`,
    remedy: 'Write `createForeignKeyConstraint: false`, or reference an entity that has a table.',
  };
}

function targetProblem(
  { columns, target }: ForeignKeyMetadata,
  entity: EntityMetadata,
  context: BuildContext,
): ProblemOfRelation | undefined {
  if (entity.kind !== 'table') return noTable(entity.className);
  if (objectNameOf(entity, context) === undefined) {
    return {
      what: `it references ${entity.className}, whose schema "*" is not known here`,
      remedy: 'State the schema to plan for, or write `createForeignKeyConstraint: false`.',
    };
  }
  const referenced = target.columns.join(', ');
  if (columns.length !== target.columns.length) {
    return {
      what: `its columns (${columns.join(', ')}) are not as many as the (${referenced}) of ${entity.className}`,
      remedy: 'Give as many `joinColumns` as there are `referencedColumnNames`.',
    };
  }
  if (sameSet(target.columns, entity.primaryKey)) return undefined;
  const uniques = uniquesOf(target.columns, entity);
  if (uniques.some(({ deferrable }) => deferrable === undefined)) return undefined;
  return uniques.length === 0
    ? {
        what: `it references (${referenced}) of ${entity.className}, which is neither its primary key nor unique`,
        remedy: `Add a \`@Unique\` of these properties to ${entity.className}.`,
      }
    : {
        what: `it references (${referenced}) of ${entity.className}, whose unique is deferrable`,
        remedy: 'Take `deferMode` off that unique: only one that is checked at once can be referenced.',
      };
}

/** The uniques of exactly these columns, without predicate. */
function uniquesOf(columns: readonly string[], { indexes }: EntityMetadata): readonly IndexMetadata[] {
  return indexes.filter(({ unique, where, parts }) => {
    const key = unique && where === undefined ? plainColumns(parts) : undefined;
    return key !== undefined && sameSet(columns, key);
  });
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}
