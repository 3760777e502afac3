import { behind, isSpace, skipName } from './characters.js';

/** The first words of a statement, in lower case, up to anything else; comments are passed over. */
export function leadingWords(sql: string): readonly string[] {
  const words: string[] = [];
  let at = skipBlank(sql, 0);
  for (let end = skipName(sql, at); end > at; end = skipName(sql, at)) {
    words.push(sql.slice(at, end).toLowerCase());
    at = skipBlank(sql, end);
  }
  return words;
}

function skipBlank(sql: string, start: number): number {
  let at = start;
  for (;;) {
    if (isSpace(sql.charCodeAt(at))) at += 1;
    else if (sql.startsWith('--', at)) at = behind(sql, '\n', at);
    else if (sql.startsWith('/*', at)) at = behindComment(sql, at);
    else return at;
  }
}

/** A comment may hold others (postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS). */
function behindComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at += 1) {
    const isOpening = sql.startsWith('/*', at);
    if (!isOpening && !sql.startsWith('*/', at)) continue;
    depth += isOpening ? 1 : -1;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return sql.length;
}
