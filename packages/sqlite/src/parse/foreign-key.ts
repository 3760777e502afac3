import type { Deferrable, ForeignKey, ReferentialAction, TokenReader } from '@dovetail/core/driver';
import { foldAscii } from '../lexer.js';
import type { TableDraft } from './table-draft.js';

/**
 * Reads from after `references`. The referenced columns stay empty where the text names none, which means the primary
 * key of the referenced table.
 */
export function readReferences(
  reader: TokenReader,
  draft: TableDraft,
  name: string | undefined,
  columns: readonly string[],
): void {
  const table = { name: reader.name() };
  const target = reader.isNext('(') ? reader.names() : [];
  let onDelete: ReferentialAction = 'no action';
  let onUpdate: ReferentialAction = 'no action';
  let match: ForeignKey['match'];
  for (;;) {
    if (reader.accept('on', 'delete')) onDelete = readAction(reader);
    else if (reader.accept('on', 'update')) onUpdate = readAction(reader);
    // SQLite's grammar takes `on insert` as well, and does nothing about it.
    else if (reader.accept('on', 'insert')) readAction(reader);
    else if (reader.accept('match')) match = readMatch(reader, draft, columns);
    else break;
  }
  draft.foreignKeys.push({ name, columns, references: { table, columns: target }, onDelete, onUpdate, match });
}

export function startsDeferral(reader: TokenReader): boolean {
  return reader.isNext('deferrable') || reader.isNext('not', 'deferrable');
}

/** Reads `[not] deferrable [initially ...]`, which is about the foreign key read last. */
export function readDeferral(reader: TokenReader, draft: TableDraft): void {
  const deferrable = readDeferrable(reader);
  const last = draft.foreignKeys.pop();
  if (last !== undefined) draft.foreignKeys.push({ ...last, deferrable });
}

/** Every `not deferrable` is immediate, whatever it says of its start (sqlite.org/foreignkeys.html#fk_deferred). */
function readDeferrable(reader: TokenReader): Deferrable | undefined {
  const negated = reader.accept('not');
  reader.expect('deferrable');
  const deferred = reader.accept('initially', 'deferred');
  if (!deferred) reader.accept('initially', 'immediate');
  if (negated) return undefined;
  return deferred ? 'initially deferred' : 'initially immediate';
}

function readAction(reader: TokenReader): ReferentialAction {
  if (reader.accept('cascade')) return 'cascade';
  if (reader.accept('restrict')) return 'restrict';
  if (reader.accept('set', 'null')) return 'set null';
  if (reader.accept('set', 'default')) return 'set default';
  reader.expect('no', 'action');
  return 'no action';
}

function readMatch(reader: TokenReader, draft: TableDraft, columns: readonly string[]): ForeignKey['match'] {
  const match = foldAscii(reader.name());
  if (match === 'full' || match === 'partial') return match;
  if (match !== 'simple') draft.unmodelled.push(`match ${match} of the foreign key (${columns.join(', ')})`);
  return undefined;
}
