import type { SchemaGeneratorOptions } from '@dovetail/core';
import type { ObjectName, OptionNames } from '@dovetail/core/driver';
import type { EntityDescription } from './description.js';

/** What entities are made of, and how their source is written. */
export interface EntityGeneratorOptions extends Pick<
  SchemaGeneratorOptions,
  'skipTables' | 'skipViews' | 'skipColumns'
> {
  /** The namespaces to read besides the default one. */
  readonly schemas?: readonly string[];
  /** False leaves the views out. The default is true. */
  readonly views?: boolean;
  /** False leaves the triggers out. The default is true. */
  readonly triggers?: boolean;
  /** The other sides of relations get properties too, and pivot tables become `@ManyToMany`. The default is true. */
  readonly bidirectional?: boolean;
  /** The columns of foreign keys get properties of their own, beside the relations. The default is false. */
  readonly scalarForeignKeys?: boolean;
  /**
   * `type` is left out where the compiler writes it into the program (`emitDecoratorMetadata`). The default is false:
   * the entities do with any compiler.
   */
  readonly reflectedTypes?: boolean;
  /** The name of a class. The default is the table's, in Pascal case. One that is no identifier, or taken, is adapted. */
  readonly className?: (table: ObjectName, proposed: string) => string;
  /** The name of a property, for the columns that it has. The default is theirs, in camel case. */
  readonly propertyName?: (columns: readonly string[], proposed: string, table: ObjectName) => string;
  /** Changes the entities before they are written. What is no longer as the database has it is among `differences`. */
  readonly adjust?: (entity: EntityDescription) => EntityDescription;

  /** The folder of the files, relative to `baseDir`. The default is `./entities`. */
  readonly path?: string;
  /** Where a relative folder starts. The default is the process's working folder. */
  readonly baseDir?: string;
  /** All entities in one file of this name (`entities.ts`). The default is a file for each. */
  readonly singleFile?: string;
  /** How the entities import each other: `./author.js`, as ES modules do, or `./author`. The default is `.js`. */
  readonly importSuffix?: '.js' | '.ts' | '';
  /** The package that the decorators come from. The default is that of the driver: `@dovetail/sqlite`. */
  readonly importFrom?: string;
  /** False leaves the files as they are printed, where prettier is installed. The default is true. */
  readonly format?: boolean;
}

export const optionNames: OptionNames<EntityGeneratorOptions> = {
  skipTables: true,
  skipViews: true,
  skipColumns: true,
  schemas: true,
  views: true,
  triggers: true,
  bidirectional: true,
  scalarForeignKeys: true,
  reflectedTypes: true,
  className: true,
  propertyName: true,
  adjust: true,
  path: true,
  baseDir: true,
  singleFile: true,
  importSuffix: true,
  importFrom: true,
  format: true,
};
