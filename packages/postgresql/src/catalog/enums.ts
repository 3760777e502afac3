import type { Connection, EnumType } from '@dovetail/core/driver';
import { otherOwner } from './owner.js';
import { optionalText, text, texts } from './row.js';

/**
 * The enum types of the namespaces, but for those of extensions. One of the default namespace that bears the name of a
 * built-in type is not what that name means, so no entity describes it, and it is left alone.
 */
export async function readEnums(connection: Connection, namespaces: readonly string[]): Promise<EnumType[]> {
  const found = await connection.query(enumsSql, [namespaces]);
  return found.map((row) => ({
    schema: optionalText(row, 'schema'),
    name: text(row, 'name'),
    items: texts(row, 'items'),
    owner: optionalText(row, 'owner'),
  }));
}

/** Whether a type `t` bears the name of one that is found before it. */
export const isNamedAsBuiltIn = `exists (
      select from pg_catalog.pg_type b
      where b.typnamespace = 'pg_catalog'::regnamespace and b.typname = t.typname)`;

const enumsSql = `
  select nullif(n.nspname, current_schema())::text as schema, t.typname::text as name,
    array(
      select e.enumlabel::text from pg_catalog.pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as items,
    ${otherOwner('t.typowner')} as owner
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  where t.typtype = 'e' and (n.nspname = current_schema() or n.nspname = any ($1::text[]))
    and not (n.nspname = current_schema() and ${isNamedAsBuiltIn})
    and not exists (
      select from pg_catalog.pg_depend e
      where e.classid = 'pg_catalog.pg_type'::regclass and e.objid = t.oid and e.deptype = 'e')
  order by n.nspname collate "C", t.typname collate "C"`;
