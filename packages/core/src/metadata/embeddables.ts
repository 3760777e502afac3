import type { EntityClass } from './entity-class.js';
import type { DeclarationSource, DiscoveryContext, Member } from './entity-model.js';
import { lineageOf } from './lineage.js';
import { membersOf, sourcesOf, withDiscriminator } from './members.js';

/** What an embedded property holds: the properties of one class, or of the several that it holds one of. */
export interface Embeddable {
  readonly members: readonly Member[];
  readonly sources: readonly DeclarationSource[];
}

export function embeddableOf(classes: readonly EntityClass[], { naming }: DiscoveryContext): Embeddable {
  const perClass = classes.map((target) => membersOf(lineageOf(target), target, false));
  const members = new Map<string, Member>();
  for (const member of perClass.flat()) {
    const { name } = member.declaration;
    const optional = !perClass.every((own) => own.some(({ declaration }) => declaration.name === name));
    if (!members.has(name)) members.set(name, { ...member, optional });
  }
  return {
    members: tellApart([...members.values()], classes, naming.discriminatorColumnName('')),
    sources: classes.flatMap((target) => sourcesOf(lineageOf(target), target, () => false)),
  };
}

function tellApart(
  members: readonly Member[],
  classes: readonly EntityClass[],
  defaultName: string,
): readonly Member[] {
  const [owner] = classes;
  if (owner === undefined || classes.length === 1) return members;
  const options = lineageOf(owner).flatMap(({ declarations }) => declarations.embeddable ?? []);
  const column = options.map(({ discriminatorColumn }) => discriminatorColumn).find((name) => name !== undefined);
  const name = options.map(({ discriminator }) => discriminator).find((stated) => stated !== undefined);
  const stated = name ?? column ?? defaultName;
  return withDiscriminator(members, { name: stated, column: column ?? stated, indexed: false }, owner);
}
