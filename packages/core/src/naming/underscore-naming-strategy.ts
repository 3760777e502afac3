import type { NamedObject, NamingStrategy } from './naming-strategy.js';

/**
 * The default: everything in lower case, words separated by underscores. `BookTag.createdAt` is `book_tag.created_at`.
 * Extend it to change some of the names.
 */
export class UnderscoreNamingStrategy implements NamingStrategy {
  classToTableName(className: string): string {
    return underscore(className);
  }

  propertyToColumnName(propertyName: string): string {
    return underscore(propertyName);
  }

  embeddedColumnName(prefix: string, columnName: string): string {
    return prefix + columnName;
  }

  joinColumnName(propertyName: string, referencedColumn: string, _composite: boolean): string {
    return `${underscore(propertyName)}_${referencedColumn}`;
  }

  joinKeyColumnName(entityName: string, referencedColumn: string, _composite: boolean): string {
    return `${entityName}_${referencedColumn}`;
  }

  joinTableName(ownerTable: string, _targetTable: string, propertyName: string): string {
    return `${ownerTable}_${underscore(propertyName)}`;
  }

  discriminatorColumnName(_rootClassName: string): string {
    return 'type';
  }

  indexName(table: string, columns: readonly string[], kind: NamedObject): string {
    return kind === 'primary' ? `${table}_pkey` : [table, ...columns, kind].join('_');
  }
}

/** Only a lower case letter before a capital starts a word: `userID2Name` is `user_id2name`. */
function underscore(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
