import type { ClassDeclarations, PropertyDeclaration } from '../decorators/declarations.js';
import { type OptionOwner, optionNames } from '../decorators/option-names.js';
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

/** Reports options that no decorator has, which a compiler would have told and plain JavaScript does not. */
export function validateOptions(className: string, declarations: ClassDeclarations, problems: Problems): void {
  const check = (owner: OptionOwner, options: unknown, property?: string): void => {
    validateNames(owner, options, property === undefined ? className : `${className}.${property}`, problems);
  };
  const { entity, embeddable } = declarations;
  if (entity !== undefined) {
    check('@Entity', entity);
    if (typeof entity.view === 'object') check('view', entity.view);
    if (typeof entity.partitionBy === 'object') check('partitionBy', entity.partitionBy);
    for (const trigger of entity.triggers ?? []) check('@Trigger', trigger);
  }
  if (embeddable !== undefined) check('@Embeddable', embeddable);
  for (const { options } of declarations.triggers) check('@Trigger', options);
  for (const { options } of declarations.exclusions) check('@Exclusion', options);
  for (const { options, property } of declarations.checks) check('@Check', options, property);
  for (const [owner, declared] of [
    ['@Index', declarations.indexes],
    ['@Unique', declarations.uniques],
  ] as const) {
    for (const { options, property } of declared) {
      check(owner, options, property);
      for (const column of options.columns ?? []) check('columns', column, property);
    }
  }
  for (const property of declarations.properties) {
    const owner = ownerOf(property.kind);
    if (owner !== undefined && 'options' in property) check(owner, property.options, property.name);
  }
}

function validateNames(owner: OptionOwner, options: unknown, where: string, problems: Problems): void {
  const known = optionNames[owner];
  if (typeof options !== 'object' || options === null) {
    problems.report(
      where,
      `\`${owner}\` got ${String(options)} where its options are expected`,
      'Write an object: `{ name: value }`.',
    );
    return;
  }
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
