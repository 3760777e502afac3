import { inspect } from 'node:util';
import type { ClassDeclarations, PropertyDeclaration } from '../decorators/declarations.js';
import type { Kind } from '../decorators/kinds.js';
import { optionKinds, type OptionOwner } from '../decorators/option-kinds.js';
import type { EntityClass } from './entity-class.js';
import { lineageOf } from './lineage.js';
import { nearestName } from './nearest-name.js';
import type { Problems } from './problems.js';

/** What other tools, and other versions of the one whose names these are, call an option. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['onDelete', '`deleteRule`'],
  ['onUpdateIntegrity', '`updateRule`'],
  ['customType', '`type`'],
  ['enum', '`@Enum`, with `items`'],
  ['@Trigger.expression', '`timing`, `events` and `body`: a whole statement could not be compared with the database'],
]);

/**
 * Reports options that no decorator has, and those of a kind that it does not take: a compiler would have told, and plain
 * JavaScript does not. Says whether all are of their kinds, as what makes sense of them takes for granted.
 */
export function validateOptions(classes: readonly EntityClass[], problems: Problems): boolean {
  const declaring = new Map(classes.flatMap(lineageOf).map((declared) => [declared.declarations, declared.class.name]));
  return [...declaring]
    .map(([declarations, name]) => validateClassOptions(name, declarations, problems))
    .every(Boolean);
}

function validateClassOptions(className: string, declarations: ClassDeclarations, problems: Problems): boolean {
  const check = ({ owner, options, property }: StatedOptions): boolean => {
    const where = typeof property === 'string' ? `${className}.${property}` : className;
    if (!isOptions(options)) {
      problems.report(
        where,
        `\`${owner}\` got ${String(options)} where its options are expected`,
        'Write an object: `{ name: value }`.',
      );
      return false;
    }
    validateNames(owner, options, where, problems);
    const isSound = validateKinds(owner, options, where, problems);
    const nested = nestedIn(owner, options).map(([part, stated]) => check({ owner: part, options: stated, property }));
    return isSound && nested.every(Boolean);
  };
  return statedIn(declarations).map(check).every(Boolean);
}

interface StatedOptions {
  readonly owner: OptionOwner;
  readonly options: unknown;
  /** What plain JavaScript may have stated as something else. */
  readonly property?: unknown;
}

function statedIn(declarations: ClassDeclarations): readonly StatedOptions[] {
  const { entity, embeddable, triggers, exclusions, checks, indexes, uniques, properties } = declarations;
  return [
    ...(entity === undefined ? [] : [{ owner: '@Entity', options: entity } as const]),
    ...(embeddable === undefined ? [] : [{ owner: '@Embeddable', options: embeddable } as const]),
    ...triggers.map(({ options }) => ({ owner: '@Trigger', options }) as const),
    ...exclusions.map(({ options }) => ({ owner: '@Exclusion', options }) as const),
    ...checks.map((declared) => ({ owner: '@Check', ...declared }) as const),
    ...indexes.map((declared) => ({ owner: '@Index', ...declared }) as const),
    ...uniques.map((declared) => ({ owner: '@Unique', ...declared }) as const),
    ...properties.flatMap((property) => {
      const owner = ownerOf(property.kind);
      return owner === undefined || !('options' in property)
        ? []
        : [{ owner, options: property.options, property: property.name }];
    }),
  ];
}

type StatedByName = Readonly<Record<string, unknown>>;

function isOptions(options: unknown): options is StatedByName {
  return typeof options === 'object' && options !== null;
}

/** Options that have options of their own. */
function nestedIn(owner: OptionOwner, options: StatedByName): readonly (readonly [OptionOwner, unknown])[] {
  switch (owner) {
    case '@Entity': {
      const { view, partitionBy, triggers } = options;
      return [
        ...(isOptions(view) ? [['view', view] as const] : []),
        ...(isOptions(partitionBy) ? [['partitionBy', partitionBy] as const] : []),
        ...itemsOf(triggers).map((trigger) => ['@Trigger', trigger] as const),
      ];
    }
    case '@Index':
    case '@Unique':
      return itemsOf(options.columns).map((column) => ['columns', column]);
    default:
      return [];
  }
}

function itemsOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

function validateNames(owner: OptionOwner, options: object, where: string, problems: Problems): void {
  const known = optionKinds[owner];
  for (const name of Object.keys(options).filter((stated) => !Object.hasOwn(known, stated))) {
    const nearest = nearestName(name, Object.keys(known));
    const meant = otherNames.get(`${owner}.${name}`) ?? otherNames.get(name) ?? (nearest && `\`${nearest}\``);
    problems.report(
      where,
      `\`${owner}\` has no option \`${name}\``,
      meant === undefined ? 'Take it off.' : `Write ${meant}.`,
    );
  }
}

/** The options that have to be stated: of few decorators, and there are many properties to look at. */
const requiredNames: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(optionKinds).map(([owner, kinds]: [string, Readonly<Record<string, Kind>>]) => [
    owner,
    Object.keys(kinds).filter((name) => kinds[name]?.isRequired === true),
  ]),
);

function validateKinds(owner: OptionOwner, options: StatedByName, where: string, problems: Problems): boolean {
  const kinds: Readonly<Record<string, Kind>> = optionKinds[owner];
  const missing = (requiredNames.get(owner) ?? []).filter((name) => options[name] === undefined);
  const wrong = Object.entries(options)
    .filter(
      ([name, value]) => value !== undefined && Object.hasOwn(kinds, name) && kinds[name]?.accepts(value) === false,
    )
    .map(([name]) => name);
  for (const name of [...missing, ...wrong]) {
    const value = options[name];
    const what =
      value === undefined ? `\`${owner}\` states no \`${name}\`` : `\`${name}\` of \`${owner}\` is ${shown(value)}`;
    problems.report(where, what, `Write ${kinds[name]?.words ?? ''}.`);
  }
  return missing.length + wrong.length === 0;
}

/** What was given, as it was written where that is short. */
function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Infinity, maxArrayLength: 5, maxStringLength: 40 });
}

function ownerOf(kind: PropertyDeclaration['kind']): OptionOwner | undefined {
  switch (kind) {
    case 'scalar':
      return '@Property';
    case 'enum':
      return '@Enum';
    case 'many-to-one':
      return '@ManyToOne';
    case 'one-to-one':
      return '@OneToOne';
    case 'one-to-many':
      return '@OneToMany';
    case 'many-to-many':
      return '@ManyToMany';
    case 'embedded':
      return '@Embedded';
    case 'not-persisted':
      return undefined;
  }
}
