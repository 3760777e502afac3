import type { TableSpelling } from '@dovetail/core/driver';

/**
 * How the server spells names of tables, views and databases. Where `lower_case_table_names` is 1 it keeps them in lower
 * case. Where it is 2 it keeps some as they are given, those of InnoDB in foreign keys in lower case, and compares all of
 * them in lower case: there, they are taken to be in lower case as well. Where it is 0 they are what they are
 * (refman/9.7/en/identifier-case-sensitivity.html).
 */
export function tableNameCase(lowerCaseTableNames: unknown): TableSpelling['tableNameCase'] {
  return ['1', '2'].includes(String(lowerCaseTableNames)) ? 'lower' : undefined;
}
