import type { Type } from 'ts-morph';
import type { ReflectedClass } from './reflection-data.js';

type Reflected = ReflectedClass[string];

/** Classes whose instances are values of a column. */
const valueClasses: ReadonlySet<string> = new Set(['Date', 'Buffer', 'Uint8Array']);

/** What a type says of a property; in a relation, classes stand for entities by their name. */
export function reflectType(type: Type, relation: boolean): Reflected {
  const nullable = type.isUnion() && type.getUnionTypes().some((part) => part.isNull() || part.isUndefined());
  const known = reflectValue(type.getNonNullableType(), relation);
  return nullable ? { ...known, nullable: true } : known;
}

function reflectValue(type: Type, relation: boolean): Reflected {
  const element = elementOf(type);
  if (element !== undefined) return reflectArray(reflectValue(element.getNonNullableType(), relation), relation);

  const items = itemsOf(type);
  if (items !== undefined) return { type: items.every(isText) ? 'string' : 'number', items };

  const primitive = primitiveOf(type);
  if (primitive !== undefined) return { type: primitive };

  const name = type.getSymbol()?.getName();
  if (name !== undefined && valueClasses.has(name)) return { type: name };
  if (relation) return name === undefined || name === '__type' ? {} : { type: name };
  return isPlainObject(type) ? { type: 'object' } : {};
}

/** A list of texts has a logical type of its own, which every database keeps; a list of objects is JSON. */
function reflectArray(element: Reflected, relation: boolean): Reflected {
  if (relation || element.items !== undefined) return { ...element, array: true };
  if (element.type === 'string') return { type: 'string[]' };
  if (element.type === 'object' || element.type === 'string[]' || element.array === true) return { type: 'object' };
  return element.type === undefined ? {} : { ...element, array: true };
}

/** What is in a list, or in a collection of entities. */
function elementOf(type: Type): Type | undefined {
  if (type.isArray() || type.isReadonlyArray()) return type.getArrayElementType() ?? type.getTypeArguments()[0];
  if (type.isTuple()) return type.getTupleElements()[0];
  return type.getSymbol()?.getName() === 'Collection' ? type.getTypeArguments()[0] : undefined;
}

/** The values of an enum, or of a union of literals; of a single one too. */
function itemsOf(type: Type): readonly (string | number)[] | undefined {
  if (type.isBoolean() || type.isBooleanLiteral()) return undefined;
  const parts = type.isUnion() ? type.getUnionTypes() : [type];
  const values = parts.map((part) => part.getLiteralValue());
  return values.every(isItem) ? values : undefined;
}

function isItem(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

type Primitive = 'string' | 'number' | 'bigint' | 'boolean';

/** The primitive that a type is, has a brand on (`string & { brand: 'Email' }`), or chooses among. */
function primitiveOf(type: Type): Primitive | undefined {
  if (type.isIntersection()) return onlyOne(type.getIntersectionTypes().flatMap((part) => primitiveOf(part) ?? []));
  if (type.isBoolean() || type.isBooleanLiteral()) return 'boolean';
  if (type.isUnion()) {
    const parts = type.getUnionTypes().map(primitiveOf);
    return parts.includes(undefined) ? undefined : onlyOne(parts.flatMap((part) => part ?? []));
  }
  if (type.isString() || type.isStringLiteral() || type.isTemplateLiteral()) return 'string';
  if (type.isNumber() || type.isNumberLiteral()) return 'number';
  return type.isBigInt() || type.isBigIntLiteral() ? 'bigint' : undefined;
}

function onlyOne(primitives: readonly Primitive[]): Primitive | undefined {
  return new Set(primitives).size === 1 ? primitives[0] : undefined;
}

/** An interface, an object literal, a record: JSON can hold it. A class makes its own of it. */
function isPlainObject(type: Type): boolean {
  if (type.isUnion()) return type.getUnionTypes().every(isPlainObject);
  if (type.isIntersection()) return type.getIntersectionTypes().every(isPlainObject);
  return type.isObject() && !type.isClass() && type.getCallSignatures().length === 0;
}
