import type { Index, IndexPart, Table } from '@dovetail/core/driver';

/** The table with each of its SQL texts put through a function, with their place in an order that is always the same. */
export function mapTexts(table: Table, replace: (text: string, place: number) => string): Table {
  let place = 0;
  const map = (text: string): string => replace(text, place++);
  const optional = (text: string | undefined): string | undefined => (text === undefined ? undefined : map(text));
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      default: optional(column.default),
      generated: column.generated && { ...column.generated, expression: map(column.generated.expression) },
    })),
    checks: table.checks.map((check) => ({ ...check, expression: map(check.expression) })),
    exclusions: table.exclusions.map((exclusion) => ({ ...exclusion, definition: map(exclusion.definition) })),
    indexes: table.indexes.map((index) => mapIndexTexts(index, map)),
    triggers: table.triggers.map((trigger) => ({ ...trigger, when: optional(trigger.when) })),
  };
}

function mapIndexTexts(index: Index, map: (text: string) => string): Index {
  const part = (item: IndexPart): IndexPart =>
    'expression' in item ? { ...item, expression: map(item.expression) } : item;
  return { ...index, parts: index.parts.map(part), where: index.where === undefined ? undefined : map(index.where) };
}

export function textsOf(table: Table): string[] {
  const texts: string[] = [];
  mapTexts(table, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}
