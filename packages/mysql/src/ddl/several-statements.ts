import { tokenize } from '../lexer.js';

/** What has a body of statements: its semicolons are its own (refman/9.7/en/stored-programs-defining.html). */
const programs: ReadonlySet<string> = new Set(['event', 'function', 'package', 'procedure', 'trigger']);

/** Whether a text is several statements, which the server carries out and commits one after the other. */
export function isSeveral(sql: string): boolean {
  const keywords = tokenize(sql).map(({ keyword }) => keyword);
  return !hasBody(keywords) && keywords.slice(0, -1).includes(';');
}

function hasBody([first = '', ...others]: readonly string[]): boolean {
  // Of MariaDB: begin not atomic (mariadb.com/kb/en/begin-end/).
  if (first === 'begin') return others[0] === 'not';
  const heading = others.slice(0, others.indexOf('('));
  return ['create', 'alter'].includes(first) && heading.some((keyword) => programs.has(keyword));
}
