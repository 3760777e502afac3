import type { Statement, View } from '@dovetail/core/driver';
import { createIndexStatements } from './create-index.js';
import { createTrigger } from './create-trigger.js';
import { quoteIdentifiers, quoteName } from './quote.js';

/** The statement that creates a view, without its indexes and triggers. */
export function createViewSql(view: View): string {
  const columns = view.columns === undefined ? '' : ` ${quoteIdentifiers(view.columns)}`;
  const data = view.withData === false ? '\nwith no data' : '';
  return `create ${kindOf(view)} ${quoteName(view)}${columns} as\n${view.definition.trim()}${data}`;
}

/** Everything of a view: the definition, what stands on it, and who may use it. */
function viewStatements(view: View): string[] {
  return [
    createViewSql(view),
    ...(view.indexes ?? []).flatMap((index) => createIndexStatements(view, index).map(({ sql }) => sql)),
    ...(view.triggers ?? []).flatMap((trigger) => createTrigger(view, trigger).map(({ sql }) => sql)),
    ...(view.restoration ?? []),
    ...[...(view.columnRestoration ?? []), ...(view.statistics ?? [])].map(({ sql }) => sql),
  ];
}

export function createView(view: View): Statement[] {
  const [create = '', ...rest] = viewStatements(view);
  return [
    { sql: create, description: `Creates the ${kindOf(view)} "${view.name}".` },
    ...rest.map((sql): Statement => ({ sql, description: `Completes the ${kindOf(view)} "${view.name}".` })),
  ];
}

export function dropView(view: View): Statement {
  return {
    sql: dropViewSql(view),
    description: `Drops the ${kindOf(view)} "${view.name}".`,
  };
}

function dropViewSql(view: View): string {
  return `drop ${kindOf(view)} ${quoteName(view)}`;
}

function kindOf({ materialized }: View): string {
  return materialized === true ? 'materialized view' : 'view';
}
