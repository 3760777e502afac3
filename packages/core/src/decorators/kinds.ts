import { isRawSql } from '../types/raw.js';

/** What an option takes, for those who write plain JavaScript and have no compiler to tell them. */
export interface Kind {
  /** What it takes, as it comes after "Write ". */
  readonly words: string;
  /** Whether it has to be stated. The default is false. */
  readonly isRequired?: boolean;
  accepts(value: unknown): boolean;
}

/** The kind of an option that has to be stated. */
export interface RequiredKind extends Kind {
  readonly isRequired: true;
}

/** The kinds of all options. The compiler tells us when an option is missing, or has to be stated. */
export type OptionKinds<Options> = {
  readonly [Name in keyof Options]-?: object extends Pick<Options, Name> ? Kind : RequiredKind;
};

export function required(kind: Kind): RequiredKind {
  return { ...kind, isRequired: true };
}

/** What is said of it elsewhere, by what it means. */
export const anything: Kind = { words: 'a value', accepts: () => true };

export const text: Kind = { words: 'a text', accepts: (value) => typeof value === 'string' };
export const flag: Kind = { words: '`true` or `false`', accepts: (value) => typeof value === 'boolean' };
export const integer: Kind = { words: 'a whole number', accepts: (value) => Number.isInteger(value) };
export const number: Kind = { words: 'a number', accepts: (value) => typeof value === 'number' };
export const callable: Kind = { words: 'a function', accepts: (value) => typeof value === 'function' };
export const object: Kind = {
  words: 'an object',
  accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

export const textOrFlag = anyOf(text, flag);
export const textOrNumber = anyOf(text, number);
export const textOrFunction = anyOf(text, callable);
export const texts = listOf(text, 'texts');
export const textOrTexts = anyOf(text, texts);

/** `SqlText`, and what else there is beside a text to give SQL. */
export const sqlText: Kind = {
  words: "SQL: a text, `raw('…')`, or a function that gives it",
  accepts: (value) => textOrFunction.accepts(value) || isRawSql(value),
};
export const staticSql: Kind = {
  words: "SQL: a text, or `raw('…')`",
  accepts: (value) => text.accepts(value) || isRawSql(value),
};

export function oneOf(...values: readonly string[]): Kind {
  return {
    words: `one of ${values.map((value) => `\`'${value}'\``).join(', ')}`,
    accepts: (value) => values.some((known) => known === value),
  };
}

export function anyOf(...kinds: readonly Kind[]): Kind {
  return {
    words: kinds.map(({ words }) => words).join(' or '),
    accepts: (value) => kinds.some((kind) => kind.accepts(value)),
  };
}

/** @param plural what several of the items are called */
export function listOf(item: Kind, plural: string): Kind {
  return {
    words: `a list of ${plural}`,
    accepts: (value) => Array.isArray(value) && value.every((each) => item.accepts(each)),
  };
}

/** An object in the role of a dictionary. */
export function recordOf(item: Kind, plural: string): Kind {
  return {
    words: `an object of ${plural}`,
    accepts: (value) =>
      typeof value === 'object' && value !== null && Object.values(value).every((each) => item.accepts(each)),
  };
}

/** An enum, or the list of its values. */
export const enumItems = anyOf(listOf(textOrNumber, 'texts and numbers'), recordOf(textOrNumber, 'texts and numbers'));
