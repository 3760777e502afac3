import { DovetailError } from '@dovetail/core';
import { isObject } from '@dovetail/core/driver';
import { printLines, printText } from './print-text.js';

/** An expression that is source already, among plain values. */
export class SourceText {
  constructor(readonly text: string) {}
}

const widest = 80;

/**
 * A value as source: on one line where that is short enough, else a member a line.
 *
 * @throws DovetailError `invalid-configuration` for what is no plain data, such as a function.
 */
export function printValue(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return printList(
      value.map((item) => printValue(item, inner)),
      ['[', ']'],
      indent,
    );
  }
  if (typeof value !== 'object' || value === null || value instanceof SourceText) return printPlain(value);
  if ('currentTime' in value) return printNow(value.currentTime);
  if (Object.getPrototypeOf(value) !== Object.prototype) throw notPrintable(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${printKey(name)}: ${printValue(member, inner)}`);
  return members.length === 0 ? '{}' : printList(members, ['{ ', ' }'], indent);
}

/** Members between brackets, on one line where that is short enough. */
export function printList(
  members: readonly string[],
  [open, close]: readonly [string, string],
  indent: string,
): string {
  const line = `${open}${members.join(', ')}${close}`;
  if (indent.length + line.length <= widest && !line.includes('\n')) return line;
  const rows = members.map((member) => `${indent}  ${member},\n`).join('');
  return `${open.trim()}\n${rows}${indent}${close.trim()}`;
}

function printPlain(value: unknown): string {
  if (value instanceof SourceText) return value.text;
  switch (typeof value) {
    case 'string':
      return value.includes('\n') ? printLines(value) : printText(value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'bigint':
      return `${value}n`;
    default:
      if (value === null) return 'null';
      throw notPrintable(value);
  }
}

/** The moment at which a row is inserted. */
function printNow(now: unknown): string {
  const precision: unknown = isObject(now) ? Reflect.get(now, 'precision') : undefined;
  return `sql.now(${typeof precision === 'number' ? precision : ''})`;
}

function printKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(name) ? name : printText(name);
}

function notPrintable(value: unknown): DovetailError {
  return new DovetailError('invalid-configuration', 'The entities cannot be written as source:', [
    {
      where: '`adjust`',
      what: `it gives an option the value ${String(value)}, which is no plain data`,
      remedy: 'Give texts, numbers, booleans, lists and objects of these.',
    },
  ]);
}
