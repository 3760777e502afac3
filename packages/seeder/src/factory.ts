import type { EntityClass } from '@dovetail/core';
import type { Key, NewRow } from './new-row.js';
import type { SeedDatabase } from './seeder.js';

/** Makes rows of one entity. */
export interface Factory<Entity extends object> {
  /** Rows that are not inserted; `given` wins over what the factory makes. */
  make(count: number, given?: NewRow<Entity>): NewRow<Entity>[];
  /** Inserts such rows, and gives their keys. */
  insert(db: SeedDatabase, count: number, given?: NewRow<Entity>): Promise<readonly Key<Entity>[]>;
}

/**
 * A factory makes each row with your function, which a library of fake data serves well.
 *
 * @example
 * const authors = createFactory(Author, () => ({ name: faker.person.fullName() }));
 * const keys = await authors.insert(db, 1000);
 */
export function createFactory<Entity extends object>(
  entity: EntityClass<Entity>,
  make: (index: number) => NewRow<Entity>,
): Factory<Entity> {
  const rows = (count: number, given?: NewRow<Entity>): NewRow<Entity>[] =>
    Array.from({ length: count }, (_, index) => ({ ...make(index), ...given }));
  return {
    make: rows,
    insert: (db, count, given) => db.insert(entity, rows(count, given)),
  };
}
