import { createReflection } from '@dovetail/reflection';
import { expect, test } from 'vitest';
import { createProject } from '../reflection/project.js';

const count = 1_000;

function entitySource(index: number): string {
  const other = (index * 7 + 1) % count;
  return `
import { Entity, Enum, ManyToOne, type Opt, PrimaryKey, Property, type Rel } from '@dovetail/sqlite';
import { Entity${other} } from './entity${other}.js';

@Entity()
export class Entity${index} {
  @PrimaryKey() id!: number;
  @Property() name!: string;
  @Property() nickname?: string | null;
  @Property() created: Opt<Date> = new Date();
  @Property() size!: bigint;
  @Property() settings?: { readonly dark: boolean };
  @Enum() state!: 'draft' | 'published' | 'gone';
  @ManyToOne() other?: Rel<Entity${other}>;
}
`;
}

async function seconds(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return (performance.now() - before) / 1000;
}

test(`reflection of ${count} entities, from their sources and from the cache`, async () => {
  const names = new Map(Array.from({ length: count }, (_, index) => [`entity${index}.ts`, entitySource(index)]));
  const project = createProject(Object.fromEntries(names));
  const reflect = (): Promise<unknown> =>
    createReflection({ baseDir: project.folder, sources: ['src/*.ts'], cache: 'cache.json' });
  const miss = await seconds(reflect);
  const hits: number[] = [];
  for (let round = 0; round < 5; round += 1) hits.push(await seconds(reflect));
  project.dispose();

  const hit = hits.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  console.log(
    `${count} entities: ${miss.toFixed(2)} s from the sources, ${(hit * 1000).toFixed(0)} ms from the cache, ` +
      `${(miss / hit).toFixed(0)} times quicker`,
  );
  expect(miss / hit).toBeGreaterThanOrEqual(20);
});
