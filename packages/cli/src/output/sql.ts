import { colours } from './colours.js';

/** SQL, coloured where a person looks at it. */
export async function presentSql(sql: string, { isColorSupported } = colours.result): Promise<string> {
  if (!isColorSupported) return sql;
  const { highlight } = await import('sql-highlight');
  return highlight(sql);
}
