import { isIdentifier, type Token } from '@dovetail/core/driver';
import { tokenize, unquote } from './lexer.js';

/** What one line of `show grants` gives, or takes back. */
export interface Grant {
  readonly revokes: boolean;
  /** In lower case: `create temporary tables`; `all privileges`. */
  readonly privileges: readonly string[];
  /** The pattern of the databases that it is about; absent where it is about all of them. */
  readonly databases: string | undefined;
}

/**
 * Reads a line of `show grants`; `undefined` where it is about less than a database: a table, a routine, a role
 * (dev.mysql.com/doc/refman/9.7/en/show-grants.html).
 */
export function readGrant(line: string): Grant | undefined {
  const tokens = tokenize(line);
  const on = tokens.findIndex(({ keyword }) => keyword === 'on');
  const [database, dot, table] = tokens.slice(on + 1);
  if (on === -1 || dot?.keyword !== '.' || table?.keyword !== '*') return undefined;
  return {
    revokes: tokens[0]?.keyword === 'revoke',
    privileges: namesOf(tokens.slice(1, on)),
    databases: database !== undefined && isIdentifier(database) ? unquote(database) : undefined,
  };
}

/** Whether the pattern of a grant fits a database: `_` and `%` stand for others, a backslash before them does not. */
export function fitsDatabase({ databases }: Grant, name: string): boolean {
  if (databases === undefined) return true;
  const pattern = databases.replace(/\\?[^]/gu, (part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    return (part.length > 1 ? part.slice(1) : part).replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&');
  });
  return new RegExp(`^${pattern}$`, 'su').test(name);
}

function namesOf(tokens: readonly Token[]): readonly string[] {
  const names: string[] = [];
  let words: string[] = [];
  for (const { keyword } of tokens) {
    if (keyword === ',') {
      names.push(words.join(' '));
      words = [];
    } else {
      words.push(keyword);
    }
  }
  return [...names, words.join(' ')];
}
