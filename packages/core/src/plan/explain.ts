import type { Problem } from '../errors.js';
import type { AlterTableChange, Change, RenameChange } from '../model/change.js';
import { describeObject } from '../model/describe-object.js';
import { displayName } from '../model/names.js';
import type { Hazard, Plan } from '../model/plan.js';
import {
  describeAttribute,
  describeColumn,
  describeColumns,
  describeForeignKey,
  describeIndex,
  describeKey,
  describeOptions,
  list,
  phrase,
} from './describe-parts.js';

/** What becomes of something: added, removed, changed (old → new), renamed; or what is at stake. */
export type ChangeSign = '+' | '-' | '~' | '>' | '!';

/** A line of the change tree. */
export interface ChangeLine {
  /** Absent where a line only tells more of the one above it. */
  readonly sign?: ChangeSign;
  readonly text: string;
  /** What is changed of a table stands one deeper than the table. */
  readonly depth: 0 | 1;
}

/**
 * The change tree of a plan, as text for a person: what is added (`+`), removed (`-`), changed (`~`, old → new) and
 * renamed (`>`), by table, and what is at stake (`!`). Exactly `''` when there is nothing to do.
 *
 * @param atStake what `orm.schema.atStake(plan)` has found: the numbers of the rows.
 *
 * @example
 * console.log(explain(await orm.schema.plan()));
 */
export function explain(plan: Plan, atStake: readonly Problem[] = []): string {
  return changeTree(plan, atStake)
    .map((line) => `${lineText(line)}\n`)
    .join('');
}

/** The change tree of a plan, line by line, for a program that shows it in its own way. */
export function changeTree({ steps }: Plan, atStake: readonly Problem[] = []): readonly ChangeLine[] {
  const branches = new Map<string, ChangeLine[]>();
  for (const { branch, leaf } of changesOf(steps).map(lineOf)) {
    const lines = branches.get(lineText(branch)) ?? [{ ...branch, depth: 0 }];
    branches.set(lineText(branch), leaf === undefined ? lines : [...lines, { ...leaf, depth: 1 }]);
  }
  const stakes = [
    ...hazardsOf(steps).map(({ object, message }) => `${object}: ${message}`),
    ...steps.flatMap(({ refusal }) => (refusal ? [`${refusal.object}: refused, ${refusal.message}`] : [])),
    ...atStake.map(({ where, what }) => `${where}: ${what}`),
  ];
  return [
    ...[...branches.values()].flat(),
    ...[...new Set(stakes)].map((text): ChangeLine => ({ sign: '!', text, depth: 0 })),
  ];
}

/** A line of the change tree as text. */
export function lineText({ sign, text, depth = 0 }: Twig & Partial<ChangeLine>): string {
  return `${'  '.repeat(depth)}${sign === undefined ? '' : `${sign} `}${text}`;
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
  return { where: describeObject(change), what: lineText(leaf ?? branch) };
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

type Twig = Omit<ChangeLine, 'depth'>;

interface Line {
  readonly branch: Twig;
  /** What is changed of a table; changes of one table share a branch. */
  readonly leaf?: Twig;
}

const signed =
  (sign: ChangeSign) =>
  (text: string): Twig => ({ sign, text });

const [added, removed, changed, renamed] = [signed('+'), signed('-'), signed('~'), signed('>')];

function lineOf(change: Change): Line {
  switch (change.kind) {
    case 'create-namespace':
      return { branch: added(`schema ${change.namespace}`) };
    case 'drop-namespace':
      return { branch: removed(`schema ${change.namespace}`) };
    case 'create-enum':
      return { branch: added(`enum ${displayName(change.enum)} (${change.enum.items.join(', ')})`) };
    case 'drop-enum':
      return { branch: removed(`enum ${displayName(change.enum)}`) };
    case 'rename-namespace':
    case 'rename-enum':
    case 'rename-table':
      return { branch: renamed(describeRename(change)) };
    case 'rename-enum-value':
      return { branch: changed(`enum ${displayName(change.enum)}`), leaf: renamed(describeRename(change)) };
    case 'alter-enum':
      return {
        branch: changed(
          `enum ${displayName(change.to)}: ${change.from.items.join(', ')} → ${change.to.items.join(', ')}`,
        ),
      };
    case 'create-view':
      return { branch: added(`view ${displayName(change.view)}`) };
    case 'drop-view':
      return { branch: removed(`view ${displayName(change.view)}`) };
    case 'replace-view':
      return { branch: changed(`view ${displayName(change.to)}`) };
    case 'create-table':
      return { branch: added(`table ${displayName(change.table)}`), leaf: { text: describeColumns(change.table) } };
    case 'drop-table':
      return { branch: removed(`table ${displayName(change.table)}`) };
    default:
      return { branch: changed(`table ${displayName(change.table)}`), leaf: leafOf(change) };
  }
}

function leafOf(change: AlterTableChange | Extract<RenameChange, { kind: 'rename-column' }>): Twig {
  switch (change.kind) {
    case 'rename-column':
      return renamed(describeRename(change));
    case 'add-column':
      return added(`column ${describeColumn(change.column)}`);
    case 'drop-column':
      return removed(`column ${describeColumn(change.column)}`);
    case 'alter-column':
      return changed(
        `column ${change.to.name}: ${change.attributes
          .map((attribute) => describeAttribute(attribute, change.from, change.to))
          .join(', ')}`,
      );
    case 'fill-column':
      return changed(`column ${change.column.name}: null → ${change.expression}, in the rows that exist`);
    case 'set-primary-key':
      return changed(`primary key ${describeKey(change.from)} → ${describeKey(change.to)}`);
    case 'add-unique':
      return added(phrase('unique', change.unique.name, list(change.unique.columns)));
    case 'drop-unique':
      return removed(phrase('unique', change.unique.name, list(change.unique.columns)));
    case 'add-index':
      return added(describeIndex(change.index));
    case 'drop-index':
      return removed(describeIndex(change.index));
    case 'rename-index':
      return renamed(`index ${change.from.name} → ${change.to.name}`);
    case 'add-foreign-key':
      return added(describeForeignKey(change.foreignKey));
    case 'drop-foreign-key':
      return removed(describeForeignKey(change.foreignKey));
    case 'add-check':
      return added(phrase('check', change.check.name, `(${change.check.expression})`));
    case 'drop-check':
      return removed(phrase('check', change.check.name, `(${change.check.expression})`));
    case 'add-exclusion':
      return added(phrase('exclusion', change.exclusion.name, change.exclusion.definition));
    case 'drop-exclusion':
      return removed(phrase('exclusion', change.exclusion.name, change.exclusion.definition));
    case 'rename-constraint':
      return renamed(`${change.constraint} ${change.from} → ${change.to}`);
    case 'create-trigger':
      return added(`trigger ${change.trigger.name}`);
    case 'drop-trigger':
      return removed(`trigger ${change.trigger.name}`);
    case 'set-table-comment':
      return changed(`comment ${JSON.stringify(change.from ?? '')} → ${JSON.stringify(change.to ?? '')}`);
    case 'set-table-options':
      return changed(describeOptions(change.from, change.to));
  }
}

function assumed({ reason }: RenameChange): string {
  return reason === 'assumed' ? ' (assumed, for only one reading fits)' : '';
}
