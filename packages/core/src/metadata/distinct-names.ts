import type { CheckMetadata, IndexMetadata } from './entity-metadata.js';

/**
 * Without what is declared twice alike, and with a number after a derived name that another object of the table has.
 * A name that a person chose stays as it is.
 */
export function withDistinctNames<Item extends IndexMetadata | CheckMetadata>(items: readonly Item[]): readonly Item[] {
  if (new Set(items.map(({ name }) => name.text)).size === items.length) return items;
  const taken = new Set(items.filter(({ name }) => name.explicit).map(({ name }) => name.text));
  const known = new Set<string>();
  const distinct: Item[] = [];
  for (const item of items) {
    const definition = JSON.stringify({ ...item, origin: '' });
    if (known.has(definition)) continue;
    known.add(definition);
    if (item.name.explicit) {
      distinct.push(item);
      continue;
    }
    const text = unusedName(item.name.text, taken);
    taken.add(text);
    distinct.push(text === item.name.text ? item : { ...item, name: { text, explicit: false } });
  }
  return distinct;
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${name}_${count}`;
  return candidate;
}
