import type { Column } from '@dovetail/core/driver';
import { type Affinity, affinityOf } from '../affinity.js';
import { quoteIdentifier } from './quote.js';

/**
 * The value as the column stores it: converted to its affinity where that loses nothing
 * (sqlite.org/datatype3.html#type_affinity), compared by its collation.
 *
 * @param from the column that holds the value now; absent for a value that none holds yet.
 */
export function stored(value: string, to: Column, from?: Column): string {
  const affinity = affinityOf(to.type);
  const isConverted = from === undefined || affinityOf(from.type) !== affinity;
  const converted = isConverted ? convert(value, affinity) : value;
  return to.collation === from?.collation
    ? converted
    : `${converted} collate ${quoteIdentifier(to.collation ?? 'binary')}`;
}

function convert(value: string, affinity: Affinity): string {
  switch (affinity) {
    case 'integer':
    case 'numeric':
      return `case when ${isWellFormed(value, 'numeric')} then cast(${value} as numeric) else ${value} end`;
    case 'real':
      return `case when ${isWellFormed(value, 'real')} then cast(${value} as real) else ${value} end`;
    case 'text':
      return `case when typeof(${value}) in ('integer', 'real') then cast(${value} as text) else ${value} end`;
    case 'blob':
      return value;
  }
}

/**
 * A text equals its cast exactly where it is a well-formed number: the comparison applies numeric affinity to it, which
 * leaves other texts alone (sqlite.org/datatype3.html#type_conversions_prior_to_comparison).
 */
export function isWellFormed(value: string, type: 'numeric' | 'integer' | 'real'): string {
  return `cast(${value} as ${type}) = ${value}`;
}
