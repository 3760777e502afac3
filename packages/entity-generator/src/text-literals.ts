/**
 * The texts in single quotes of a piece of SQL, as SQL's standard has it: a quote in them is written twice. What comes
 * of it is a proposal; whether it means the same is for the driver to say.
 */
export function textLiterals(sql: string): readonly string[] {
  return [...sql.matchAll(/'((?:[^']|'')*)'/gu)].map(([, text = '']) => text.replaceAll("''", "'"));
}
