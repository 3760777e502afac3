import {
  type ForeignKey,
  type ObjectName,
  type ReferentialAction,
  spelled,
  type TokenReader,
} from '@dovetail/core/driver';
import { expressionOf } from './column.js';
import type { DefinitionContext, TableDraft } from './table-draft.js';

/** Reads `constraint name check ...` or `constraint name foreign key ...`; the reader stands at its first word. */
export function readConstraint(reader: TokenReader, draft: TableDraft, context: DefinitionContext): void {
  const name = reader.accept('constraint') ? reader.name() : undefined;
  if (reader.accept('check')) {
    const expression = expressionOf(reader);
    draft.checks.push(reader.accept('not', 'enforced') ? { name, expression, enforced: false } : { name, expression });
    return;
  }
  reader.expect('foreign', 'key');
  draft.foreignKeys.push({ name, ...readForeignKey(reader, context) });
}

function readForeignKey(reader: TokenReader, context: DefinitionContext): Omit<ForeignKey, 'name'> {
  const columns = reader.names();
  reader.expect('references');
  const table = readTarget(reader, context);
  const references = { table, columns: reader.names() };
  let onDelete = context.unstatedRule;
  let onUpdate = context.unstatedRule;
  for (;;) {
    if (reader.accept('on', 'delete')) onDelete = readAction(reader);
    else if (reader.accept('on', 'update')) onUpdate = readAction(reader);
    else return { columns, references, onDelete, onUpdate };
  }
}

/** A name without a database is in that of the referencing table. */
function readTarget(reader: TokenReader, context: DefinitionContext): ObjectName {
  const { schema, ownSchema } = context;
  const first = spelled(reader.name(), context);
  if (!reader.accept('.')) return schema === undefined ? { name: first } : { schema, name: first };
  const name = spelled(reader.name(), context);
  return first === ownSchema ? { name } : { schema: first, name };
}

function readAction(reader: TokenReader): ReferentialAction {
  if (reader.accept('cascade')) return 'cascade';
  if (reader.accept('set', 'null')) return 'set null';
  if (reader.accept('set', 'default')) return 'set default';
  if (reader.accept('restrict')) return 'restrict';
  reader.expect('no', 'action');
  return 'no action';
}
