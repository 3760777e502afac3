/** One statement that makes the text of another and runs it. */
export function dynamicSql(statement: string): string {
  return `do $dovetail$ begin execute ${statement}; end $dovetail$`;
}
