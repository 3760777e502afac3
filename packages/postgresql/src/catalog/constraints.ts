import type {
  Check,
  Connection,
  Deferrable,
  Exclusion,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  Row,
  UniqueConstraint,
} from '@dovetail/core/driver';
import { withoutEnclosing } from '../enclosing.js';
import { dutiesIn, flag, optionalText, readGroups, text, texts } from './row.js';

/** The constraints of one table. */
export interface TableConstraints {
  readonly primaryKey: PrimaryKey | undefined;
  readonly uniques: readonly UniqueConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly exclusions: readonly Exclusion[];
}

export const noConstraints: TableConstraints = {
  primaryKey: undefined,
  uniques: [],
  foreignKeys: [],
  checks: [],
  exclusions: [],
};

type Constraint =
  | { readonly kind: 'primary key'; readonly item: PrimaryKey }
  | { readonly kind: 'unique'; readonly item: UniqueConstraint }
  | { readonly kind: 'foreign key'; readonly item: ForeignKey }
  | { readonly kind: 'check'; readonly item: Check }
  | { readonly kind: 'exclusion'; readonly item: Exclusion };

/** The constraints of the tables, by the oid of their table. */
export async function readConstraints(
  connection: Connection,
  tables: readonly string[],
): Promise<ReadonlyMap<string, TableConstraints>> {
  const groups = readGroups(await connection.query(constraintsSql, [tables]), 'relation', readConstraint);
  return new Map([...groups].map(([table, constraints]) => [table, byKind(constraints)]));
}

function byKind(constraints: readonly Constraint[]): TableConstraints {
  let primaryKey: PrimaryKey | undefined;
  const uniques: UniqueConstraint[] = [];
  const foreignKeys: ForeignKey[] = [];
  const checks: Check[] = [];
  const exclusions: Exclusion[] = [];
  for (const { kind, item } of constraints) {
    switch (kind) {
      case 'primary key':
        primaryKey = item;
        break;
      case 'unique':
        uniques.push(item);
        break;
      case 'foreign key':
        foreignKeys.push(item);
        break;
      case 'check':
        checks.push(item);
        break;
      case 'exclusion':
        exclusions.push(item);
        break;
      default:
        kind satisfies never;
    }
  }
  return { primaryKey, uniques, foreignKeys, checks, exclusions };
}

function readConstraint(row: Row): Constraint {
  const name = text(row, 'name');
  const columns = texts(row, 'columns');
  switch (text(row, 'kind')) {
    case 'p':
      return { kind: 'primary key', item: { name, columns, ...dutiesIn(row) } };
    case 'u':
      return {
        kind: 'unique',
        item: {
          name,
          columns,
          deferrable: deferrableOf(row),
          nullsNotDistinct: flag(row, 'nulls_not_distinct') ? true : undefined,
          include: texts(row, 'include').length === 0 ? undefined : texts(row, 'include'),
          ...dutiesIn(row),
        },
      };
    case 'f':
      return { kind: 'foreign key', item: readForeignKey(row) };
    case 'x':
      return { kind: 'exclusion', item: { name, definition: text(row, 'definition').slice('EXCLUDE '.length) } };
    default:
      return {
        kind: 'check',
        item: {
          name,
          expression: withoutEnclosing(text(row, 'expression')),
          enforced: flag(row, 'not_enforced') ? false : undefined,
          noInherit: flag(row, 'no_inherit') ? true : undefined,
        },
      };
  }
}

function readForeignKey(row: Row): ForeignKey {
  const onDeleteColumns = texts(row, 'on_delete_columns');
  return {
    name: text(row, 'name'),
    columns: texts(row, 'columns'),
    references: {
      table: { schema: optionalText(row, 'target_schema'), name: text(row, 'target') },
      columns: texts(row, 'target_columns'),
    },
    onDelete: actionOf(text(row, 'on_delete')),
    onDeleteColumns: onDeleteColumns.length === 0 ? undefined : onDeleteColumns,
    onUpdate: actionOf(text(row, 'on_update')),
    match: text(row, 'match') === 'f' ? 'full' : undefined,
    deferrable: deferrableOf(row),
  };
}

function deferrableOf(row: Row): Deferrable | undefined {
  if (!flag(row, 'deferrable')) return undefined;
  return flag(row, 'deferred') ? 'initially deferred' : 'initially immediate';
}

function actionOf(code: string): ReferentialAction {
  switch (code) {
    case 'r':
      return 'restrict';
    case 'c':
      return 'cascade';
    case 'n':
      return 'set null';
    case 'd':
      return 'set default';
    default:
      return 'no action';
  }
}

/**
 * Columns that only newer versions have are read by name, through JSON: so one query serves every version. Constraints
 * of the kind `n` (not null, from 18) are attributes of their columns, and those of the kind `t` are triggers.
 */
const constraintsSql = `
  select k.conrelid::text as relation, k.contype::text as kind, k.conname::text as name, k.condeferrable as deferrable,
    k.condeferred as deferred, k.confdeltype::text as on_delete, k.confupdtype::text as on_update,
    k.confmatchtype::text as match, k.connoinherit as no_inherit,
    case when k.contype = 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid) end as expression,
    case when k.contype = 'x' then pg_catalog.pg_get_constraintdef(k.oid) end as definition,
    to_jsonb(k) ->> 'conenforced' = 'false' as not_enforced,
    to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' as nulls_not_distinct,
    i.indisclustered as clustered, i.indisreplident as identifies,
    nullif(fn.nspname, current_schema())::text as target_schema, f.relname::text as target,
    array(
      select a.attname::text from unnest(k.conkey) with ordinality as u (num, place)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.place) as columns,
    array(
      select a.attname::text from unnest(k.confkey) with ordinality as u (num, place)
      join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by u.place) as target_columns,
    array(
      select a.attname::text
      from jsonb_array_elements_text(
        case when k.confdeltype in ('n', 'd') then nullif(to_jsonb(k) -> 'confdelsetcols', 'null') end
      ) with ordinality as u (num, place)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num::int2
      order by u.place) as on_delete_columns,
    array(
      select a.attname::text from unnest(i.indkey::int2[]) with ordinality as u (num, place)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num
      where k.contype = 'u' and u.place > i.indnkeyatts order by u.place) as include
  from pg_catalog.pg_constraint k
  left join pg_catalog.pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u')
  left join pg_catalog.pg_class f on f.oid = k.confrelid
  left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
  where k.conrelid = any ($1::oid[]) and k.contype in ('p', 'u', 'f', 'c', 'x') and k.conparentid = 0
  order by k.conrelid, k.conname collate "C"`;
