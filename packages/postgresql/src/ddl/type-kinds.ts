const texts: ReadonlySet<string> = new Set(['text', 'character varying', 'character']);

/** By the number of values that they have, the fewest first. */
export const wholeNumbers: readonly string[] = ['smallint', 'integer', 'bigint'];

const numbers: ReadonlySet<string> = new Set([...wholeNumbers, 'numeric', 'real', 'double precision']);

export function isText(base: string): boolean {
  return texts.has(base);
}

export function isNumber(base: string): boolean {
  return numbers.has(base);
}

/** A date, with or without a time. */
export function isDay(base: string): boolean {
  return base === 'date' || base.startsWith('timestamp');
}

/** Bits of one length, or of any. */
export function isBits(base: string): boolean {
  return base.startsWith('bit');
}
