import { leadingWords } from '@dovetail/core/driver';

/** Savepoints stay within the transaction (postgresql.org/docs/current/sql-commands.html). */
export function controlsTransaction(sql: string): boolean {
  const [first = '', second = '', third] = leadingWords(sql);
  switch (first) {
    case 'rollback':
      return (['work', 'transaction'].includes(second) ? third : second) !== 'to';
    case 'start':
    case 'prepare':
      return second === 'transaction';
    default:
      return ['begin', 'commit', 'end', 'abort'].includes(first);
  }
}
