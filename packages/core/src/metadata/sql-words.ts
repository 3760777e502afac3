/** Whether an SQL text begins with a keyword: then it is a statement or a clause, where an expression is expected. */
export function beginsWith(sql: string, keyword: string): boolean {
  const [first = ''] = sql.trimStart().split(/\s/, 1);
  return first.toLowerCase() === keyword;
}
