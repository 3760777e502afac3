import type { EntityMetadata, ForeignKeyMetadata } from '@dovetail/core';
import { deletionOrder } from './deletion-order.js';
import type { SeedModel } from './model.js';
import { refusedByDatabase } from './problem.js';
import { quoteName } from './statement.js';

/** Deletes all rows of the entities and of their pivot tables, in the order that foreign keys ask for. */
export async function deleteRows(entities: readonly EntityMetadata[], model: SeedModel): Promise<void> {
  for (const step of deletionOrder(withPivots(entities, model))) {
    const { entity } = step;
    const table = quoteName(model.tableOf(entity), model);
    const sql = step.kind === 'delete' ? `delete from ${table}` : `update ${table} set ${released(step.foreignKey)}`;
    try {
      await model.orm.connection.execute(sql);
    } catch (error) {
      throw refusedByDatabase(entity.className, error);
    }
  }

  function released({ columns }: ForeignKeyMetadata): string {
    return columns.map((column) => `${model.orm.driver.ddl.quoteIdentifier(column)} = null`).join(', ');
  }
}

/** A pivot table that has no class goes with the entities at its ends. */
function withPivots(entities: readonly EntityMetadata[], { orm }: SeedModel): readonly EntityMetadata[] {
  const names = new Set(entities.map(({ className }) => className));
  const withClass = new Set(orm.metadata.classes.values());
  const pivots = orm.metadata.entities.filter(
    ({ className, foreignKeys }) =>
      !withClass.has(className) && foreignKeys.some(({ target }) => names.has(target.className)),
  );
  return [...new Set([...entities, ...pivots])];
}
