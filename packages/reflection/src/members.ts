import {
  type ClassDeclaration,
  type GetAccessorDeclaration,
  type JSDocableNode,
  type PropertyDeclaration,
  type SetAccessorDeclaration,
  SyntaxKind,
  type Symbol as TypeSymbol,
  type Type,
} from 'ts-morph';
import { isRelation } from './decorators.js';
import type { ReflectedClass } from './reflection-data.js';
import { reflectType } from './reflect-type.js';

export type DataMember = PropertyDeclaration | GetAccessorDeclaration | SetAccessorDeclaration;

/** A property of a class, its own or inherited. */
export interface SourceMember {
  readonly name: string;
  /** Where it is declared. */
  readonly declaration: DataMember;
  /** Its type in this class: what a generic base class leaves open is settled. */
  readonly type: Type;
  readonly optional: boolean;
}

export function membersOf(declared: ClassDeclaration): readonly SourceMember[] {
  return declared
    .getType()
    .getProperties()
    .flatMap((symbol) => toMember(symbol) ?? []);
}

function toMember(symbol: TypeSymbol): SourceMember | undefined {
  const node = symbol.getValueDeclaration();
  const declaration =
    node?.asKind(SyntaxKind.PropertyDeclaration) ??
    node?.asKind(SyntaxKind.GetAccessor) ??
    node?.asKind(SyntaxKind.SetAccessor);
  if (node === undefined || declaration === undefined) return undefined;
  return {
    name: symbol.getName(),
    declaration,
    type: symbol.getTypeAtLocation(node),
    optional: symbol.isOptional(),
  };
}

/** What the source says of the property. */
export function memberOf(member: SourceMember, comments: boolean): ReflectedClass[string] {
  const { declaration, type, optional } = member;
  const { nullable, ...reflected } = reflectType(type, declaration.getDecorators().some(isRelation));
  const comment = comments ? commentOf(declaration) : undefined;
  return {
    ...reflected,
    ...((nullable === true || optional) && { nullable: true }),
    ...(comment !== undefined && { comment }),
  };
}

/** The text of the doc comment, without its tags. */
function commentOf(declaration: JSDocableNode): string | undefined {
  const text = declaration
    .getJsDocs()
    .map((doc) => doc.getDescription().trim())
    .join('\n')
    .trim();
  return text === '' ? undefined : text;
}
