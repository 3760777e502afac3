import type { CompleteNamingStrategy } from '../naming/complete-naming-strategy.js';
import type { EntityModel } from './entity-model.js';
import { foreignKey } from './foreign-keys.js';
import type { Layout } from './layout.js';

/** In joined inheritance, the primary key of a class's table references the one of the class that it extends. */
export function layOutJoin(
  { className, tableName }: EntityModel,
  parent: EntityModel,
  primaryKey: readonly string[],
  naming: CompleteNamingStrategy,
): Layout {
  return {
    columns: primaryKey.map((column) => ({
      origin: className,
      name: column,
      type: { kind: 'same-as', className: parent.className, column },
      attributes: {},
      nullable: false,
    })),
    foreignKeys: [
      foreignKey(
        {
          origin: className,
          table: tableName,
          columns: primaryKey,
          target: parent,
          referencedColumns: primaryKey,
          rules: {},
          identifying: true,
          nullable: false,
        },
        naming,
      ),
    ],
    indexes: [],
    checks: [],
  };
}
