import type { View } from '@dovetail/core/driver';
import { trimSql } from '../lexer.js';
import { quoteIdentifiers, quoteTable } from './quote.js';

export function createViewSql(view: View, keyword: 'create' | 'create or replace' = 'create'): string {
  const names = view.columns === undefined ? '' : ` ${quoteIdentifiers(view.columns)}`;
  const attributes = view.attributes === undefined ? '' : ` ${view.attributes}`;
  return `${keyword}${attributes} view ${quoteTable(view)}${names} as\n${trimSql(view.definition)}`;
}

export function dropViewSql(view: View): string {
  return `drop view ${quoteTable(view)}`;
}
