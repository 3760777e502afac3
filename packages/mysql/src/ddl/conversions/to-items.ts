import { baseType, itemsOf } from '../../column-type.js';
import { quoteString } from '../quote.js';
import { mayFail, noCounterpart, type Problem } from './problem.js';
import { bytesOf, kindOf, textOf } from './value.js';

/**
 * The values that are no items. The server finds an item by the collation, and would store `a` for `A`
 * (refman/9.7/en/enum.html): what is not the very same text is looked for.
 */
export function toItems(column: string, from: string, to: string): Problem[] {
  switch (kindOf(from)) {
    case 'bit':
    case 'bytes':
    case 'spatial':
      return [noCounterpart(column, to)];
    case 'integer':
    case 'number':
    case 'text':
    case 'items':
    case 'moment':
    case 'json':
    case 'other':
      return baseType(to) === 'enum' ? toEnum(column, from, to) : toSet(column, from, to);
  }
}

function toEnum(column: string, from: string, to: string): Problem[] {
  const items = itemsOf(to).map((item) => `cast(${quoteString(item)} as binary)`);
  return [mayFail(`${bytesOf(column, from)} not in (${items.join(', ')})`, `no item of ${to}`)];
}

function toSet(column: string, from: string, to: string): Problem[] {
  if (baseType(from) === 'set') return removedItems(column, from, to);
  const text = textOf(column, from);
  const found = itemsOf(to).map((item) => `if(find_in_set(${quoteString(item)}, ${text}), ${quoteString(item)}, null)`);
  const written = `cast(concat_ws(',', ${found.join(', ')}) as binary)`;
  return [mayFail(`${written} <> ${bytesOf(column, from)}`, `no list of items of ${to}, in their order`)];
}

function removedItems(column: string, from: string, to: string): Problem[] {
  const removed = itemsOf(from).filter((item) => !itemsOf(to).includes(item));
  if (removed.length === 0) return [];
  const found = removed.map((item) => `find_in_set(${quoteString(item)}, ${column})`).join(' or ');
  return [mayFail(found, `no item of ${to}`)];
}
