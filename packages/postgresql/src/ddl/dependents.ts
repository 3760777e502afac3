import {
  type Column,
  type DdlContext,
  displayName,
  type ObjectName,
  originalColumn,
  originalTable,
  type Precheck,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { quoteName, quoteString } from './quote.js';

/**
 * Looks for rules, policies, functions and publications on a column, and for views that are not ours: PostgreSQL neither
 * drops such a column nor changes its type, and what no entity describes is not made anew.
 */
export function dependentsPrecheck(
  { table, column }: { readonly table: ObjectName; readonly column: Column },
  context: DdlContext,
): Precheck {
  const relation = `${quoteString(quoteName(originalTable(table, context, comparison)))}::regclass`;
  const name = quoteString(originalColumn(table, column.name, context, comparison));
  const ours = context.before.views.map((view) => `${quoteString(quoteName(view))}::regclass`).join(', ');
  return {
    kind: 'may-fail',
    object: `${displayName(table)}.${column.name}`,
    sql: `select distinct pg_describe_object(d.classid, d.objid, d.objsubid) as key_1 from pg_depend d
      join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.refclassid = 'pg_class'::regclass and d.refobjid = ${relation} and a.attname = ${name}
        and d.classid in ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass, 'pg_publication_rel'::regclass)
        and not (d.classid = 'pg_rewrite'::regclass and exists (
          select from pg_rewrite r
          where r.oid = d.objid and r.rulename = '_RETURN' and r.ev_class = any (array[${ours}]::regclass[])))
      limit ${countedObjects + 1}`,
    limit: countedObjects,
    key: ['object'],
    message: {
      one: 'object stands on the column, which no entity describes, and which would be in the way',
      other: 'objects stand on the column, which no entity describes, and which would be in the way',
    },
    remedy: 'drop it first, and create it again after the update',
  };
}

/** As many as a person needs to know of. */
const countedObjects = 1000;
