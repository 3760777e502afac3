import type { ColumnMetadata, EntityMetadata } from './entity-metadata.js';
import type { DiscoveryContext } from './entity-model.js';
import { keyEntity, primaryKeyMembers } from './keys.js';
import type { Problems } from './problems.js';

/** Reports what can't be so once everything is laid out in tables. */
export function validateEntities(built: readonly EntityMetadata[], context: DiscoveryContext): void {
  const { problems } = context;
  for (const entity of built) {
    validateForeignKeyColumns(entity, problems);
    validatePreviousColumns(entity, problems);
  }
  validatePolymorphicKeys(built, problems);
  validateKeys(context);
  validateTableNames(built, problems);
  validatePreviousTables(built, problems);
}

function validateKeys({ entities, problems }: DiscoveryContext): void {
  for (const entity of entities.all) {
    const own = primaryKeyMembers(entity);
    if (entity.parent !== undefined && own.length > 0) {
      problems.report(
        entity.className,
        `it has a primary key besides the one of ${keyEntity(entity).className}, whose rows its own continue`,
        'Leave the primary key to the class that it extends.',
      );
    }
    const { keyless = false } = entity.options;
    if (!keyless && entity.parent === undefined && own.length === 0 && entity.kind === 'table') {
      problems.report(entity.className, 'it has no primary key', 'Add `@PrimaryKey()` to one of its properties.');
    }
    if (keyless && own.length > 0) {
      problems.report(entity.className, 'it is keyless, and has a primary key', 'Take `keyless` off.');
    }
  }
}

/** `ownColumns` leaves the other columns of a foreign key to other properties. */
function validateForeignKeyColumns({ foreignKeys, columns }: EntityMetadata, problems: Problems): void {
  const existing = new Set(columns.map(({ name }) => name));
  for (const { origin, columns: referencing } of foreignKeys) {
    for (const column of referencing.filter((name) => !existing.has(name))) {
      problems.report(
        origin,
        `its column "${column}" is not among \`ownColumns\`, and no other property has it`,
        `Add "${column}" to \`ownColumns\`, or a property with that column.`,
      );
    }
  }
}

/** One column holds the keys of all entities that a polymorphic relation references, so they have one type. */
function validatePolymorphicKeys(built: readonly EntityMetadata[], problems: Problems): void {
  const byName = new Map(built.map((entity) => [entity.className, entity]));
  for (const { className, properties } of built) {
    for (const property of properties) {
      if (property.kind !== 'polymorphic') continue;
      const [first, ...others] = property.targets.map(({ target, referencedColumns }) => ({
        target,
        types: JSON.stringify(referencedColumns.map((column) => keyType(target, column, byName))),
      }));
      const other = others.find(({ types }) => types !== first?.types);
      if (first === undefined || other === undefined) continue;
      problems.report(
        `${className}.${property.name}`,
        `the keys of ${first.target} and ${other.target} have different types, and one column is to hold both`,
        'Give these entities primary keys alike.',
      );
    }
  }
}

/** The type of a key's column; that of the column it references, where it is part of a foreign key. */
function keyType(
  className: string,
  name: string,
  entities: ReadonlyMap<string, EntityMetadata>,
  visited: readonly ColumnMetadata[] = [],
): unknown {
  const column = entities.get(className)?.columns.find((candidate) => candidate.name === name);
  if (column === undefined || visited.includes(column)) return undefined;
  const { type, attributes } = column;
  return type.kind === 'same-as'
    ? keyType(type.className, type.column, entities, [...visited, column])
    : { type, attributes };
}

function validateTableNames(built: readonly EntityMetadata[], problems: Problems): void {
  const owners = new Map<string, string>();
  for (const entity of built.filter(({ kind }) => kind !== 'virtual')) {
    const { className, tableName } = entity;
    const key = tableKey(entity, tableName);
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, className);
    else {
      problems.report(
        className,
        `its table "${tableName}" is the table of ${owner} already`,
        'Give one of them another `tableName` (`pivotTable` for a many-to-many relation).',
      );
    }
  }
}

interface Renamed {
  readonly where: string;
  readonly name: string;
  readonly previousName?: string | undefined;
}

function validatePreviousColumns({ columns }: EntityMetadata, problems: Problems): void {
  const renamed = columns.map(({ origin, name, previousName, previousNameAsStated }: ColumnMetadata) => ({
    where: origin,
    name,
    // That an embedded property already is as the other reading would have it says nothing against this one.
    previousName: previousName === name ? (previousNameAsStated ?? previousName) : previousName,
  }));
  validatePreviousNames(renamed, problems);
}

function validatePreviousTables(built: readonly EntityMetadata[], problems: Problems): void {
  const renamed = built.map((entity) => ({
    where: entity.className,
    name: tableKey(entity, entity.tableName),
    previousName: entity.previousName === undefined ? undefined : tableKey(entity, entity.previousName),
  }));
  validatePreviousNames(renamed, problems);
}

/** Each had another name before, and no two had the same. What is new may have a name that was given up. */
function validatePreviousNames(objects: readonly Renamed[], problems: Problems): void {
  const before = new Map<string, string>();
  for (const { where, name, previousName } of objects) {
    if (previousName === undefined) continue;
    const other = before.get(previousName);
    before.set(previousName, where);
    if (previousName === name) {
      problems.report(where, 'its `previousName` is the name that it has', 'Take `previousName` off.');
    } else if (other !== undefined) {
      problems.report(where, `its \`previousName\` is that of ${other} too`, 'Only one of them can have had the name.');
    }
  }
}

function tableKey({ schema }: EntityMetadata, tableName: string): string {
  return schema === undefined ? tableName : `${schema}.${tableName}`;
}
