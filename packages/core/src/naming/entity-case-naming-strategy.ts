import type { NamedObject, NamingStrategy } from './naming-strategy.js';
import { UnderscoreNamingStrategy } from './underscore-naming-strategy.js';

const underscore = new UnderscoreNamingStrategy();

/** Tables and columns are named as the classes and properties are: `BookTag.createdAt` stays as it is. */
export class EntityCaseNamingStrategy implements NamingStrategy {
  classToTableName(className: string): string {
    return className;
  }

  propertyToColumnName(propertyName: string): string {
    return propertyName;
  }

  embeddedColumnName(prefix: string, columnName: string): string {
    return underscore.embeddedColumnName(prefix, columnName);
  }

  joinColumnName(propertyName: string, referencedColumn: string, composite: boolean): string {
    return composite ? `${propertyName}_${referencedColumn}` : propertyName;
  }

  joinKeyColumnName(entityName: string, referencedColumn: string, composite: boolean): string {
    const name = entityName.slice(0, 1).toLowerCase() + entityName.slice(1);
    return composite ? `${name}_${referencedColumn}` : name;
  }

  joinTableName(ownerTable: string, _targetTable: string, propertyName: string): string {
    return `${ownerTable}_${propertyName}`;
  }

  discriminatorColumnName(rootClassName: string): string {
    return underscore.discriminatorColumnName(rootClassName);
  }

  indexName(table: string, columns: readonly string[], kind: NamedObject): string {
    return underscore.indexName(table, columns, kind);
  }
}
