import { type DefaultOption, type PropertyOptions, sql } from '@dovetail/core';
import type { Column, DefaultValue, Driver } from '@dovetail/core/driver';
import type { ColumnType } from './column-type.js';
import { textLiterals } from './text-literals.js';

/** A value that a property may have as its default, and how the driver writes it. */
interface Candidate {
  readonly option: DefaultOption;
  readonly value: DefaultValue;
}

/** The default of a column: the value where one is written exactly as the column has it, else its SQL. */
export function defaultOptions(column: Column, type: Omit<ColumnType, 'options'>, driver: Driver): PropertyOptions {
  const { default: text } = column;
  if (text === undefined) return {};
  const found = candidatesFor(text, type).find(({ value }) =>
    driver.comparison.sameExpression(driver.types.literal(value, column.type, type.logical), text),
  );
  return found === undefined ? { defaultRaw: text } : { default: found.option };
}

function candidatesFor(text: string, { typescript, logical }: Omit<ColumnType, 'options'>): readonly Candidate[] {
  switch (typescript) {
    case 'boolean':
      return [true, false].map((value) => ({ option: value, value: { kind: 'boolean', value } }));
    case 'number':
    case 'bigint':
      return numbers(text, typescript);
    case 'Date':
      return [now(undefined), ...[3, 6].map(now)];
    default:
      if (logical === 'decimal') return numbers(text, 'number');
      return logical === 'json' ? textLiterals(text).slice(0, 1).flatMap(jsonOf) : texts(text);
  }
}

function numbers(text: string, typescript: 'number' | 'bigint'): readonly Candidate[] {
  return (/-?\d+(?:\.\d+)?/u.exec(text) ?? []).flatMap((digits): Candidate[] => {
    const value: DefaultValue = { kind: 'number', value: digits };
    if (typescript === 'bigint' && /^-?\d+$/u.test(digits)) return [{ option: BigInt(digits), value }];
    return String(Number(digits)) === digits ? [{ option: Number(digits), value }] : [];
  });
}

function texts(text: string): readonly Candidate[] {
  return textLiterals(text)
    .slice(0, 1)
    .map((value) => ({ option: value, value: { kind: 'string', value } }));
}

function now(precision: number | undefined): Candidate {
  return { option: sql.now(precision), value: { kind: 'now', precision } };
}

function jsonOf(text: string): readonly Candidate[] {
  try {
    const option: unknown = JSON.parse(text);
    if (typeof option !== 'object' || option === null || JSON.stringify(option) !== text) return [];
    return [{ option: Array.isArray(option) ? option : { ...option }, value: { kind: 'json', value: text } }];
  } catch {
    return [];
  }
}
