import { leadingWords } from '@dovetail/core/driver';

/** Savepoints stay within the transaction (sqlite.org/lang_transaction.html, sqlite.org/lang_savepoint.html). */
export function controlsTransaction(sql: string): boolean {
  const [first = '', second, third] = leadingWords(sql);
  if (first === 'rollback') return (second === 'transaction' ? third : second) !== 'to';
  return ['begin', 'commit', 'end'].includes(first);
}
