import type { Model, TableSpec } from './model.js';

/**
 * One random edit. It picks from what the model has when it is applied, so that it means something whatever was edited
 * before it; one that finds nothing to edit leaves the model alone.
 *
 * @param id the id of what it adds, unlike that of every other edit.
 */
export type Edit = (model: Model, id: string) => Model;

export function applyEdits(model: Model, edits: readonly Edit[], idPrefix: string): Model {
  return edits.reduce((current, edit, index) => edit(current, `${idPrefix}${index}`), model);
}

/** An edit of one table. */
export function editTable(
  table: number,
  change: (table: TableSpec, id: string, model: Model) => TableSpec | undefined,
): Edit {
  return (model, id) => {
    const chosen = pick(model.tables, table);
    const changed = chosen && change(chosen, id, model);
    return changed === undefined ? model : { ...model, tables: replace(model.tables, changed) };
  };
}

/** One of the items, counted round and round. */
export function pick<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % items.length];
}

/** The items with the one of the same id replaced. */
export function replace<Item extends { readonly id: string }>(items: readonly Item[], item: Item): readonly Item[] {
  return items.map((other) => (other.id === item.id ? item : other));
}

export function without<Item extends { readonly id: string }>(
  items: readonly Item[],
  item: Item | undefined,
): readonly Item[] {
  return items.filter((other) => other.id !== item?.id);
}
