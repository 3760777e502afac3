import { Dovetail, Entity, type EntityClass, ManyToOne, PrimaryKey, Property } from '@dovetail/sqlite';
import Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small database whose update rebuilds a table that others reference, for tests in this process. */
export interface Shelf {
  readonly dbName: string;
  /** Opens it with the entities after the update. */
  open(options?: { readonly lockTimeout?: number }): Promise<Dovetail>;
  dispose(): Promise<void>;
}

export const consent = { allow: ['data-loss'], assumeRenames: false } as const;

export async function makeShelf(items: number): Promise<Shelf> {
  const folder = await mkdtemp(join(tmpdir(), 'dovetail-shelf-'));
  const dbName = join(folder, 'shelf.db');
  const old = await Dovetail.init({ entities: before(), dbName });
  await old.schema.createSchema();
  await old.close();
  fill(dbName, items);

  const opened: Dovetail[] = [];
  return {
    dbName,
    async open({ lockTimeout = 10_000 } = {}) {
      const orm = await Dovetail.init({ entities: after(), dbName, schemaGenerator: { lockTimeout } });
      opened.push(orm);
      return orm;
    },
    async dispose() {
      for (const orm of opened) await orm.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function fill(dbName: string, items: number): void {
  const database = new Database(dbName);
  database.exec(`
    insert into shelf (id, place) values (1, 'left'), (2, 'right');
    with recursive number (n) as (select 1 union all select n + 1 from number where n < ${items})
    insert into item (name, weight, shelf_id) select printf('item %.90d', n), n, n % 2 + 1 from number;`);
  database.close();
}

function before(): EntityClass[] {
  @Entity()
  class Shelf {
    @PrimaryKey()
    id!: number;
    @Property()
    place!: string;
  }

  @Entity()
  class Item {
    @PrimaryKey()
    id!: number;
    @Property()
    name!: string;
    @Property()
    weight!: number;
    @ManyToOne(() => Shelf, { deleteRule: 'cascade' })
    shelf!: object;
  }
  return [Shelf, Item];
}

function after(): EntityClass[] {
  @Entity()
  class Box {
    @PrimaryKey()
    id!: number;
    @Property()
    label!: string;
  }

  @Entity()
  class Shelf {
    @PrimaryKey()
    id!: number;
    @Property({ length: 50, check: "position <> ''", previousName: 'place' })
    position!: string;
  }

  @Entity()
  class Item {
    @PrimaryKey()
    id!: number;
    @Property({ index: true })
    name!: string;
    @Property({ type: 'text' })
    weight!: string;
    @Property({ default: 'none' })
    colour!: string;
    @ManyToOne(() => Shelf, { deleteRule: 'cascade' })
    shelf!: object;
    @ManyToOne(() => Box, { nullable: true })
    box?: object;
  }
  return [Box, Shelf, Item];
}
