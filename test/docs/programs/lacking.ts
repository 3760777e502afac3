import {
  Dovetail,
  DovetailError,
  Entity,
  Enum,
  Exclusion,
  Index,
  ManyToOne,
  PrimaryKey,
  Property,
  t,
  Trigger,
  Unique,
} from '@dovetail/sqlite';

@Entity()
class Team {
  @PrimaryKey()
  id!: number;
}

/** Its properties are called after the options that SQLite lacks. */
@Entity({
  schema: 'shop',
  comment: 'what is sold',
  engine: 'InnoDB',
  charset: 'utf8mb4',
  collation: 'utf8mb4_bin',
  rowFormat: 'compressed',
  autoincrementStart: 1000,
  unlogged: true,
  tablespace: 'fast',
  partitionBy: { type: 'hash', expression: 'id' },
})
@Exclusion({ name: 'apart', expression: 'using gist (id with =)' })
class Product {
  @PrimaryKey()
  id!: number;

  @Property({ comment: 'a comment' })
  comment!: string;

  @Property({ charset: 'latin1' })
  charset!: string;

  @Property({ extra: 'on update current_timestamp' })
  extra!: string;

  @Property({ invisible: true })
  invisible!: string;

  @Property({ unsigned: true })
  unsigned!: number;

  @Property({ zerofill: true })
  zerofill!: number;

  @Property({ srid: 4326 })
  srid!: number;

  @Property({ generated: 'identity' })
  identity!: number;

  @Enum({ items: ['a', 'b'], nativeEnumName: 'letter' })
  nativeEnumName!: string;

  @ManyToOne(() => Team, { match: 'full' })
  match!: Team;

  @Property()
  @Unique({ deferMode: 'deferred' })
  deferMode!: number;

  @Property()
  @Unique({ nullsNotDistinct: true })
  nullsNotDistinct!: number;

  @Property()
  @Index({ type: 'gin' })
  type!: number;

  @Property()
  @Index({ include: 'id' })
  include!: number;

  @Property()
  @Index({ columns: [{ name: 'nulls', nulls: 'first' }] })
  nulls!: number;

  @Property()
  @Index({ columns: [{ name: 'length', length: 3 }] })
  length!: number;

  @Property()
  @Index({ columns: [{ name: 'opclass', opclass: 'text_pattern_ops' }] })
  opclass!: number;

  @Property()
  @Index({ invisible: true })
  invisibleIndex!: number;

  @Property()
  @Index({ clustered: true })
  clustered!: number;

  @Property()
  @Index({ disabled: true })
  disabled!: number;

  @Property()
  @Index({ fillFactor: 70 })
  fillFactor!: number;

  @Property()
  @Index({ storage: { fillfactor: 70 } })
  storage!: number;

  @Property()
  @Index({ comment: 'a comment' })
  indexComment!: number;

  @Property()
  @Index({ parser: 'ngram' })
  parser!: number;
}

@Entity({ view: { materialized: true }, expression: 'select 1 as one' })
class MaterializedView {
  @Property()
  one!: number;
}

/** What is said of a table that could be. */
@Entity()
@Trigger({ name: 'truncate', timing: 'before', events: ['truncate'], body: 'select 1;' })
@Trigger({ name: 'statement', timing: 'before', events: ['delete'], forEach: 'statement', body: 'select 1;' })
@Trigger({ name: 'instead', timing: 'instead of', events: ['delete'], body: 'select 1;' })
class Shelf {
  @PrimaryKey({ type: t.integer })
  id!: number;
}

for (const entities of [[Team, Product, MaterializedView], [Shelf]]) {
  try {
    const orm = await Dovetail.init({ entities, dbName: ':memory:' });
    await orm.schema.plan();
  } catch (error) {
    if (!(error instanceof DovetailError)) throw error;
    for (const { where, what } of error.problems) console.log(`${where}: ${what}`);
  }
}
