import { baseType, sridOf } from '../../column-type.js';
import type { Syntax } from '../../flavour.js';
import { quoteString } from '../quote.js';
import { mayFail, noCounterpart, type Problem } from './problem.js';
import { toNumber } from './to-number.js';
import { kindOf, textOf } from './value.js';

/** The values that are not valid as JSON, or not the same. */
export function toJson(column: string, from: string, { keepsJsonText }: Syntax): Problem[] {
  switch (kindOf(from)) {
    case 'integer':
    case 'json':
      return [];
    case 'number':
      // A column that is converted gives JSON a double, though a cast would give it the decimal.
      return keepsJsonText ? [] : toNumber(column, from, 'double');
    case 'text': {
      const invalid = mayFail(`not json_valid(${column})`, 'not valid as JSON');
      return keepsJsonText ? [invalid] : [invalid, lostMembers(column)];
    }
    case 'items':
    case 'moment':
    case 'other':
      return [mayFail(`not json_valid(${textOf(column, from)})`, 'not valid as JSON')];
    case 'bit':
    case 'bytes':
    case 'spatial':
      return [noCounterpart(column, 'json')];
  }
}

/**
 * Of members with the same key an object keeps the last one (refman/9.7/en/json.html#json-normalization): with each of
 * the others a colon goes, and with nothing else.
 */
function lostMembers(column: string): Problem {
  const colons = (text: string): string => `char_length(${text}) - char_length(replace(${text}, ':', ''))`;
  const written = `replace(lower(${column}), ${quoteString('\\u003a')}, ':')`;
  const kept = `cast(cast(${column} as json) as char)`;
  return {
    kind: 'destroys-values',
    condition: `case when json_valid(${column}) then ${colons(written)} <> ${colons(kept)} else false end`,
    what: 'an object with several members of the same key, of which json keeps the last one alone',
  };
}

/** What is bound to a reference system takes values of it alone (refman/9.7/en/spatial-type-overview.html). */
export function toSpatial(column: string, from: string, to: string): Problem[] {
  if (kindOf(from) !== 'spatial') return [noCounterpart(column, to)];
  const base = baseType(to);
  const names = base === 'geomcollection' ? "'geomcollection', 'geometrycollection'" : `'${base}'`;
  const srid = sridOf(to);
  return [
    ...(base === 'geometry' ? [] : [mayFail(`st_geometrytype(${column}) not in (${names})`, `no ${base}`)]),
    ...(srid === undefined
      ? []
      : [mayFail(`st_srid(${column}) <> ${srid}`, `of another reference system than ${srid}`)]),
  ];
}

const castable: ReadonlySet<string> = new Set(['uuid', 'inet4', 'inet6']);

/** Types of MariaDB that a text can be cast to; of others nothing is known. */
export function toOther(column: string, from: string, to: string): Problem[] {
  if (!castable.has(baseType(to)) || !['text', 'other'].includes(kindOf(from))) return [noCounterpart(column, to)];
  return [mayFail(`${column} is not null and cast(${column} as ${to}) is null`, `no ${to}`)];
}
