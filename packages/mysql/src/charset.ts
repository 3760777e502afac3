/** The character set of a collation, whose name starts with it; `binary` is its own. */
export function charsetOf(collation: string): string {
  return collation.split('_', 1)[0] ?? collation;
}
