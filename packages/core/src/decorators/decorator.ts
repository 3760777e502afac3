import { DovetailError } from '../errors.js';
import type { EntityClass } from '../metadata/entity-class.js';
import { type ClassDeclarations, declarationsIn, declarationsOn } from './declarations.js';

/** A decorator of classes: `@Entity()` by either standard, or called by itself, `Entity()(Author)`. */
export type ClassDecorator = (target: EntityClass, context?: ClassDecoratorContext) => void;

/**
 * A decorator of properties: `@Property()` by either standard, or called by itself,
 * `Property()(Author.prototype, 'name')`.
 */
export interface PropertyDecorator {
  (target: object, name: string | symbol, descriptor?: unknown): void;
  (value: unknown, context: ClassMemberDecoratorContext): void;
}

/** A decorator of classes and properties alike. */
export interface ClassOrPropertyDecorator {
  (target: object, name?: string | symbol, descriptor?: unknown): void;
  (value: unknown, context: ClassDecoratorContext | ClassMemberDecoratorContext): void;
}

/** The member that a property decorator stands on. */
export interface Member {
  readonly name: string;
  /** A method is computed by the class, and has no column. */
  readonly isMethod: boolean;
}

type Context = ClassDecoratorContext | ClassMemberDecoratorContext;
type Name = string | symbol | undefined;

export function classDecorator(declare: (declarations: ClassDeclarations) => void): ClassDecorator {
  return (target: EntityClass, context?: ClassDecoratorContext) => {
    declare(context === undefined ? declarationsOn(target) : declarationsInContext(context));
  };
}

export function propertyDecorator(
  declare: (declarations: ClassDeclarations, member: Member) => void,
): PropertyDecorator {
  return (target: unknown, nameOrContext: Name | ClassMemberDecoratorContext) => {
    if (isContext(nameOrContext)) declareByContext(nameOrContext, declare);
    else declareByTarget(target, nameOrContext, declare);
  };
}

export function classOrPropertyDecorator(
  declare: (declarations: ClassDeclarations, member: Member | undefined) => void,
): ClassOrPropertyDecorator {
  return (target: unknown, nameOrContext?: Name | Context) => {
    if (isContext(nameOrContext)) {
      if (nameOrContext.kind === 'class') declare(declarationsInContext(nameOrContext), undefined);
      else declareByContext(nameOrContext, declare);
    } else if (nameOrContext === undefined && isClass(target)) {
      declare(declarationsOn(target), undefined);
    } else {
      declareByTarget(target, nameOrContext, declare);
    }
  };
}

type DeclareMember = (declarations: ClassDeclarations, member: Member) => void;

function declareByContext(context: ClassMemberDecoratorContext, declare: DeclareMember): void {
  const declarations = declarationsInContext(context);
  const { name, kind } = context;
  if (context.static) misplaced(declarations, name, 'is static');
  else if (context.private) misplaced(declarations, name, 'is private to the class, so nothing else can read it');
  else if (typeof name === 'symbol') misplaced(declarations, name, 'is named by a symbol');
  else declare(declarations, { name, isMethod: kind === 'method' });
}

function declareByTarget(target: unknown, name: Name, declare: DeclareMember): void {
  if (isClass(target)) {
    misplaced(declarationsOn(target), name, 'is static');
    return;
  }
  const owner: unknown = typeof target === 'object' && target !== null ? target.constructor : undefined;
  if (!isClass(owner) || typeof target !== 'object' || target === null) {
    throw new DovetailError(
      'invalid-metadata',
      'A property decorator was called with something that is not the prototype of a class. ' +
        "Write `Property()(Author.prototype, 'name')`.",
    );
  }
  if (typeof name !== 'string') {
    misplaced(declarationsOn(owner), name, 'is named by a symbol');
    return;
  }
  const member: unknown = Object.getOwnPropertyDescriptor(target, name)?.value;
  declare(declarationsOn(owner), { name, isMethod: typeof member === 'function' });
}

function misplaced(declarations: ClassDeclarations, name: Name, what: string): void {
  declarations.misplaced.push({ member: String(name), what });
}

/** A compiler that is older than the metadata part of the standard leaves it out, whatever the type says. */
function declarationsInContext({
  name,
  metadata,
}: {
  readonly name: Name;
  readonly metadata?: object | undefined;
}): ClassDeclarations {
  if (metadata === undefined) {
    throw new DovetailError(
      'invalid-metadata',
      `The decorator of "${String(name)}" got no metadata object. Import the decorators before anything that ` +
        'defines a decorated class, and compile with a version that knows decorator metadata (TypeScript 5.2 or later).',
    );
  }
  return declarationsIn(metadata);
}

function isContext<Some extends object>(value: Name | Some): value is Some {
  return typeof value === 'object';
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function';
}
