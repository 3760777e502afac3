import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { workspace } from './markdown.js';

// What the packages export, as built, seen through the compiler.
const entryPoints = readdirSync(join(workspace, 'packages')).map((name) =>
  join(workspace, `packages/${name}/dist/index.d.ts`),
);
const program = ts.createProgram(entryPoints, { module: ts.ModuleKind.NodeNext, strict: true, types: [] });
const checker = program.getTypeChecker();
/** By name; several packages export what they share, and a `Dovetail` each. */
const exported = new Map(entryPoints.flatMap(exportsOf));

/** The names of the options of an exported interface, or of the public methods of an exported class. */
export function memberNames(name: string): string[] {
  return membersOf(name).map((member) => member.name);
}

/** The texts that an exported union of literals consists of. */
export function literalsOf(name: string): string[] {
  const symbol = exported.get(name);
  const type = symbol && checker.getDeclaredTypeOfSymbol(symbol);
  return type?.isUnion() ? type.types.flatMap((part) => (part.isStringLiteral() ? [part.value] : [])) : [];
}

/** The kinds of the objects that an exported union consists of. */
export function kindsOf(name: string): string[] {
  const symbol = exported.get(name);
  const type = symbol && checker.getDeclaredTypeOfSymbol(symbol);
  const kind = type && checker.getPropertyOfType(type, 'kind');
  const literals = kind && checker.getTypeOfSymbol(kind);
  return literals?.isUnion() ? literals.types.flatMap((part) => (part.isStringLiteral() ? [part.value] : [])) : [];
}

/** What has no doc comment: an export, or a member of one. Members that it has from elsewhere are not looked at. */
export function undocumented(): { readonly owner: string; readonly member?: string }[] {
  return [...exported].flatMap(([owner, symbol]) => [
    ...(hasComment(symbol) ? [] : [{ owner }]),
    ...membersOf(owner)
      .filter((member) => isOurs(member) && !hasComment(member))
      .map(({ name }) => ({ owner, member: name })),
  ]);
}

function exportsOf(file: string): readonly (readonly [string, ts.Symbol])[] {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is missing: run "npm run build" first.`);
  return checker.getExportsOfModule(module).map((symbol) => [symbol.name, withoutAlias(symbol)] as const);
}

function withoutAlias(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function membersOf(name: string): readonly ts.Symbol[] {
  const symbol = exported.get(name);
  if (symbol === undefined) throw new Error(`There is no export "${name}".`);
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter(isPublic);
}

function hasComment(symbol: ts.Symbol): boolean {
  return symbol.getDocumentationComment(checker).length > 0;
}

function isPublic({ declarations = [] }: ts.Symbol): boolean {
  return !declarations.some(
    (declaration) =>
      ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected) ||
      (ts.isPropertyDeclaration(declaration) && ts.isPrivateIdentifier(declaration.name)),
  );
}

function isOurs({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((declaration) => declaration.getSourceFile().fileName.includes('/packages/'));
}
