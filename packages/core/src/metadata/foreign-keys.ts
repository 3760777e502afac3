import type { DeferMode, ForeignKeyRules } from '../decorators/relation-options.js';
import type { Deferrable } from '../model/schema.js';
import type { CompleteNamingStrategy } from '../naming/complete-naming-strategy.js';
import type { EntityModel } from './entity-model.js';
import type { ForeignKeyMetadata, NameMetadata } from './entity-metadata.js';

/** What a foreign key is made of. */
export interface ForeignKeyParts {
  readonly origin: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: EntityModel;
  readonly referencedColumns: readonly string[];
  readonly rules: ForeignKeyRules;
  /** Part of the primary key or a pivot table: the row can't outlive what it references. */
  readonly identifying: boolean;
  /** Every column of it takes null. */
  readonly nullable: boolean;
  readonly name?: string | undefined;
  /** The name of the index of its columns, or false for none. */
  readonly index?: string | boolean | undefined;
}

export function foreignKey(parts: ForeignKeyParts, naming: CompleteNamingStrategy): ForeignKeyMetadata {
  const { origin, table, columns, target, referencedColumns, rules, identifying, nullable } = parts;
  return {
    origin,
    name: nameOr(parts.name, () =>
      naming.constraintName({
        kind: 'foreign',
        table,
        columns,
        referencedTable: target.tableName,
        referencedColumns,
      }),
    ),
    columns,
    target: { className: target.className, columns: referencedColumns },
    onDelete: rules.deleteRule ?? (identifying ? 'cascade' : nullable ? 'set null' : 'no action'),
    onUpdate: rules.updateRule ?? (identifying || columns.length > 1 ? 'cascade' : 'no action'),
    match: rules.match === 'simple' ? undefined : rules.match,
    deferrable: rules.deferMode && toDeferrable(rules.deferMode),
    constrained: rules.createForeignKeyConstraint !== false,
    indexName: parts.index === false ? undefined : indexName(parts, naming),
  };
}

function indexName({ index, table, columns }: ForeignKeyParts, naming: CompleteNamingStrategy): NameMetadata {
  return nameOr(typeof index === 'string' ? index : undefined, () =>
    naming.constraintName({ kind: 'index', table, columns }),
  );
}

export function toDeferrable(mode: DeferMode): Deferrable {
  return mode === 'deferred' || mode === 'initially deferred' ? 'initially deferred' : 'initially immediate';
}

export function nameOr(stated: string | undefined, derive: () => string): NameMetadata {
  return stated === undefined ? { text: derive(), explicit: false } : { text: stated, explicit: true };
}
