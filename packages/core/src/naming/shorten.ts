import { sha256 } from '../hash.js';

/** The longest identifier that a database takes. */
export interface IdentifierLimit {
  readonly length: number;
  readonly unit: 'bytes' | 'characters';
}

const hashLength = 8;

/** Eight hexadecimal digits that stand for a text. */
export function shortHash(text: string): string {
  return sha256(text).slice(0, hashLength);
}

/**
 * Shortens a name to the limit: as much of its beginning as fits, and a hash of the whole, so that the same name is
 * shortened the same way in every run and two names that begin alike stay apart.
 *
 * @example
 * shortenIdentifier('customer_address_history_index', { length: 20, unit: 'bytes' }); // customer_ad_<8 hex digits>
 */
export function shortenIdentifier(name: string, limit: IdentifierLimit): string {
  const lengthOf = (text: string): number =>
    limit.unit === 'bytes' ? Buffer.byteLength(text) : Array.from(text).length;
  if (lengthOf(name) <= limit.length) return name;

  let beginning = '';
  // By code point, so that no character is cut in half.
  for (const character of name) {
    if (lengthOf(beginning + character) > limit.length - hashLength - 1) break;
    beginning += character;
  }
  return `${beginning}_${shortHash(name)}`;
}
