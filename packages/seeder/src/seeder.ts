import type { Connection, EntityClass } from '@dovetail/core';
import type { Key, NewRow } from './new-row.js';

/** What the seeders of one run hand to each other: whatever they put into it. */
export type SeederContext = Record<string, unknown>;

/**
 * Fills a database.
 *
 * @typeParam Context what the seeders of one run hand to each other.
 * @example
 * export class AuthorSeeder implements Seeder {
 *   async run(db: SeedDatabase): Promise<void> {
 *     const [ada] = await db.insert(Author, [{ name: 'Ada' }]);
 *     await db.insert(Book, [{ title: 'Notes', author: ada }]);
 *   }
 * }
 */
export interface Seeder<Context extends object = SeederContext> {
  /** Writes its rows. When it throws, nothing of the whole run stays. */
  run(db: SeedDatabase, context: Context): Promise<void> | void;
}

/** A class of seeders, which needs no arguments. */
export type SeederClass<Context extends object = SeederContext> = new () => Seeder<Context>;

/** What `upsert` goes by. */
export interface UpsertOptions<Entity> {
  /** The properties that tell whether a row exists already. By default those of the primary key. */
  readonly by?: readonly (keyof Entity & string)[];
}

/** The database as a seeder sees it: in entities and properties. */
export interface SeedDatabase {
  /** The connection, in the run's transaction, for statements of your own. */
  readonly connection: Connection;

  /**
   * Inserts rows and gives the key of each, in their order. Many-to-many relations get their rows in the pivot table.
   *
   * @throws DovetailError `invalid-row` where a row has a property that the entity lacks, or a relation without a key;
   * `statement-failed` where the database refuses it.
   *
   * @example
   * const [ada] = await db.insert(Author, [{ name: 'Ada', born: new Date('1815-12-10') }]);
   * await db.insert(Book, [{ title: 'Notes', author: ada }]);
   */
  insert<Entity extends object>(
    entity: EntityClass<Entity>,
    rows: readonly NewRow<Entity>[],
  ): Promise<readonly Key<Entity>[]>;

  /**
   * Updates the rows that exist already and inserts the others, one by one; gives the key of each. To run it again
   * changes nothing. A many-to-many relation that a row gives is then what it gives.
   *
   * @example
   * await db.upsert(Country, [{ code: 'AT', name: 'Austria' }], { by: ['code'] });
   */
  upsert<Entity extends object>(
    entity: EntityClass<Entity>,
    rows: readonly NewRow<Entity>[],
    options?: UpsertOptions<Entity>,
  ): Promise<readonly Key<Entity>[]>;

  /**
   * Deletes all rows of these entities, those that reference others before them, and those of their pivot tables.
   *
   * @throws DovetailError `invalid-row` where tables reference each other and no such column takes null.
   */
  delete(entities: readonly EntityClass[]): Promise<void>;

  /** Deletes all rows of all entities. */
  clear(): Promise<void>;

  /** Runs other seeders, one after the other, in the same transaction and with the same context. */
  call(seeders: readonly SeederClass[]): Promise<void>;
}
