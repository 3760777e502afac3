/** What a column does to the values stored in it. */
export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric';

/** The affinity of a declared type, by the five rules of sqlite.org/datatype3.html#determination_of_column_affinity. */
export function affinityOf(declaredType: string): Affinity {
  const type = declaredType.toLowerCase();
  const contains = (...parts: string[]): boolean => parts.some((part) => type.includes(part));
  if (contains('int')) return 'integer';
  if (contains('char', 'clob', 'text')) return 'text';
  if (type === '' || contains('blob')) return 'blob';
  if (contains('real', 'floa', 'doub')) return 'real';
  return 'numeric';
}
