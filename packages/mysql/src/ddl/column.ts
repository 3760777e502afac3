import type { Column } from '@dovetail/core/driver';
import { baseType } from '../column-type.js';
import { isPlainDefault } from '../default-text.js';
import type { Syntax } from '../flavour.js';
import { trimSql } from '../lexer.js';
import { parenthesised, quoteIdentifier, quoteString } from './quote.js';

/** A column with every attribute it has, as `create table`, `add column` and `modify column` take it. */
export function columnSql(column: Column, syntax: Syntax): string {
  const { name, type, charset, collation, extra, comment } = column;
  return [
    quoteIdentifier(name),
    type,
    charset && `character set ${quoteIdentifier(charset)}`,
    collation && `collate ${quoteIdentifier(collation)}`,
    column.generated && generatedSql(column.generated),
    nullabilitySql(column, syntax),
    column.default !== undefined && `default ${defaultSql(column.default, type)}`,
    extra,
    column.autoincrement && 'auto_increment',
    column.invisible && 'invisible',
    comment && `comment ${quoteString(comment)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function generatedSql({ expression, stored }: NonNullable<Column['generated']>): string {
  return `generated always as ${parenthesised(expression)} ${stored ? 'stored' : 'virtual'}`;
}

/** A timestamp that does not say `null` is not null on older servers (refman/9.7/en/timestamp-initialization.html). */
function nullabilitySql({ nullable, generated, type }: Column, { generatedNotNull }: Syntax): string {
  if (generated !== undefined) return nullable || !generatedNotNull ? '' : 'not null';
  if (!nullable) return 'not null';
  return baseType(type) === 'timestamp' ? 'null' : '';
}

function defaultSql(text: string, type: string): string {
  return isPlainDefault(text, type) ? trimSql(text) : parenthesised(text);
}
