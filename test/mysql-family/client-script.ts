import type { Connection } from '@dovetail/core';

/** Runs the statements as the `mysql` client sends them: `delimiter` is a command of its own. */
export async function runClientScript(connection: Connection, script: string): Promise<void> {
  await connection.execute('set session foreign_key_checks = off');
  const parts = script.split(/^delimiter +(\S+) *$/im);
  for (let index = 0; index < parts.length; index += 2) {
    const delimiter = parts[index - 1] ?? ';';
    const statements = (parts[index] ?? '').split(new RegExp(`${delimiter.replaceAll('$', '\\$')}\\s*$`, 'm'));
    for (const statement of statements.filter((text) => text.trim() !== '')) await connection.execute(statement);
  }
}

/** A collation that MariaDB has under another name, and a word that it takes for no generated column. */
export function forMariadb(sql: string): string {
  return sql.replaceAll('utf8mb4_0900_ai_ci', 'utf8mb4_general_ci').replaceAll('VIRTUAL NULL', 'VIRTUAL');
}
