import type { NameMetadata } from '../metadata/entity-metadata.js';
import { compareText, displayName, memberKey, objectKey } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';
import { shortenIdentifier, shortHash } from '../naming/shorten.js';
import type { BuildContext } from './context.js';

/** An object of a table, all but its name: names are settled when all of them are known. */
export interface Unnamed<Item extends object = object> {
  readonly item: Item;
  readonly name: NameMetadata;
  readonly origin: string;
}

/** What else a name may not be the same as: an index that carries a constraint has to be unique among both. */
export type NameKind = 'index' | 'constraint';

export interface NameClaim {
  readonly owner: ObjectName;
  readonly unnamed: Unnamed;
  readonly kinds: readonly NameKind[];
}

/**
 * Decides the name of every index and constraint. Names that a person chose stay as they are. Derived names are
 * shortened to the database's limit; where several objects would get one name, one keeps it and the others get a hash
 * of what they are, so that the order of the entities makes no difference.
 *
 * @param relations the tables and views: an index that shares their namespace can't have the name of one.
 */
export function settleNames(
  claims: readonly NameClaim[],
  relations: readonly ObjectName[],
  context: BuildContext,
): ReadonlyMap<Unnamed, string> {
  const taken = takenByRelations(relations, context);
  const names = new Map<Unnamed, string>();
  const settle = (claim: NameClaim, name: string): void => {
    names.set(claim.unnamed, name);
    for (const key of keysOf(claim, name, context)) taken.set(key, claim.unnamed.origin);
  };

  for (const claim of claims.filter(({ unnamed }) => unnamed.name.explicit)) {
    reportUnusable(claim, taken, context);
    settle(claim, claim.unnamed.name.text);
  }
  const derived = claims.filter(({ unnamed }) => !unnamed.name.explicit);
  const { free, contested } = byContest(derived, taken, context);
  for (const [claim, name] of free) settle(claim, name);
  for (const { claim, identity } of inOrderOfIdentity(contested)) {
    for (const candidate of candidates(claim.unnamed.name.text, identity)) {
      const name = withinLimit(candidate, context);
      if (keysOf(claim, name, context).some((key) => taken.has(key))) continue;
      settle(claim, name);
      break;
    }
  }
  return names;
}

/** The claims that are alone in asking for their name, and those that are not: order matters to these alone. */
function byContest(
  claims: readonly NameClaim[],
  taken: ReadonlyMap<string, string>,
  context: BuildContext,
): { readonly free: ReadonlyMap<NameClaim, string>; readonly contested: readonly NameClaim[] } {
  const asking = new Map<string, NameClaim>();
  const free = new Map<NameClaim, string>();
  const contested = new Set<NameClaim>();
  for (const claim of claims) {
    const name = withinLimit(claim.unnamed.name.text, context);
    free.set(claim, name);
    for (const key of keysOf(claim, name, context)) {
      const other = asking.get(key);
      if (other !== undefined) contested.add(other);
      if (other !== undefined || taken.has(key)) contested.add(claim);
      asking.set(key, claim);
    }
  }
  for (const claim of contested) free.delete(claim);
  return { free, contested: [...contested] };
}

/** The objects with the names that were settled for them. */
export function withNames<Item extends object>(
  items: readonly Unnamed<Item>[],
  names: ReadonlyMap<Unnamed, string>,
): readonly (Item & { readonly name: string })[] {
  return items.map((unnamed) => ({ name: names.get(unnamed) ?? unnamed.name.text, ...unnamed.item }));
}

/** Reports a name that a person chose, or that can't be shortened because expressions may use it. */
export function reportTooLong(name: string, origin: string, context: BuildContext): void {
  const { driver, capabilities, report } = context;
  const { identifierLimit } = capabilities;
  if (identifierLimit === undefined || withinLimit(name, context) === name) return;
  report.invalid({
    where: origin,
    what: `the name "${name}" is longer than the ${identifierLimit.length} ${identifierLimit.unit} that ${driver.name} allows`,
    remedy: 'Choose a shorter name.',
  });
}

function takenByRelations(relations: readonly ObjectName[], context: BuildContext): Map<string, string> {
  if (context.capabilities.indexNameScope === 'table') return new Map();
  return new Map(
    relations.map((relation) => [
      namespaceKey(relation, relation.name, context),
      `the table or view ${displayName(relation)}`,
    ]),
  );
}

function reportUnusable(claim: NameClaim, taken: ReadonlyMap<string, string>, context: BuildContext): void {
  const { name, origin } = claim.unnamed;
  reportTooLong(name.text, origin, context);
  const key = keysOf(claim, name.text, context).find((candidate) => taken.has(candidate));
  if (key === undefined) return;
  context.report.invalid({
    where: origin,
    what: `the name "${name.text}" is already that of ${taken.get(key) ?? 'another object'}`,
    remedy: 'Choose another name.',
  });
}

function keysOf({ owner, kinds }: NameClaim, name: string, context: BuildContext): string[] {
  const { indexNameScope, constraintNameScope } = context.capabilities;
  return kinds.map((kind) => {
    if (kind === 'index' && indexNameScope === 'namespace') return namespaceKey(owner, name, context);
    const scope = kind === 'constraint' && constraintNameScope === 'namespace' ? { ...owner, name: '' } : owner;
    return JSON.stringify([kind, objectKey(scope, context.driver.comparison), fold(name, context)]);
  });
}

/** Where indexes share the names of tables, both fold alike. */
function namespaceKey(owner: ObjectName, name: string, { driver }: BuildContext): string {
  return memberKey(owner, name, driver.comparison);
}

function withinLimit(name: string, { capabilities }: BuildContext): string {
  const { identifierLimit } = capabilities;
  return identifierLimit === undefined ? name : shortenIdentifier(name, identifierLimit);
}

function fold(name: string, { driver }: BuildContext): string {
  return driver.comparison.foldName(name);
}

function inOrderOfIdentity(
  claims: readonly NameClaim[],
): readonly { readonly claim: NameClaim; readonly identity: string }[] {
  return claims
    .map((claim) => ({ claim, identity: identityOf(claim) }))
    .sort((a, b) => compareText(a.identity, b.identity));
}

/** What the object is, whatever the order in which it was declared. */
function identityOf({ owner, unnamed, kinds }: NameClaim): string {
  return JSON.stringify([owner.schema ?? null, owner.name, kinds, unnamed.name.text, unnamed.item]);
}

function* candidates(text: string, identity: string): Generator<string> {
  yield text;
  for (let attempt = 0; ; attempt += 1) {
    yield `${text}_${shortHash(`${attempt} ${identity}`)}`;
  }
}
