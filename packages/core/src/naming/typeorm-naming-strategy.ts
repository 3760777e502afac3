import type { CompleteNamingStrategy, NamedConstraint, PivotColumn } from './complete-naming-strategy.js';
import type { TypeOrmNamingStrategy } from './naming-strategy.js';

/**
 * Lets a strategy written for TypeORM name things here. Tables are passed by name, for a strategy must take a `Table`
 * or a string and only the string needs nothing of TypeORM. A method that the strategy lacks is answered by `fallback`.
 */
export function adaptTypeOrmNamingStrategy(
  strategy: TypeOrmNamingStrategy,
  fallback: CompleteNamingStrategy,
): CompleteNamingStrategy {
  return {
    tableName: (className, customName) =>
      strategy.tableName?.(className, customName) ?? fallback.tableName(className, customName),
    columnName: (property, customName, prefixes) =>
      strategy.columnName?.(
        property,
        customName,
        prefixes.map((prefix) => (prefix.kind === 'text' ? prefix.text : prefix.name)),
      ) ?? fallback.columnName(property, customName, prefixes),
    joinColumnName: (property, column, composite) =>
      strategy.joinColumnName?.(property, column) ?? fallback.joinColumnName(property, column, composite),
    pivotTableName: (owner, target, property) =>
      strategy.joinTableName?.(owner, target, property, '') ?? fallback.pivotTableName(owner, target, property),
    pivotColumnName: (column) => pivotColumnName(strategy, column) ?? fallback.pivotColumnName(column),
    discriminatorColumnName: (className) => fallback.discriminatorColumnName(className),
    constraintName: (constraint) => constraintName(strategy, constraint) ?? fallback.constraintName(constraint),
  };
}

function pivotColumnName(strategy: TypeOrmNamingStrategy, column: PivotColumn): string | undefined {
  const { side, table, referencedColumn, selfReferencing } = column;
  const name =
    side === 'owner'
      ? strategy.joinTableColumnName?.(table, referencedColumn)
      : strategy.joinTableInverseColumnName?.(table, referencedColumn);
  if (name === undefined || !selfReferencing) return name;
  return strategy.joinTableColumnDuplicationPrefix?.(name, side === 'owner' ? 1 : 2);
}

function constraintName(strategy: TypeOrmNamingStrategy, constraint: NamedConstraint): string | undefined {
  const columns = [...constraint.columns];
  switch (constraint.kind) {
    case 'index':
      return strategy.indexName?.(constraint.table, columns, constraint.where);
    case 'unique':
      return strategy.uniqueConstraintName?.(constraint.table, columns);
    case 'foreign':
      return strategy.foreignKeyName?.(constraint.table, columns, constraint.referencedTable, [
        ...constraint.referencedColumns,
      ]);
    case 'check':
      return strategy.checkConstraintName?.(constraint.table, constraint.expression, constraint.isEnum);
  }
}
