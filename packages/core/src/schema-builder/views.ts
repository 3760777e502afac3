import type { EntityMetadata } from '../metadata/entity-metadata.js';
import type { ObjectName, View } from '../model/schema.js';
import type { BuildContext } from './context.js';
import { requireFeatures } from './features.js';
import { buildIndex, type UnnamedIndex } from './indexes.js';
import { type NameClaim, type Unnamed, withNames } from './names.js';

/** A view whose indexes have no names yet. */
export interface ViewDraft {
  readonly name: ObjectName;
  readonly definition: string;
  readonly materialized: boolean;
  readonly withData?: boolean | undefined;
  readonly indexes: readonly UnnamedIndex[];
}

export function draftView(entity: EntityMetadata, name: ObjectName, context: BuildContext): ViewDraft {
  const { className, view, schema, comment } = entity;
  const materialized = view?.materialized ?? false;
  const asked = {
    namespaces: schema,
    'table-comment': comment,
    view: !materialized,
    'materialized-view': materialized,
  };
  requireFeatures(asked, className, context);
  reportTableMatters(entity, context);
  reportMissing(entity, context);
  return {
    name,
    definition: view?.definition ?? '',
    materialized,
    withData: view?.withData,
    indexes: entity.indexes.map((index) => buildIndex(index, entity, context)),
  };
}

export function viewNameClaims({ name, indexes }: ViewDraft): NameClaim[] {
  return indexes.map((unnamed) => ({ owner: name, unnamed, kinds: ['index'] }));
}

export function finishView(draft: ViewDraft, names: ReadonlyMap<Unnamed, string>): View {
  const { name, definition, materialized, withData } = draft;
  const indexes = withNames(draft.indexes, names);
  return materialized ? { ...name, definition, materialized, withData, indexes } : { ...name, definition };
}

/** Reports what only tables have. The check of an enum comes with its column's type, and is no wish of its own. */
function reportTableMatters(entity: EntityMetadata, { report }: BuildContext): void {
  const { className, checks, exclusions, options, previousName } = entity;
  const matters: readonly (readonly [asked: boolean, what: string])[] = [
    [checks.some(({ expression }) => expression.kind === 'expression'), 'a view has no checks'],
    [exclusions.length > 0, 'a view has no exclusion constraints'],
    [Object.values(options).some(Boolean), 'a view has no options of tables'],
    [previousName !== undefined, 'a view is made anew under its new name, and needs no `previousName`'],
  ];
  for (const [asked, what] of matters) {
    if (asked) report.invalid({ where: className, what, remedy: 'Take it off.' });
  }
}

function reportMissing(entity: EntityMetadata, { report }: BuildContext): void {
  const { className: where, view, indexes, triggers } = entity;
  if (view === undefined) {
    report.invalid({ where, what: 'a view needs a query', remedy: 'Add `expression` to `@Entity`.' });
  }
  if (indexes.length > 0 && !view?.materialized) {
    report.invalid({
      where,
      what: 'a view that is not materialized has no indexes',
      remedy: 'Remove them, or index the tables that the view reads.',
    });
  }
  if (triggers.length > 0) {
    report.invalid({ where, what: 'triggers of views are not managed', remedy: 'Remove the triggers.' });
  }
}
