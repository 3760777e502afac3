import { displayName, type ForeignKey, type ObjectName, type Table } from '@dovetail/core/driver';
import { baseType, isInteger, isText } from '../column-type.js';
import { comparison } from '../comparison.js';
import { quoteString } from './quote.js';

const { foldName } = comparison;

/** What decides whether two columns fit each other. */
export interface End {
  readonly table: ObjectName;
  readonly column: string;
  readonly type: string;
  readonly charset: string | undefined;
  readonly collation: string | undefined;
}

/** The columns of a foreign key, each with that which it references. */
export function endsOf(child: Table, parent: Table, { columns, references }: ForeignKey): readonly [End, End][] {
  return columns.flatMap((name, position): [End, End][] => {
    const [own, referenced] = [endOf(child, name), endOf(parent, references.columns[position] ?? '')];
    return own === undefined || referenced === undefined ? [] : [[own, referenced]];
  });
}

function endOf(table: Table, wanted: string): End | undefined {
  const column = table.columns.find(({ name }) => foldName(name) === foldName(wanted));
  if (column === undefined) return undefined;
  const { name, type, charset, collation } = column;
  return { table, column: name, type, charset, collation };
}

export function describeEnd({ table, column, type, charset, collation }: End): string {
  const name = `${displayName(table)}.${column}`;
  if (!isText(type)) return `${name} is ${type}`;
  if (collation !== undefined) return `${name} is ${type} collate ${collation}`;
  return charset === undefined
    ? `${name} is ${type} in the collation of the database`
    : `${name} is ${type} character set ${charset}`;
}

/** Integers have one size and sign, texts one collation, whatever their lengths. */
export function unlikeTypes(a: End, b: End): boolean {
  if (isInteger(a.type) && isInteger(b.type)) return integerOf(a.type) !== integerOf(b.type);
  if (isText(a.type) && isText(b.type)) {
    return a.collation !== undefined && b.collation !== undefined && a.collation !== b.collation;
  }
  return isText(a.type) !== isText(b.type) || isInteger(a.type) !== isInteger(b.type);
}

/** Without what is for display alone. */
function integerOf(type: string): string {
  return `${baseType(type)}${type.includes('unsigned') ? ' unsigned' : ''}`;
}

/** The collation of a text, in words that the server understands. */
export function collationSql({ table: { schema }, type, charset, collation }: End): string | undefined {
  if (!isText(type)) return undefined;
  if (collation !== undefined) return quoteString(collation);
  if (charset !== undefined) {
    return `(select default_collate_name from information_schema.character_sets where character_set_name = ${quoteString(charset)})`;
  }
  const database = schema === undefined ? 'database()' : quoteString(schema);
  return `(select default_collation_name from information_schema.schemata where schema_name = ${database})`;
}
