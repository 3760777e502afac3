import { baseType, isInteger, itemsOf, sizeOf } from '../column-type.js';

/** Whether every value of a canonical type is the same value in another: then no row needs to be looked at. */
export function holdsEveryValue(from: string, to: string): boolean {
  if (from === to) return true;
  const base = baseType(to);
  switch (baseType(from)) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint':
      if (isInteger(to)) return isWithin(integerRange(from), integerRange(to));
      return base === 'decimal' && isWithin(integerRange(from), decimalRange(to));
    case 'decimal':
      return base === 'decimal' && isWithin(decimalRange(from), decimalRange(to)) && scaleOf(from) <= scaleOf(to);
    case 'float':
      return base === 'double' && !to.includes('unsigned');
    case 'char':
      return (base === 'char' || base === 'varchar') && lengthOf(from) <= lengthOf(to);
    case 'varchar':
      return base === 'varchar' ? lengthOf(from) <= lengthOf(to) : fitsText(mostBytes(from), base);
    case 'tinytext':
    case 'text':
    case 'mediumtext':
      return fitsText(longestText[baseType(from)] ?? Infinity, base);
    case 'binary':
    case 'varbinary':
      return base === 'varbinary' && lengthOf(from) <= lengthOf(to);
    case 'enum':
      return base === 'enum' && itemsOf(from).every((item) => itemsOf(to).includes(item));
    case 'year':
      return isInteger(to) && isWithin({ least: 0n, greatest: 2155n }, integerRange(to));
    case 'date':
      return base === 'datetime';
    case 'datetime':
    case 'time':
      return base === baseType(from) && decimalsOf(from) <= decimalsOf(to);
    case 'timestamp':
      return (base === 'timestamp' || base === 'datetime') && decimalsOf(from) <= decimalsOf(to);
    default:
      return false;
  }
}

interface Range {
  readonly least: bigint;
  readonly greatest: bigint;
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.least <= inner.least && inner.greatest <= outer.greatest;
}

/** Bytes that a text takes at most (refman/9.7/en/storage-requirements.html#data-types-storage-reqs-strings). */
export const longestText: Readonly<Record<string, number>> = {
  tinytext: 255,
  tinyblob: 255,
  text: 65_535,
  blob: 65_535,
  mediumtext: 16_777_215,
  mediumblob: 16_777_215,
};

const integerBits: Readonly<Record<string, bigint>> = {
  tinyint: 8n,
  smallint: 16n,
  mediumint: 24n,
  int: 32n,
  bigint: 64n,
};

export function integerRange(type: string): Range {
  const bits = integerBits[baseType(type)] ?? 32n;
  return type.includes('unsigned')
    ? { least: 0n, greatest: 2n ** bits - 1n }
    : { least: -(2n ** (bits - 1n)), greatest: 2n ** (bits - 1n) - 1n };
}

/** The whole numbers that it holds. */
function decimalRange(type: string): Range {
  const [precision = 10, scale = 0] = sizeOf(type);
  const greatest = 10n ** BigInt(precision - scale) - 1n;
  return { least: type.includes('unsigned') ? 0n : -greatest, greatest };
}

function scaleOf(type: string): number {
  return sizeOf(type)[1] ?? 0;
}

function lengthOf(type: string): number {
  return sizeOf(type)[0] ?? 1;
}

function decimalsOf(type: string): number {
  return sizeOf(type)[0] ?? 0;
}

/** A character takes four bytes at most. */
function mostBytes(type: string): number {
  return 4 * lengthOf(type);
}

function fitsText(bytes: number, base: string): boolean {
  if (base === 'longtext') return true;
  return base.endsWith('text') && bytes <= (longestText[base] ?? 0);
}
