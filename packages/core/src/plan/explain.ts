import type { Problem } from '../errors.js';
import type { AlterTableChange, Change, ColumnAttribute, RenameChange } from '../model/change.js';
import { describeObject } from '../model/describe-object.js';
import { displayName } from '../model/names.js';
import type { Hazard, Plan } from '../model/plan.js';
import type { Column, ForeignKey, Index, PrimaryKey, Table, TableOptions } from '../model/schema.js';

/**
 * The change tree of a plan, as text for a person: what is added (`+`), removed (`-`), changed (`~`, old → new) and
 * renamed (`>`), by table, and what is at stake (`!`). Exactly `''` when there is nothing to do.
 *
 * @param atStake what `orm.schema.atStake(plan)` has found: the numbers of the rows.
 *
 * @example
 * console.log(explain(await orm.schema.plan()));
 */
export function explain({ steps }: Plan, atStake: readonly Problem[] = []): string {
  const branches = new Map<string, string[]>();
  for (const { branch, leaf } of changesOf(steps).map(lineOf)) {
    branches.set(branch, [...(branches.get(branch) ?? []), ...(leaf === undefined ? [] : [leaf])]);
  }
  const tree = [...branches].flatMap(([branch, leaves]) => [branch, ...leaves.map((leaf) => `  ${leaf}`)]);
  const hazards = hazardsOf(steps).map(({ object, message }) => `! ${object}: ${message}`);
  const refusals = steps.flatMap(({ refusal }) =>
    refusal ? [`! ${refusal.object}: refused, ${refusal.message}`] : [],
  );
  const rows = atStake.map(({ where, what }) => `! ${where}: ${what}`);
  return [...tree, ...new Set([...hazards, ...refusals, ...rows])].map((line) => `${line}\n`).join('');
}

/** What holds of every step is said once. */
function hazardsOf(steps: Plan['steps']): readonly Pick<Hazard, 'object' | 'message'>[] {
  const hazards = steps.flatMap((step) => step.hazards);
  const [committed] = hazards.filter(isOfCommit);
  return committed !== undefined && steps.length > 1 && steps.every((step) => !step.transactional)
    ? [...hazards.filter((hazard) => !isOfCommit(hazard)), { object: 'each step', message: committed.message }]
    : hazards;
}

function isOfCommit({ kind }: Hazard): boolean {
  return kind === 'not-transactional';
}

/** A difference as one line of an error: where, and what. */
export function describeChange(change: Change): { readonly where: string; readonly what: string } {
  const { branch, leaf } = lineOf(change);
  return { where: describeObject(change), what: leaf ?? branch };
}

/**
 * A rename as a sentence has it, without the sign of the change tree: `column name → full_name`.
 *
 * @example
 * const changes = (await orm.schema.plan()).steps.flatMap((step) => step.changes);
 * console.log(changes.filter((change) => 'reason' in change).map(describeRename));
 */
export function describeRename(change: RenameChange): string {
  switch (change.kind) {
    case 'rename-namespace':
      return `schema ${change.namespace} → ${change.to}`;
    case 'rename-enum':
      return `enum ${displayName(change.enum)} → ${change.to}${assumed(change)}`;
    case 'rename-enum-value':
      return `value ${change.from} → ${change.to}`;
    case 'rename-table':
      return `table ${displayName(change.table)} → ${change.to}${assumed(change)}`;
    case 'rename-column':
      return `column ${change.from} → ${change.to}${assumed(change)}`;
  }
}

/** The changes of a plan, each once: a rebuild carries its changes in several steps, which a plan read from JSON repeats. */
function changesOf(steps: Plan['steps']): readonly Change[] {
  const changes = steps.flatMap((step) => step.changes);
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

interface Line {
  readonly branch: string;
  /** What is changed of a table; changes of one table share a branch. */
  readonly leaf?: string;
}

function lineOf(change: Change): Line {
  switch (change.kind) {
    case 'create-namespace':
      return { branch: `+ schema ${change.namespace}` };
    case 'drop-namespace':
      return { branch: `- schema ${change.namespace}` };
    case 'create-enum':
      return { branch: `+ enum ${displayName(change.enum)} (${change.enum.items.join(', ')})` };
    case 'drop-enum':
      return { branch: `- enum ${displayName(change.enum)}` };
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-table':
      return { branch: `> ${describeRename(change)}` };
    case 'rename-enum-value':
      return { branch: `~ enum ${displayName(change.enum)}`, leaf: `> ${describeRename(change)}` };
    case 'alter-enum':
      return {
        branch: `~ enum ${displayName(change.to)}: ${change.from.items.join(', ')} → ${change.to.items.join(', ')}`,
      };
    case 'create-view':
      return { branch: `+ view ${displayName(change.view)}` };
    case 'drop-view':
      return { branch: `- view ${displayName(change.view)}` };
    case 'replace-view':
      return { branch: `~ view ${displayName(change.to)}` };
    case 'create-table':
      return { branch: `+ table ${displayName(change.table)}`, leaf: describeColumns(change.table) };
    case 'drop-table':
      return { branch: `- table ${displayName(change.table)}` };
    default:
      return { branch: `~ table ${displayName(change.table)}`, leaf: leafOf(change) };
  }
}

function leafOf(change: AlterTableChange | Extract<RenameChange, { kind: 'rename-column' }>): string {
  switch (change.kind) {
    case 'rename-column':
      return `> ${describeRename(change)}`;
    case 'add-column':
      return `+ column ${describeColumn(change.column)}`;
    case 'drop-column':
      return `- column ${describeColumn(change.column)}`;
    case 'alter-column':
      return `~ column ${change.to.name}: ${change.attributes
        .map((attribute) => describeAttribute(attribute, change.from, change.to))
        .join(', ')}`;
    case 'fill-column':
      return `~ column ${change.column.name}: null → ${change.expression}, in the rows that exist`;
    case 'set-primary-key':
      return `~ primary key ${describeKey(change.from)} → ${describeKey(change.to)}`;
    case 'add-unique':
      return `+ ${phrase('unique', change.unique.name, list(change.unique.columns))}`;
    case 'drop-unique':
      return `- ${phrase('unique', change.unique.name, list(change.unique.columns))}`;
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
      return `+ ${phrase('check', change.check.name, `(${change.check.expression})`)}`;
    case 'drop-check':
      return `- ${phrase('check', change.check.name, `(${change.check.expression})`)}`;
    case 'add-exclusion':
      return `+ ${phrase('exclusion', change.exclusion.name, change.exclusion.definition)}`;
    case 'drop-exclusion':
      return `- ${phrase('exclusion', change.exclusion.name, change.exclusion.definition)}`;
    case 'rename-constraint':
      return `> ${change.constraint} ${change.from} → ${change.to}`;
    case 'create-trigger':
      return `+ trigger ${change.trigger.name}`;
    case 'drop-trigger':
      return `- trigger ${change.trigger.name}`;
    case 'set-table-comment':
      return `~ comment ${JSON.stringify(change.from ?? '')} → ${JSON.stringify(change.to ?? '')}`;
    case 'set-table-options':
      return `~ ${describeOptions(change.from, change.to)}`;
  }
}

function assumed({ reason }: RenameChange): string {
  return reason === 'assumed' ? ' (assumed, for only one reading fits)' : '';
}

function phrase(...words: readonly (string | false | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}

function list(names: readonly string[]): string {
  return `(${names.join(', ')})`;
}

function describeColumns({ columns }: Table): string {
  return columns.map(({ name }) => name).join(', ');
}

function describeColumn({ name, type, nullable, default: value, generated }: Column): string {
  return phrase(
    name,
    type,
    !nullable && 'not null',
    value !== undefined && `default ${value}`,
    generated && `as (${generated.expression})`,
  );
}

function describeAttribute(attribute: ColumnAttribute, from: Column, to: Column): string {
  if (attribute === 'nullable') return to.nullable ? 'not null → null' : 'null → not null';
  return `${attribute} ${attributeText(from, attribute)} → ${attributeText(to, attribute)}`;
}

function attributeText(column: Column, attribute: Exclude<ColumnAttribute, 'nullable'>): string {
  switch (attribute) {
    case 'generated':
      return column.generated === undefined
        ? 'none'
        : `(${column.generated.expression}) ${column.generated.stored ? 'stored' : 'virtual'}`;
    case 'autoincrement':
    case 'invisible':
      return column[attribute] === true ? 'yes' : 'no';
    default:
      return stated(column[attribute]);
  }
}

function stated(text: string | undefined): string {
  return text === undefined || text === '' ? 'none' : text;
}

function describeKey(key: PrimaryKey | undefined): string {
  return key === undefined ? 'none' : list(key.columns);
}

function describeIndex({ name, unique, parts, where }: Index): string {
  const keys = parts.map((part) =>
    phrase('column' in part ? part.column : `(${part.expression})`, part.sort === 'desc' && 'desc'),
  );
  return phrase(unique && 'unique', 'index', name, list(keys), where !== undefined && `where ${where}`);
}

function describeForeignKey({ name, columns, references, onDelete, onUpdate }: ForeignKey): string {
  return phrase(
    'foreign key',
    name,
    list(columns),
    '→',
    displayName(references.table),
    list(references.columns),
    onDelete !== 'no action' && `on delete ${onDelete}`,
    onUpdate !== 'no action' && `on update ${onUpdate}`,
  );
}

function describeOptions(from: TableOptions, to: TableOptions): string {
  const before = new Map(Object.entries(from));
  return Object.entries(to)
    .map(([name, value]) => `${name} ${String(before.get(name) ?? 'none')} → ${String(value)}`)
    .join(', ');
}
