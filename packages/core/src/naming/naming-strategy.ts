/**
 * How the names in the database come from the names in the classes. Every method is a pure function of its arguments.
 * A strategy of your own may state some of them; the underscore strategy gives the rest.
 */
export interface NamingStrategy {
  /** The table of a class: `BookTag` → `book_tag`. */
  classToTableName(className: string): string;
  /** The column of a property: `firstName` → `first_name`. */
  propertyToColumnName(propertyName: string): string;
  /** The column of a property of an embeddable; `prefix` is what the owner adds, already ended by `_`. */
  embeddedColumnName(prefix: string, columnName: string): string;
  /** The column of a relation: `author`, `id` → `author_id`. */
  joinColumnName(propertyName: string, referencedColumn: string, composite: boolean): string;
  /** A column of a pivot table that references `entityName`: `book_tag`, `id` → `book_tag_id`. */
  joinKeyColumnName(entityName: string, referencedColumn: string, composite: boolean): string;
  /** The pivot table of a many-to-many property: `book`, `book_tag`, `tags` → `book_tags`. */
  joinTableName(ownerTable: string, targetTable: string, propertyName: string): string;
  /** The column that tells the classes of a single table apart: `type`. */
  discriminatorColumnName(rootClassName: string): string;
  /** An index or constraint: `author`, [`name`], `unique` → `author_name_unique`. */
  indexName(table: string, columns: readonly string[], kind: NamedObject): string;
}

/** What kind of index or constraint wants a name. */
export type NamedObject = 'index' | 'unique' | 'foreign' | 'check' | 'primary';

/**
 * TypeORM's `NamingStrategyInterface`, as far as it decides the schema. Typed by its shape, so neither typeorm nor a
 * package of strategies is needed here; every method is optional, for strategies of other versions.
 */
export interface TypeOrmNamingStrategy {
  tableName?(targetName: string, userSpecifiedName: string | undefined): string;
  columnName?(propertyName: string, customName: string | undefined, embeddedPrefixes: string[]): string;
  relationName?(propertyName: string): string;
  primaryKeyName?(table: string, columns: string[]): string;
  uniqueConstraintName?(table: string, columns: string[]): string;
  foreignKeyName?(table: string, columns: string[], referencedTable?: string, referencedColumns?: string[]): string;
  indexName?(table: string, columns: string[], where?: string): string;
  checkConstraintName?(table: string, expression: string, isEnum?: boolean): string;
  joinColumnName?(relationName: string, referencedColumn: string): string;
  joinTableName?(first: string, second: string, firstProperty: string, secondProperty: string): string;
  joinTableColumnName?(table: string, property: string, column?: string): string;
  joinTableInverseColumnName?(table: string, property: string, column?: string): string;
  joinTableColumnDuplicationPrefix?(column: string, index: number): string;
  prefixTableName?(prefix: string, table: string): string;
}
