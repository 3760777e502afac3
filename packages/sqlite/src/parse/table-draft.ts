import type { Check, Column, ForeignKey, PrimaryKey, TokenReader, UniqueConstraint } from '@dovetail/core/driver';
import { foldAscii } from '../lexer.js';

/** What the readers of columns and constraints have gathered of a table so far. */
export interface TableDraft {
  readonly columns: Column[];
  primaryKey: PrimaryKey | undefined;
  readonly uniques: UniqueConstraint[];
  readonly foreignKeys: ForeignKey[];
  readonly checks: Check[];
  readonly unmodelled: string[];
}

/** Records an `on conflict` clause; `abort` is what every constraint does without one (sqlite.org/lang_conflict.html). */
export function readOnConflict(reader: TokenReader, draft: TableDraft, constraint: string): void {
  if (!reader.accept('on', 'conflict')) return;
  const resolution = foldAscii(reader.name());
  if (resolution !== 'abort') draft.unmodelled.push(`on conflict ${resolution} of ${constraint}`);
}

/** Records a name that the model has no place for. */
export function recordName(draft: TableDraft, name: string | undefined, constraint: string): void {
  if (name !== undefined) draft.unmodelled.push(`name "${name}" of ${constraint}`);
}
