import type { Check, ForeignKey, Index, IndexPart, PrimaryKey, ReferentialAction } from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { parenthesised, quoteIdentifier, quoteIdentifiers, quoteString, quoteTable } from './quote.js';

export function primaryKeySql({ columns }: PrimaryKey): string {
  return `primary key ${quoteIdentifiers(columns)}`;
}

/** An index as `create table` and `add` take it. */
export function indexSql(index: Index, { invisibleIndex }: Syntax): string {
  const { name, unique, type, comment, parser, invisible } = index;
  const isKind = type === 'fulltext' || type === 'spatial';
  return [
    unique && 'unique',
    isKind && type,
    `key ${quoteIdentifier(name)} (${index.parts.map(partSql).join(', ')})`,
    type !== undefined && !isKind && `using ${type}`,
    parser && `with parser ${quoteIdentifier(parser)}`,
    comment && `comment ${quoteString(comment)}`,
    invisible && invisibleIndex,
  ]
    .filter(Boolean)
    .join(' ');
}

export function visibilitySql({ invisible = false }: Index, { invisibleIndex, visibleIndex }: Syntax): string {
  return invisible ? invisibleIndex : visibleIndex;
}

function partSql(part: IndexPart): string {
  const term = 'column' in part ? quoteIdentifier(part.column) : parenthesised(part.expression);
  const length = part.length === undefined ? '' : `(${part.length})`;
  return `${term}${length}${part.sort === 'desc' ? ' desc' : ''}`;
}

export function foreignKeySql(
  { name, columns, references, onDelete, onUpdate }: ForeignKey,
  { unstatedRule }: Syntax,
): string {
  const target = `${quoteTable(references.table)} ${quoteIdentifiers(references.columns)}`;
  const actions = ruleSql('delete', onDelete, unstatedRule) + ruleSql('update', onUpdate, unstatedRule);
  return `${named(name)}foreign key ${quoteIdentifiers(columns)} references ${target}${actions}`;
}

function ruleSql(event: 'delete' | 'update', rule: ReferentialAction, unstated: ReferentialAction): string {
  return rule === unstated ? '' : ` on ${event} ${rule}`;
}

export function checkSql({ name, expression, enforced }: Check): string {
  return `${named(name)}check ${parenthesised(expression)}${enforced === false ? ' not enforced' : ''}`;
}

export function dropCheckSql(name: string | undefined, { dropCheck }: Syntax): string {
  return `${dropCheck} ${quoteIdentifier(name ?? '')}`;
}

function named(name: string | undefined): string {
  return name === undefined ? '' : `constraint ${quoteIdentifier(name)} `;
}
