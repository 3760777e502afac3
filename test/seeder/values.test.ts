import { Embeddable, Embedded, Enum, Property, type PropertyOptions, t, Type } from '@dovetail/core';
import type { Row } from '@dovetail/core/driver';
import { createSeeder, type SeedDatabase, type Seeder } from '@dovetail/seeder';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, type MemberDecorator } from '../conformance/entity.js';
import { newestDatabases, type TestDatabase } from '../databases/index.js';

enum Size {
  Small = 1,
  Large = 300,
}

class Celsius extends Type<{ readonly degrees: number }, string> {
  getColumnType(): string {
    return 'varchar(20)';
  }
  override convertToDatabaseValue({ degrees }: { readonly degrees: number }): string {
    return `${degrees} C`;
  }
}

@Embeddable()
class Size3 {
  @Property({ type: t.integer }) width!: number;
  @Property({ type: t.string, nullable: true }) unit?: string;
}

const noon = new Date('2024-02-29T12:30:15.250Z');

interface Sample {
  readonly name: string;
  readonly member: MemberDecorator;
  readonly value: unknown;
  /** What the row holds, once databases' own forms of one value are made alike. */
  readonly kept: unknown;
  readonly needs?: 'array-column' | 'native-enum';
}

function property(name: string, options: PropertyOptions, value: unknown, kept: unknown = value): Sample {
  return { name, member: Property(options), value, kept };
}

const samples: readonly Sample[] = [
  property('a string', { type: t.string }, `O'Neil \\ "x" \n 𝄞 $1 ?`),
  property('an empty string', { type: t.string }, ''),
  property('a long text', { type: t.text }, 'x'.repeat(10_000)),
  property('a character', { type: t.character, length: 3 }, 'abc'),
  property('an integer', { type: t.integer }, -2_147_483_648),
  property('a smallint', { type: t.smallint }, 32_767),
  property('a tinyint', { type: t.tinyint }, 127),
  property('a mediumint', { type: t.mediumint }, 8_388_607),
  property('a bigint beyond what a number holds', { type: t.bigint }, 9_007_199_254_740_993n, '9007199254740993'),
  property('a bigint given as a number', { type: t.bigint }, 12, '12'),
  property('a bigint given as a text', { type: t.bigint }, '-9223372036854775808'),
  property('a double', { type: t.double }, 0.1),
  property('a float', { type: t.float }, 1.5),
  property('a decimal', { type: t.decimal, precision: 12, scale: 2 }, '1234567890.25', 1_234_567_890.25),
  property('true', { type: t.boolean }, true),
  property('false', { type: t.boolean }, false),
  property('a uuid', { type: t.uuid }, '0b1a4f0e-5f7c-4a59-9b8b-2e6e2f3d4c5b'),
  property('a date given as a Date', { type: t.date }, new Date('2024-02-29T23:30:00Z'), '2024-02-29'),
  property('a date given as a text', { type: t.date }, '2024-02-29', '2024-02-29'),
  property('a moment', { type: t.datetime, length: 3 }, noon, noon.toISOString()),
  property('a time', { type: t.time }, '12:30:15'),
  property('a time given as a Date', { type: t.time }, new Date('2024-02-29T12:30:15Z'), '12:30:15'),
  property('an object as JSON', { type: t.json }, { a: [1, null, "it's"], b: { c: true } }),
  property('a list as JSON', { type: t.json }, [1, 'two']),
  property('a text as JSON', { type: t.json }, 'text'),
  property('bytes', { type: t.blob }, Buffer.from([0, 255, 39, 92]), '00ff275c'),
  property('bytes in a plain array of them', { type: t.blob }, new Uint8Array([1, 2]), '0102'),
  property('a list of texts', { type: t.array }, ['a', 'b,"c"', '']),
  property('null', { type: t.string, nullable: true }, null),
  property('a null of JSON', { type: t.json, nullable: true }, null),
  property('a value of a custom type', { type: new Celsius() }, { degrees: 21 }, '21 C'),
  { name: 'an enum of texts', member: Enum({ items: ['draft', "it's"] }), value: "it's", kept: "it's" },
  { name: 'an enum of numbers', member: Enum(() => Size), value: Size.Large, kept: 300 },
  { name: 'a list of an enum', member: Enum({ items: ['a', 'b'], array: true }), value: ['b', 'a'], kept: ['b', 'a'] },
  {
    name: 'an embedded object as JSON',
    member: Embedded(() => Size3, { object: true }),
    value: { width: 1 },
    kept: { width: 1 },
  },
  {
    name: 'embedded objects as JSON',
    member: Embedded(() => Size3, { array: true }),
    value: [{ width: 1 }],
    kept: [{ width: 1 }],
  },
  { ...property('a list of numbers', { type: 'number[]' }, [1, 2]), needs: 'array-column' },
  { ...property('a list of moments', { type: 'Date[]' }, [noon], [noon.toISOString()]), needs: 'array-column' },
  {
    name: 'a native enum',
    member: Enum({ items: ['on', 'off'], nativeEnumName: 'switch' }),
    value: 'off',
    kept: 'off',
    needs: 'native-enum',
  },
];

function samplesOn({ capabilities }: TestDatabase): readonly Sample[] {
  return samples.filter(({ needs }) => needs === undefined || capabilities.features.includes(needs));
}

/** The value as the sample states it: drivers give dates, big numbers and JSON each in their own form. */
function alike(found: unknown, kept: unknown): unknown {
  if (found instanceof Uint8Array) return Buffer.from(found).toString('hex');
  if (typeof kept === 'number' || typeof kept === 'boolean')
    return typeof kept === 'boolean' ? Boolean(found) : Number(found);
  if (typeof kept === 'object' && kept !== null) return Array.isArray(found) ? found.map(dateAsText) : parsed(found);
  if (typeof kept !== 'string') return found;
  // Where JSON is kept as a text, it comes as it was written.
  if (found === JSON.stringify(kept)) return kept;
  if (/^\d{4}-\d\d-\d\d$/.test(kept)) return found instanceof Date ? localDay(found) : found;
  if (found instanceof Date) return found.toISOString();
  if (kept.endsWith('Z') && typeof found === 'string') return momentOf(found);
  return typeof found === 'number' || typeof found === 'bigint' ? String(found) : found;
}

function parsed(found: unknown): unknown {
  return typeof found === 'string' ? JSON.parse(found) : found;
}

function dateAsText(item: unknown): unknown {
  return item instanceof Date ? item.toISOString() : item;
}

/** pg gives a date as the local midnight of that day. */
function localDay(found: Date): string {
  const day = (part: number): string => String(part).padStart(2, '0');
  return `${found.getFullYear()}-${day(found.getMonth() + 1)}-${day(found.getDate())}`;
}

function momentOf(found: string): string {
  return new Date(`${found.replace(' ', 'T')}Z`).toISOString();
}

describe.each(newestDatabases)('values on $name', (database) => {
  const all = samplesOn(database).map((sample, index) => ({ ...sample, column: `value${index}` }));
  let row: Row | undefined;

  beforeAll(async () => {
    const site = await database.create();
    const members = new Map(all.map(({ column, member }) => [column, member]));
    const Thing = entity('Thing', { id, ...Object.fromEntries(members) });
    const orm = await site.init({ entities: [Thing] });
    await orm.schema.updateSchema();
    class ThingSeeder implements Seeder {
      async run(db: SeedDatabase): Promise<void> {
        await db.insert(Thing, [Object.fromEntries(all.map(({ column, value }) => [column, value]))]);
      }
    }
    await createSeeder(orm).run(ThingSeeder);
    [row] = await site.connection.query('select * from thing');
    await site.dispose();
  });

  test.each(all)('$name is kept', ({ column, kept }) => {
    expect(alike(row?.[column], kept)).toEqual(kept);
  });

  test.each([
    ['a fraction', 'integer', 1.5],
    ['a number that is another one than was written', 'bigint', 2 ** 53],
    ['no number', 'integer', Number.NaN],
    ...(database.name.startsWith('PostgreSQL') ? [] : [['no number', 'double', Number.NaN] as const]),
  ] as const)('%s is refused for %s', async (_, type, value) => {
    const site = await database.create();
    onTestFinished(() => site.dispose());
    const Thing = entity('Thing', { id, value: Property({ type: t[type] }) });
    const orm = await site.init({ entities: [Thing] });
    await orm.schema.updateSchema();
    class ThingSeeder implements Seeder {
      async run(db: SeedDatabase): Promise<void> {
        await db.insert(Thing, [{ value }]);
      }
    }
    await expect(createSeeder(orm).run(ThingSeeder)).rejects.toMatchObject({
      code: 'invalid-row',
      problems: [{ where: 'Thing.value' }],
    });
  });
});
