import type { ClassDeclarations, PropertyDeclaration } from '../decorators/declarations.js';
import type { EmbeddedOptions } from '../decorators/embedded.js';
import type { PropertyOptions } from '../decorators/property.js';
import type { DiscoveryContext } from './entity-model.js';
import { lineageOf } from './lineage.js';
import type { Problems } from './problems.js';

/** Reports what the decorators say that can't be so, whatever becomes of it in tables. */
export function validateDeclarations(context: DiscoveryContext): void {
  const { entities, embeddables, problems } = context;
  const classes = [...entities.classNames.keys(), ...embeddables];
  const declaring = new Map(classes.flatMap(lineageOf).map((declared) => [declared.declarations, declared.class.name]));
  for (const [declarations, className] of declaring) {
    validateClass(className, declarations, problems);
  }
}

function validateClass(className: string, declarations: ClassDeclarations, problems: Problems): void {
  for (const { member, what } of declarations.misplaced) {
    problems.report(`${className}.${member}`, `the property ${what}`, 'Decorate public instance properties only.');
  }
  const names = new Set<string>();
  for (const property of declarations.properties) {
    const where = `${className}.${property.name}`;
    if (names.has(property.name)) {
      problems.report(
        where,
        'it has two decorators that each make a property of it',
        'Keep one, with all the options.',
      );
    }
    names.add(property.name);
    validateProperty(where, property, problems);
  }
}

function validateProperty(where: string, property: PropertyDeclaration, problems: Problems): void {
  switch (property.kind) {
    case 'scalar':
    case 'enum': {
      const { generated, default: value, defaultRaw } = property.options;
      if (generated !== undefined && (value !== undefined || defaultRaw !== undefined)) {
        problems.report(where, 'it has a default and is generated', 'Keep `default`, or `generated`.');
      }
      validateSingleColumn(where, property.options, problems);
      return;
    }
    case 'one-to-one':
      validateOwner(where, property.options, problems);
      return;
    case 'one-to-many':
      if (property.options.mappedBy === undefined) {
        problems.report(
          where,
          'it does not say which property at the other end references it',
          "Write it: `@OneToMany(() => Book, 'author')`.",
        );
      }
      return;
    case 'many-to-many':
      validateOwner(where, property.options, problems);
      return;
    case 'embedded':
      validateEmbedded(where, property.options, problems);
      return;
    case 'many-to-one':
    case 'not-persisted':
  }
}

/** A value has one column, whatever lists the options may give. */
function validateSingleColumn(
  where: string,
  { name, fieldName, fieldNames, columnTypes }: PropertyOptions,
  problems: Problems,
): void {
  const names = new Set([name, fieldName, ...(fieldNames ?? [])].filter((stated) => stated !== undefined));
  if (names.size > 1) {
    const stated = [...names].map((text) => `"${text}"`).join(' and ');
    problems.report(where, `it has one column, and is given the names ${stated}`, 'Keep one of them, as `name`.');
  }
  if (columnTypes !== undefined && columnTypes.length > 1) {
    problems.report(where, `it has one column, and ${columnTypes.length} \`columnTypes\``, 'Write one `columnType`.');
  }
}

function validateOwner(
  where: string,
  { owner, mappedBy }: { readonly owner?: boolean | undefined; readonly mappedBy?: unknown },
  problems: Problems,
): void {
  if (owner === false && mappedBy === undefined) {
    problems.report(
      where,
      'it is not the owner, and does not say which property at the other end is',
      'Write that property as `mappedBy`, or take `owner: false` off.',
    );
  }
}

/** What is said of one column has no place where there are several. */
const columnOptions = [
  'name',
  'fieldName',
  'columnType',
  'comment',
  'previousName',
  'default',
  'defaultRaw',
  'backfill',
  'check',
  'index',
  'unique',
  'ignoreSchemaChanges',
] as const satisfies readonly (keyof EmbeddedOptions)[];

function validateEmbedded(where: string, options: EmbeddedOptions, problems: Problems): void {
  if (options.object === true || options.array === true) return;
  for (const option of columnOptions.filter((name) => options[name] !== undefined)) {
    problems.report(
      where,
      `its \`${option}\` is about one column, and it is spread over those of its properties`,
      'Write `object: true` for one JSON column, or say it on the properties of the embeddable.',
    );
  }
}
