import { colours } from './colours.js';

/** SQL for stdout: coloured where a person looks at it. */
export async function presentSql(sql: string): Promise<string> {
  if (!colours.result.isColorSupported) return sql;
  const { highlight } = await import('sql-highlight');
  return highlight(sql);
}
