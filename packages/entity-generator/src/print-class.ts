import type { PropertyOptions } from '@dovetail/core';
import { isObject } from '@dovetail/core/driver';
import type { EntityDescription, PropertyDescription } from './description.js';
import { printValue, SourceText } from './print-value.js';

/**
 * The source of a class, without imports.
 *
 * @param reflectedTypes whether types are left out that the compiler writes into the program.
 */
export function printClass(entity: EntityDescription, reflectedTypes: boolean): string {
  const { className, options, indexes, checks, exclusions, triggers, properties } = entity;
  const decorators = [
    call('Entity', '', options),
    ...indexes.map((index) => call(index.unique ? 'Unique' : 'Index', '', index.options)),
    ...checks.map((check) => call('Check', '', check)),
    ...exclusions.map((exclusion) => call('Exclusion', '', exclusion)),
    ...triggers.map((trigger) => call('Trigger', '', trigger)),
  ];
  const body = properties.map((property) => `${printProperty(property, reflectedTypes)}\n`).join('\n');
  return `${decorators.join('\n')}\nexport class ${className} {\n${body}}\n`;
}

/** The decorators and helpers that the source of a class names. */
export function importedNames(entity: EntityDescription): readonly string[] {
  const { indexes, checks, exclusions, triggers, properties } = entity;
  const text = JSON.stringify(
    properties.map((property) => ('options' in property ? property.options : {})),
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
  return [
    'Entity',
    ...indexes.map(({ unique }) => (unique ? 'Unique' : 'Index')),
    ...(checks.length > 0 ? ['Check'] : []),
    ...(exclusions.length > 0 ? ['Exclusion'] : []),
    ...(triggers.length > 0 ? ['Trigger'] : []),
    ...properties.flatMap((property) => [property.decorator, ...helpersOf(property)]),
    ...(text.includes('{"currentTime":') ? ['sql'] : []),
  ];
}

/** The classes that the source of a class names. */
export function importedClasses({ className, properties }: EntityDescription): readonly string[] {
  return properties
    .flatMap((property) => ('target' in property ? [property.target, ...pivotOf(property)] : []))
    .filter((name) => name !== className);
}

function pivotOf(property: PropertyDescription): readonly string[] {
  return 'pivotEntity' in property && property.pivotEntity !== undefined ? [property.pivotEntity] : [];
}

function helpersOf({ decorator }: PropertyDescription): readonly string[] {
  switch (decorator) {
    case 'ManyToOne':
    case 'OneToOne':
      return ['Rel'];
    case 'OneToMany':
    case 'ManyToMany':
      return ['Collection'];
    default:
      return [];
  }
}

/** How far the members of a class stand in. */
const inClass = '  ';

function printProperty(property: PropertyDescription, reflectedTypes: boolean): string {
  const { name } = property;
  switch (property.decorator) {
    case 'PrimaryKey':
    case 'Property':
    case 'Enum': {
      const { type, options } = property;
      const stated = reflectedTypes && isReflected(type, options) ? { ...options, type: undefined } : options;
      return member(call(property.decorator, inClass, stated), declared(name, type, options.nullable));
    }
    case 'ManyToOne':
    case 'OneToOne': {
      const { target, options } = property;
      const mappedBy = property.decorator === 'OneToOne' ? property.mappedBy : undefined;
      const isOptional = options.nullable === true || mappedBy !== undefined;
      return member(
        call(property.decorator, inClass, lazily(target), ...reader(mappedBy), options),
        declared(name, `Rel<${target}>`, isOptional),
      );
    }
    case 'OneToMany':
      return member(
        call('OneToMany', inClass, lazily(property.target), ...reader(property.mappedBy)),
        collection(property),
      );
    case 'ManyToMany': {
      const { target, options, pivotEntity, mappedBy } = property;
      const all = pivotEntity === undefined ? options : { pivotEntity: lazily(pivotEntity), ...options };
      return member(call('ManyToMany', inClass, lazily(target), ...reader(mappedBy), all), collection(property));
    }
  }
}

/** What a compiler writes into the program of each type that can be seen there. */
const reflected: ReadonlyMap<unknown, string> = new Map([
  ['string', 'string'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['datetime', 'Date'],
  ['bigint', 'bigint'],
  ['blob', 'Uint8Array'],
]);

function isReflected(type: string, options: PropertyOptions): boolean {
  return options.array !== true && reflected.get(options.type) === type;
}

function member(decorator: string, declaration: string): string {
  return `${inClass}${decorator}\n${inClass}${declaration}`;
}

function declared(name: string, type: string, isOptional: boolean | undefined): string {
  return `${name}${isOptional === true ? '?' : '!'}: ${type};`;
}

function collection({ name, target }: { readonly name: string; readonly target: string }): string {
  return `${name} = new Collection<${target}>(this);`;
}

/** A class that may not be loaded yet. */
function lazily(className: string): SourceText {
  return new SourceText(`() => ${className}`);
}

function reader(property: string | undefined): readonly SourceText[] {
  return property === undefined ? [] : [new SourceText(`(other) => other.${property}`)];
}

function call(decorator: string, indent: string, ...values: readonly unknown[]): string {
  const stated = values.filter((value) => value instanceof SourceText || !isEmpty(value));
  return `@${decorator}(${stated.map((value) => printValue(value, indent)).join(', ')})`;
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((member) => member === undefined);
}
