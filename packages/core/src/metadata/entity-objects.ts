import type { EntityOptions } from '../decorators/entity.js';
import type { SqlText } from '../decorators/sql-text.js';
import type { TriggerEventOption, TriggerOptions } from '../decorators/trigger.js';
import type { TableOptions, Trigger, TriggerEvent } from '../model/schema.js';
import { isRawSql } from '../types/raw.js';
import type { EntityModel } from './entity-model.js';
import type { ExclusionMetadata, ViewMetadata } from './entity-metadata.js';
import type { PropertyContext } from './layout.js';
import { evaluateSql } from './scope.js';

export function exclusionsOf({ sources }: EntityModel, context: PropertyContext): ExclusionMetadata[] {
  return sources.flatMap(({ className, declarations }) =>
    declarations.exclusions.flatMap(({ options: { name, expression } }) => {
      const definition = evaluate(expression, className, 'expression', context);
      return definition === undefined ? [] : [{ origin: className, name: { text: name, explicit: true }, definition }];
    }),
  );
}

export function triggersOf({ sources, options, className }: EntityModel, context: PropertyContext): Trigger[] {
  const declared = sources.flatMap((source) =>
    source.declarations.triggers.map((trigger) => ({ origin: source.className, options: trigger.options })),
  );
  const stated = (options.triggers ?? []).map((trigger) => ({ origin: className, options: trigger }));
  return [...declared, ...stated].flatMap((trigger) => makeTrigger(trigger.options, trigger.origin, context));
}

function makeTrigger(options: TriggerOptions, origin: string, context: PropertyContext): Trigger[] {
  const { timing, forEach = 'row' } = options;
  const body = evaluate(options.body, origin, 'body', context);
  const when = options.when && evaluate(options.when, origin, 'when', context);
  if (body === undefined) return [];
  const events = options.events.map((event) => triggerEvent(event, origin, context));
  const name = options.name ?? [context.table, timing.replace(' ', '_'), ...events.map(({ kind }) => kind)].join('_');
  return [{ name, timing, events, forEach, when, body, managed: true }];
}

function triggerEvent(event: TriggerEventOption, origin: string, { scope, problems }: PropertyContext): TriggerEvent {
  if (event === 'update') return { kind: 'update' };
  if (typeof event === 'string') return { kind: event };
  const columns = event.update.flatMap((property) => {
    const found = scope.columnsOf(property);
    if (found === undefined) {
      problems.report(
        origin,
        `a trigger names "${property}", which is not a property`,
        'Name a property of the class.',
      );
    }
    return found ?? [];
  });
  return { kind: 'update', columns };
}

export function tableOptionsOf({ options, className }: EntityModel, context: PropertyContext): TableOptions {
  const { strict, withoutRowid, engine, charset, collation, rowFormat, autoincrementStart } = options;
  const { unlogged, tablespace } = options;
  const partitionBy = options.partitionBy && partitionText(options.partitionBy, className, context);
  return {
    strict,
    withoutRowid,
    engine,
    charset,
    collation,
    rowFormat,
    autoincrementStart,
    unlogged,
    tablespace,
    partitionBy,
  };
}

function partitionText(
  partitionBy: NonNullable<EntityOptions['partitionBy']>,
  className: string,
  context: PropertyContext,
): string | undefined {
  if (typeof partitionBy === 'string') return partitionBy;
  if (partitionBy.partitions !== undefined) {
    context.problems.report(
      className,
      'it declares the partitions of its table, which are not managed',
      'Leave `partitions` out, and create them yourself: they are left alone.',
    );
  }
  const expression = evaluate(partitionBy.expression, className, 'partitionBy', context);
  return expression && `${partitionBy.type} (${expression})`;
}

/** The query of a view. `undefined` for entities of another kind, and where there is none, which is reported. */
export function viewOf(
  { kind, options, className }: EntityModel,
  { problems }: PropertyContext,
): ViewMetadata | undefined {
  if (kind !== 'view') return undefined;
  const { expression, view } = options;
  const query: unknown = typeof expression === 'function' ? expression() : expression;
  const definition = isRawSql(query) ? query.sql : query;
  if (typeof definition !== 'string') {
    problems.report(className, 'the view has no query', "Write it as `expression: 'select ...'`.");
    return undefined;
  }
  const { materialized = false, withData } = typeof view === 'object' ? view : {};
  return { definition, materialized, withData };
}

function evaluate(text: SqlText, where: string, option: string, context: PropertyContext): string | undefined {
  return evaluateSql(text, context.scope, { where, option }, context.problems);
}
