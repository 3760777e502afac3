import { type Check, type Column, isKeyword, type Table } from '@dovetail/core/driver';
import { tokenize, unquote } from '@dovetail/mysql/family';

/** The type `json` is a `longtext` with a check that the text is valid (mariadb.com/kb/en/json-data-type). */
export function withJson(table: Table): Table {
  const json = new Set(table.checks.filter(isUnnamed).flatMap(validatedColumn));
  const isJson = ({ type, name }: Column): boolean => type === 'longtext' && json.has(name);
  const validated = new Set(table.columns.filter(isJson).map(({ name }) => name));
  if (validated.size === 0) return table;
  return {
    ...table,
    columns: table.columns.map((column) =>
      validated.has(column.name) ? { ...column, type: 'json', charset: undefined, collation: undefined } : column,
    ),
    checks: table.checks.filter(
      (check) => !isUnnamed(check) || !validatedColumn(check).some((name) => validated.has(name)),
    ),
  };
}

/** A check of a column has no name; one of the table always has. */
function isUnnamed({ name }: Check): boolean {
  return name === undefined;
}

/** The column of a check that is `json_valid(column)` and nothing else. */
function validatedColumn({ expression }: Check): readonly string[] {
  const [word, open, column, close, ...others] = tokenize(expression);
  if (column === undefined || others.length > 0 || !isKeyword(word, 'json_valid')) return [];
  return isKeyword(open, '(') && isKeyword(close, ')') ? [unquote(column)] : [];
}
