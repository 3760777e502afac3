import type { Column, Index, IndexPart, Table } from '@dovetail/core/driver';

/** Where a text stands: the object that it is part of, and its place in an order that is always the same. */
export interface TextPlace {
  readonly owner: string;
  readonly position: number;
}

/** The table with each of its SQL texts put through a function. */
export function mapTexts(table: Table, replace: (text: string, place: TextPlace) => string): Table {
  let position = 0;
  const textsOfOwner =
    (owner: string) =>
    (text: string): string =>
      replace(text, { owner, position: position++ });
  return {
    ...table,
    columns: table.columns.map((column) => mapColumnTexts(column, textsOfOwner(`column ${column.name}`))),
    checks: table.checks.map((check) => ({
      ...check,
      expression: textsOfOwner(`check ${check.name ?? ''}`)(check.expression),
    })),
    exclusions: table.exclusions.map((exclusion) => ({
      ...exclusion,
      definition: textsOfOwner(`exclusion ${exclusion.name}`)(exclusion.definition),
    })),
    indexes: table.indexes.map((index) => mapIndexTexts(index, textsOfOwner(`index ${index.name}`))),
    triggers: table.triggers.map((trigger) => ({
      ...trigger,
      when: optional(trigger.when, textsOfOwner(`trigger ${trigger.name}`)),
    })),
  };
}

type MapText = (text: string) => string;

function optional(text: string | undefined, map: MapText): string | undefined {
  return text === undefined ? undefined : map(text);
}

function mapColumnTexts(column: Column, map: MapText): Column {
  return {
    ...column,
    default: optional(column.default, map),
    generated: column.generated && { ...column.generated, expression: map(column.generated.expression) },
  };
}

function mapIndexTexts(index: Index, map: MapText): Index {
  const part = (item: IndexPart): IndexPart =>
    'expression' in item ? { ...item, expression: map(item.expression) } : item;
  return { ...index, parts: index.parts.map(part), where: optional(index.where, map) };
}

/** A text of a table, and where it stands. */
export interface PlacedText extends TextPlace {
  readonly text: string;
}

export function textsOf(table: Table): PlacedText[] {
  const texts: PlacedText[] = [];
  mapTexts(table, (text, place) => {
    texts.push({ text, ...place });
    return text;
  });
  return texts;
}
