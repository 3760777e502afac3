import type { Problem } from '@dovetail/core';
import { type ClassDeclaration, type Decorator, type Expression, Node, SyntaxKind, type Type } from 'ts-morph';
import { isRelation } from './decorators.js';
import { memberOf, membersOf, type SourceMember } from './members.js';
import type { ReflectedClass } from './reflection-data.js';

type Reflected = ReflectedClass[string];

/** What the decorators of a class's own properties say against their types. */
export function disagreements(declared: ClassDeclaration): readonly Problem[] {
  return membersOf(declared)
    .filter(({ declaration }) => declaration.getParent() === declared)
    .flatMap((member) => memberProblems(member, `${declared.getName() ?? ''}.${member.name}`));
}

function memberProblems(member: SourceMember, where: string): readonly Problem[] {
  const reflected = memberOf(member, false);
  return member.declaration
    .getDecorators()
    .flatMap((decorator) => [
      ...nullabilityProblems(decorator, reflected, where),
      ...typeProblems(decorator, reflected, where),
      ...relationProblems(decorator, member, reflected, where),
    ]);
}

function nullabilityProblems(decorator: Decorator, { nullable = false }: Reflected, where: string): readonly Problem[] {
  const stated = optionOf(decorator, 'nullable')?.getText();
  if (stated === 'false' && nullable) {
    return [
      problem(where, 'its type includes null or undefined, and its decorator says `nullable: false`', 'Change one.'),
    ];
  }
  if (stated === 'true' && !nullable) {
    return [
      problem(
        where,
        'its decorator says `nullable: true`, and its type includes neither null nor undefined',
        'Write `?` after its name, or `| null` after its type.',
      ),
    ];
  }
  return [];
}

const texts = ['string'];
const numbers = ['number'];
const moments = ['Date', 'string'];
const bytes = ['Buffer', 'Uint8Array'];

/** The types of properties that a logical type has values for. Types that are not among them are not looked at. */
const valuesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['string', texts],
  ['text', texts],
  ['character', texts],
  ['uuid', texts],
  ['interval', texts],
  ['integer', numbers],
  ['smallint', numbers],
  ['tinyint', numbers],
  ['mediumint', numbers],
  ['float', numbers],
  ['double', numbers],
  ['bigint', ['bigint', 'string', 'number']],
  ['decimal', ['string', 'number']],
  ['boolean', ['boolean']],
  ['date', moments],
  ['datetime', moments],
  ['timestamp', moments],
  ['time', moments],
  ['blob', bytes],
  ['uint8array', bytes],
]);

const valueTypes: ReadonlySet<string> = new Set([...valuesOf.values()].flat());

function typeProblems(decorator: Decorator, { type, array }: Reflected, where: string): readonly Problem[] {
  if (isRelation(decorator) || type === undefined || array === true || !valueTypes.has(type)) return [];
  const stated = logicalName(optionOf(decorator, 'type'));
  const values = stated === undefined ? undefined : valuesOf.get(stated);
  if (values === undefined || values.includes(type)) return [];
  return [
    problem(
      where,
      `its type is ${type}, and its decorator says ${stated ?? ''}, which is for ${values.join(' or ')}`,
      'Correct one of them, or leave `type` out.',
    ),
  ];
}

/** `'string'` or `t.string`. */
function logicalName(option: Expression | undefined): string | undefined {
  if (Node.isStringLiteral(option)) return option.getLiteralValue();
  const isMember = Node.isPropertyAccessExpression(option) && option.getExpression().getText() === 't';
  return isMember ? option.getName() : undefined;
}

function relationProblems(
  decorator: Decorator,
  { type: declaredType }: SourceMember,
  { type, array = false }: Reflected,
  where: string,
): readonly Problem[] {
  const name = decorator.getName();
  if (!isRelation(decorator) || type === undefined) return [];
  if ((name === 'ManyToOne' || name === 'OneToOne') && array) {
    return [
      problem(where, `\`@${name}\` is to one ${type}, and its type is a list`, 'Write `@OneToMany` or `@ManyToMany`.'),
    ];
  }
  if ((name === 'OneToMany' || name === 'ManyToMany') && !array) {
    return [problem(where, `\`@${name}\` is to many, and its type is one ${type}`, `Write \`Collection<${type}>\`.`)];
  }
  const target = targetOf(decorator);
  const isRelated = target === undefined || target === type || lineage(declaredType.getNonNullableType()).has(target);
  return isRelated
    ? []
    : [problem(where, `its type is ${type}, and its decorator says ${target}`, 'Name the same class in both.')];
}

/** The names of the class at the other end and of its base class, which a relation may name as well. */
function lineage(type: Type): ReadonlySet<string> {
  const target = type.getArrayElementType() ?? type.getTypeArguments()[0] ?? type;
  return new Set([target, ...target.getBaseTypes()].map((each) => each.getSymbol()?.getName() ?? ''));
}

/** The class that a relation names: `() => Author`. What is not as simple as that is not looked at. */
function targetOf(decorator: Decorator): string | undefined {
  const [first] = decorator.getArguments();
  const given = Node.isArrowFunction(first) ? first : optionOf(decorator, 'entity');
  const body = Node.isArrowFunction(given) ? given.getBody() : undefined;
  return Node.isIdentifier(body) ? body.getText() : undefined;
}

/** The expression of an option, among the arguments that are object literals. */
function optionOf(decorator: Decorator, name: string): Expression | undefined {
  for (const argument of decorator.getArguments()) {
    if (!Node.isObjectLiteralExpression(argument)) continue;
    const property = argument.getProperty(name);
    if (property?.isKind(SyntaxKind.PropertyAssignment) === true) return property.getInitializer();
  }
  return undefined;
}

function problem(where: string, what: string, remedy: string): Problem {
  return { where, what, remedy };
}
