import { becomesGenerated, type Change, isDrop } from '../model/change.js';
import { describeObject } from '../model/describe-object.js';
import { makeHazard } from '../model/hazards.js';
import { displayName } from '../model/names.js';
import type { Hazard, Precheck, Step } from '../model/plan.js';

/** What else a plan does to the objects of its changes. */
export interface HazardContext {
  /** The objects that the difference between the schemas is about. */
  readonly asked: ReadonlySet<string>;
  /** The objects that the plan adds, those among them that it has dropped before. */
  readonly added: ReadonlySet<string>;
}

/** @param asked the changes that are wanted. @param all with those that the database asks for besides. */
export function hazardContext(asked: readonly Change[], all: readonly Change[]): HazardContext {
  return { asked: new Set(asked.map(describeObject)), added: new Set(all.filter(isAddition).map(objectOfKind)) };
}

/** What is at stake in a change on every database, whatever the way in which it is carried out. */
export function hazardsOf(change: Change, prechecks: readonly Precheck[], context: HazardContext): Hazard[] {
  const isRemade = isDrop(change) && context.added.has(objectOfKind(change));
  const certain = isRemade ? remadeHazards(change, context) : certainHazards(change);
  const possible = prechecks.map(possibleHazard);
  return [...certain, ...possible.filter(({ kind }) => !certain.some((hazard) => hazard.kind === kind))];
}

function isAddition({ kind }: Change): boolean {
  return kind.startsWith('add-') || kind.startsWith('create-');
}

/** `index customer.by_name`, of what is added and of what is dropped alike. */
function objectOfKind(change: Change): string {
  return `${change.kind.slice(change.kind.indexOf('-') + 1)} ${describeObject(change)}`;
}

function remadeHazards(change: Change, { asked }: HazardContext): Hazard[] {
  const object = describeObject(change);
  if (asked.has(object)) return [];
  return [
    makeHazard(
      'drops-dependants',
      object,
      `"${object}" is dropped and made again, for something that it depends on changes.`,
    ),
  ];
}

/** What a precheck looks for is at stake, whether or not it finds any. */
function possibleHazard({ kind, object, message, remedy }: Precheck): Hazard {
  const effect = kind === 'may-fail' ? 'Fails when' : 'Loses something when';
  return makeHazard(kind, object, `${effect} ${message.other}.`, remedy);
}

/** What is at stake whatever the rows are. */
function certainHazards(change: Change): Hazard[] {
  const object = describeObject(change);
  const gone = `Programs that still use "${object}" fail.`;
  const goes = 'let the programs go without it first';

  switch (change.kind) {
    case 'drop-table':
      return [
        makeHazard(
          'destroys-rows',
          object,
          `All rows of "${displayName(change.table)}" are lost.`,
          `if it is a rename, write previousName: '${change.table.name}' on the new entity`,
        ),
        makeHazard('breaks-code', object, gone, goes),
      ];
    case 'drop-column':
      return [
        ...(change.column.generated === undefined
          ? [
              makeHazard(
                'destroys-values',
                object,
                `All values of "${change.column.name}" are lost.`,
                `if it is a rename, write previousName: '${change.column.name}' on the new property`,
              ),
            ]
          : []),
        makeHazard('breaks-code', object, gone, goes),
      ];
    case 'drop-view':
      return [makeHazard('breaks-code', object, gone, goes)];
    case 'rename-table':
    case 'rename-column':
      return [
        makeHazard(
          'breaks-code',
          object,
          `Programs that still use the name "${object}" fail.`,
          'stop them for the update, or add the new one beside the old one and drop that later',
        ),
      ];
    case 'alter-column':
      return becomesGenerated(change)
        ? [
            makeHazard(
              'destroys-values',
              object,
              `All values of "${change.to.name}" are lost, for it becomes a generated column.`,
              'give the generated column another name',
            ),
          ]
        : [];
    case 'add-exclusion':
      return [makeHazard('may-fail', object, 'Fails when rows exclude each other.', 'correct them first')];
    case 'create-namespace':
    case 'drop-namespace':
    case 'create-enum':
    case 'drop-enum':
    case 'rename-enum':
    case 'alter-enum':
    case 'create-view':
    case 'replace-view':
    case 'create-table':
    case 'rename-namespace':
    case 'rename-enum-value':
    case 'add-column':
    case 'fill-column':
    case 'set-primary-key':
    case 'add-unique':
    case 'drop-unique':
    case 'add-index':
    case 'drop-index':
    case 'rename-index':
    case 'add-foreign-key':
    case 'drop-foreign-key':
    case 'add-check':
    case 'drop-check':
    case 'drop-exclusion':
    case 'rename-constraint':
    case 'create-trigger':
    case 'drop-trigger':
    case 'set-table-comment':
    case 'set-table-options':
      return [];
  }
}

/** A step that stays when a later one fails. A single statement fails or stays by itself. */
export function withCommitHazards(steps: readonly Step[]): Step[] {
  const isAlone = steps.length === 1;
  return steps.map((step): Step => {
    const [change] = step.changes;
    if (step.transactional || isAlone || change === undefined) return step;
    const hazard = makeHazard(
      'not-transactional',
      describeObject(change),
      'The database commits this step by itself: it stays when a later one fails, and running the update again goes on.',
    );
    return { ...step, hazards: [...step.hazards, hazard] };
  });
}
