import type { AlterTableChange, Change, ColumnAttribute } from '../model/change.js';
import { displayName } from '../model/names.js';
import type { Plan } from '../model/plan.js';
import type { Column, ForeignKey, Index, Table } from '../model/schema.js';
import { describeObject } from './describe.js';

/**
 * The change tree of a plan, as text for a person: what is added (`+`), removed (`-`), changed (`~`, old → new) and
 * renamed (`>`), by table, and what is at stake (`!`). Exactly `''` when there is nothing to do.
 *
 * @example
 * console.log(explain(await orm.schema.plan()));
 */
export function explain({ steps }: Plan): string {
  const branches = new Map<string, string[]>();
  for (const change of new Set(steps.flatMap(({ changes }) => changes))) {
    const { branch, leaf } = lineOf(change);
    branches.set(branch, [...(branches.get(branch) ?? []), leaf]);
  }
  const tree = [...branches].flatMap(([branch, leaves]) => [
    branch,
    ...leaves.filter(isStated).map((leaf) => `  ${leaf}`),
  ]);
  const hazards = steps.flatMap((step) => step.hazards.map(({ object, message }) => `! ${object}: ${message}`));
  const refusals = steps.flatMap(({ refusal }) =>
    refusal ? [`! ${refusal.object}: refused, ${refusal.message}`] : [],
  );
  return [...tree, ...new Set([...hazards, ...refusals])].map((line) => `${line}\n`).join('');
}

/** A difference as one line of an error: where, and what. */
export function describeChange(change: Change): { readonly where: string; readonly what: string } {
  const { branch, leaf } = lineOf(change);
  return { where: describeObject(change), what: leaf === '' ? branch : leaf };
}

function isStated(text: string): boolean {
  return text !== '';
}

/** Changes of one table share a branch. */
function lineOf(change: Change): { readonly branch: string; readonly leaf: string } {
  const whole = (branch: string): { readonly branch: string; readonly leaf: string } => ({ branch, leaf: '' });

  switch (change.kind) {
    case 'create-namespace':
      return whole(`+ schema ${change.namespace}`);
    case 'drop-namespace':
      return whole(`- schema ${change.namespace}`);
    case 'create-enum':
      return whole(`+ enum ${displayName(change.enum)} (${change.enum.items.join(', ')})`);
    case 'drop-enum':
      return whole(`- enum ${displayName(change.enum)}`);
    case 'rename-enum':
      return whole(`> enum ${change.from} → ${change.to}`);
    case 'alter-enum':
      return whole(`~ enum ${displayName(change.to)}: ${change.from.items.join(', ')} → ${change.to.items.join(', ')}`);
    case 'create-view':
      return whole(`+ view ${displayName(change.view)}`);
    case 'drop-view':
      return whole(`- view ${displayName(change.view)}`);
    case 'replace-view':
      return whole(`~ view ${displayName(change.to)}`);
    case 'create-table':
      return { branch: `+ table ${displayName(change.table)}`, leaf: describeColumns(change.table) };
    case 'drop-table':
      return whole(`- table ${displayName(change.table)}`);
    case 'rename-table':
      return whole(`> table ${displayName(change.table)} → ${change.to}${assumed(change)}`);
    default:
      return { branch: `~ table ${displayName(change.table)}`, leaf: leafOf(change) };
  }
}

function describeColumns({ columns }: Table): string {
  return columns.map(({ name }) => name).join(', ');
}

function assumed({ reason }: { readonly reason: string }): string {
  return reason === 'assumed' ? ' (assumed, for only one reading fits)' : '';
}

type TableLeaf = AlterTableChange | Extract<Change, { kind: 'rename-column' }>;

function leafOf(change: TableLeaf): string {
  switch (change.kind) {
    case 'rename-column':
      return `> column ${change.from} → ${change.to}${assumed(change)}`;
    case 'add-column':
      return `+ column ${change.column.name} ${describeColumn(change.column)}`;
    case 'drop-column':
      return `- column ${change.column.name} ${describeColumn(change.column)}`;
    case 'alter-column':
      return `~ column ${change.to.name}: ${change.attributes
        .map(
          (attribute) =>
            `${attribute} ${attributeText(change.from, attribute)} → ${attributeText(change.to, attribute)}`,
        )
        .join(', ')}`;
    case 'set-primary-key':
      return `~ primary key (${(change.from?.columns ?? []).join(', ')}) → (${(change.to?.columns ?? []).join(', ')})`;
    case 'add-unique':
      return `+ unique ${change.unique.name ?? ''} (${change.unique.columns.join(', ')})`;
    case 'drop-unique':
      return `- unique ${change.unique.name ?? ''} (${change.unique.columns.join(', ')})`;
    case 'add-index':
      return `+ ${describeIndex(change.index)}`;
    case 'drop-index':
      return `- ${describeIndex(change.index)}`;
    case 'rename-index':
      return `> index ${change.from.name} → ${change.to.name}`;
    case 'add-foreign-key':
      return `+ ${describeForeignKey(change.foreignKey)}`;
    case 'drop-foreign-key':
      return `- ${describeForeignKey(change.foreignKey)}`;
    case 'add-check':
      return `+ check ${change.check.name ?? ''} (${change.check.expression})`;
    case 'drop-check':
      return `- check ${change.check.name ?? ''} (${change.check.expression})`;
    case 'add-exclusion':
      return `+ exclusion ${change.exclusion.name} ${change.exclusion.definition}`;
    case 'drop-exclusion':
      return `- exclusion ${change.exclusion.name} ${change.exclusion.definition}`;
    case 'rename-constraint':
      return `> ${change.constraint} ${change.from} → ${change.to}`;
    case 'create-trigger':
      return `+ trigger ${change.trigger.name}`;
    case 'drop-trigger':
      return `- trigger ${change.trigger.name}`;
    case 'set-table-comment':
      return `~ comment ${JSON.stringify(change.from ?? '')} → ${JSON.stringify(change.to ?? '')}`;
    case 'set-table-options':
      return `~ options ${JSON.stringify(change.from)} → ${JSON.stringify(change.to)}`;
  }
}

function describeColumn(column: Column): string {
  return [
    column.type,
    column.nullable ? '' : 'not null',
    column.default === undefined ? '' : `default ${column.default}`,
    column.generated === undefined ? '' : `as (${column.generated.expression})`,
  ]
    .filter(isStated)
    .join(' ');
}

function attributeText(column: Column, attribute: ColumnAttribute): string {
  const value = attribute === 'generated' ? column.generated?.expression : column[attribute];
  return value === undefined || value === '' ? 'none' : String(value);
}

function describeIndex({ name, unique, parts, where }: Index): string {
  const keys = parts.map((part) => ('column' in part ? part.column : `(${part.expression})`)).join(', ');
  return `${unique ? 'unique index' : 'index'} ${name} (${keys})${where === undefined ? '' : ` where ${where}`}`;
}

function describeForeignKey({ name, columns, references }: ForeignKey): string {
  return `foreign key ${name ?? ''} (${columns.join(', ')}) → ${displayName(references.table)} (${references.columns.join(', ')})`;
}
