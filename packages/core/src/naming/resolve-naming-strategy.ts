import type { NamingStrategyOption } from '../options.js';
import type { CompleteNamingStrategy, EmbeddedPrefix } from './complete-naming-strategy.js';
import type { NamingStrategy, TypeOrmNamingStrategy } from './naming-strategy.js';
import { adaptTypeOrmNamingStrategy } from './typeorm-naming-strategy.js';
import { UnderscoreNamingStrategy } from './underscore-naming-strategy.js';

/** Methods of TypeORM's interface that ours does not have: one of them tells which interface a strategy follows. */
const typeOrmMethods: readonly (keyof TypeOrmNamingStrategy)[] = [
  'tableName',
  'columnName',
  'relationName',
  'primaryKeyName',
  'uniqueConstraintName',
  'foreignKeyName',
  'checkConstraintName',
  'joinTableColumnName',
  'joinTableInverseColumnName',
  'joinTableColumnDuplicationPrefix',
  'prefixTableName',
];

/** Makes a complete strategy of the option: a class or an object, partial or whole, ours or of TypeORM's interface. */
export function resolveNamingStrategy(option: NamingStrategyOption = UnderscoreNamingStrategy): CompleteNamingStrategy {
  const strategy = typeof option === 'function' ? new option() : option;
  return isTypeOrmStrategy(strategy)
    ? adaptTypeOrmNamingStrategy(strategy, fromNamingStrategy(new UnderscoreNamingStrategy()))
    : fromNamingStrategy(completeNamingStrategy(strategy));
}

function isTypeOrmStrategy(
  strategy: Partial<NamingStrategy> | TypeOrmNamingStrategy,
): strategy is TypeOrmNamingStrategy {
  return typeOrmMethods.some((method) => method in strategy);
}

/** Calls the strategy's own methods where it has them, bound to it, and the underscore strategy's elsewhere. */
function completeNamingStrategy(own: Partial<NamingStrategy>): NamingStrategy {
  const fallback = new UnderscoreNamingStrategy();
  return {
    classToTableName: (className) => own.classToTableName?.(className) ?? fallback.classToTableName(className),
    propertyToColumnName: (property) => own.propertyToColumnName?.(property) ?? fallback.propertyToColumnName(property),
    embeddedColumnName: (prefix, column) =>
      own.embeddedColumnName?.(prefix, column) ?? fallback.embeddedColumnName(prefix, column),
    joinColumnName: (property, column, composite) =>
      own.joinColumnName?.(property, column, composite) ?? fallback.joinColumnName(property, column, composite),
    joinKeyColumnName: (entity, column, composite) =>
      own.joinKeyColumnName?.(entity, column, composite) ?? fallback.joinKeyColumnName(entity, column, composite),
    joinTableName: (owner, target, property) =>
      own.joinTableName?.(owner, target, property) ?? fallback.joinTableName(owner, target, property),
    discriminatorColumnName: (className) =>
      own.discriminatorColumnName?.(className) ?? fallback.discriminatorColumnName(className),
    indexName: (table, columns, kind) =>
      own.indexName?.(table, columns, kind) ?? fallback.indexName(table, columns, kind),
  };
}

function fromNamingStrategy(strategy: NamingStrategy): CompleteNamingStrategy {
  const prefixText = (prefix: EmbeddedPrefix): string =>
    prefix.kind === 'text' ? prefix.text : `${strategy.propertyToColumnName(prefix.name)}_`;

  return {
    tableName: (className, customName) => customName ?? strategy.classToTableName(className),
    columnName: (propertyName, customName, prefixes) =>
      prefixes.reduceRight(
        (column, prefix) => strategy.embeddedColumnName(prefixText(prefix), column),
        customName ?? strategy.propertyToColumnName(propertyName),
      ),
    joinColumnName: (property, column, composite) => strategy.joinColumnName(property, column, composite),
    pivotTableName: (owner, target, property) => strategy.joinTableName(owner, target, property),
    pivotColumnName: ({ side, table, referencedColumn, composite, selfReferencing }) =>
      strategy.joinKeyColumnName(
        selfReferencing ? `${table}_${side === 'owner' ? 1 : 2}` : table,
        referencedColumn,
        composite,
      ),
    discriminatorColumnName: (className) => strategy.discriminatorColumnName(className),
    constraintName: ({ table, columns, kind }) => strategy.indexName(table, columns, kind),
  };
}
