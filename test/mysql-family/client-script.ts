import type { Connection } from '@dovetail/core';

/** Runs a script of the `mysql` client: `delimiter` is a command of its own, and the server itself takes them apart at `;`. */
export async function runClientScript(connection: Connection, script: string): Promise<void> {
  await connection.execute('set session foreign_key_checks = off');
  const parts = script.split(/^delimiter +(\S+) *$/im);
  for (let index = 0; index < parts.length; index += 2) {
    const [delimiter = ';', part = ''] = [parts[index - 1], parts[index]];
    const statements =
      delimiter === ';' ? [part] : part.split(new RegExp(`${delimiter.replaceAll('$', '\\$')}\\s*$`, 'm'));
    for (const statement of statements.filter((text) => text.trim() !== '')) await connection.execute(statement);
  }
}

/** A collation that MariaDB has under another name, and a word that it takes for no generated column. */
export function forMariadb(sql: string): string {
  return sql.replaceAll('utf8mb4_0900_ai_ci', 'utf8mb4_general_ci').replaceAll('VIRTUAL NULL', 'VIRTUAL');
}
