import { DovetailError, explain, type Plan, type Progress } from '@dovetail/core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDatabase } from './database-file.js';
import { type Evolution, evolution, runScript, schemaOf, withHints } from './evolution.fixture.js';

let opened: Evolution[] = [];

afterEach(async () => {
  for (const { connection } of opened) await connection.close();
  opened = [];
});

async function open(script: string, dbName?: string): Promise<Evolution> {
  const site = await evolution(script, dbName);
  opened.push(site);
  return site;
}

async function failure(run: Promise<unknown>): Promise<DovetailError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof DovetailError) return error;
    throw error;
  }
  throw new Error('It succeeded.');
}

const parsePlan: (text: string) => Plan = JSON.parse;

const customer = 'create table customer (id integer primary key, name text);';
const customers = `${customer} insert into customer values (1, 'Ada'), (2, 'Max');`;

describe('updateSchema', () => {
  it('makes the database fit, gives the plan that did it, and has nothing to do after that', async () => {
    const site = await open(customers);
    const generator = await site.towards('create table customer (id integer primary key, name text, email text);');
    const plan = await generator.updateSchema();
    expect(plan.steps.map(({ sql }) => sql)).toEqual(['alter table "customer" add column "email" text']);
    expect(await generator.updateSchema()).toMatchObject({ steps: [] });
    expect(await generator.getUpdateSchemaSQL()).toBe('');
    expect(explain(await generator.plan())).toBe('');
  });

  it('reports each step before and after', async () => {
    const site = await open(customers);
    const generator = await site.towards(`${customer} create table a (x); create table b (x);`);
    const progress: string[] = [];
    const onProgress = ({ kind, step, number, total }: Progress): void => {
      progress.push(`${kind} ${number} of ${total}: ${step.description}`);
    };
    await generator.updateSchema({ onProgress });
    expect(progress).toEqual([
      'started 1 of 2: Creates the table "a".',
      'finished 1 of 2: Creates the table "a".',
      'started 2 of 2: Creates the table "b".',
      'finished 2 of 2: Creates the table "b".',
    ]);
  });

  it('is rolled back when the caller stops it, or fails while it is told of a step', async () => {
    const site = await open(customers);
    const generator = await site.towards(`${customer} create table a (x); create table b (x);`);
    const before = await site.catalog();

    const stop = new AbortController();
    const stopped = await failure(
      generator.updateSchema({ signal: stop.signal, onProgress: () => stop.abort('enough') }),
    );
    expect(stopped).toMatchObject({ code: 'aborted', cause: 'enough' });
    expect(await failure(generator.updateSchema({ signal: stop.signal }))).toMatchObject({ code: 'aborted' });

    const failing = generator.updateSchema({
      onProgress: ({ number }) => {
        if (number === 2) throw new Error('terminal gone');
      },
    });
    await expect(failing).rejects.toThrow('terminal gone');
    expect(await site.catalog()).toEqual(before);
  });

  it('refuses to lose values, with their number, unless the caller consents', async () => {
    const site = await open(`${customers} create table log (x); insert into log values (1), (2), (3);`);
    const generator = await site.towards('create table customer (id integer primary key);');
    const refused = await failure(generator.updateSchema());
    expect(refused.code).toBe('precheck-failed');
    expect(refused.problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'customer.name: 2 rows hold a value that would be lost with the column',
      'log: 3 rows would be lost with the table',
    ]);
    await generator.updateSchema({ allow: ['data-loss'] });
    expect(Object.keys(await site.catalog())).toEqual(['customer']);
  });

  it('drops what is empty without asking', async () => {
    const site = await open(`${customer} create table log (x); insert into customer (id) values (1);`);
    await (await site.towards('create table customer (id integer primary key);')).updateSchema();
    expect(await site.catalog()).toEqual({ customer: 'CREATE TABLE customer (id integer primary key)' });
  });

  it('leaves tables that no entity describes, when it is told to', async () => {
    const site = await open(`${customer} create table other (id integer primary key, name text);`);
    const generator = await site.towards('create table another (id integer primary key, name text);');
    await generator.updateSchema({ dropTables: false });
    expect(Object.keys(await site.catalog())).toEqual(['another', 'customer', 'other']);
    expect(await generator.getUpdateSchemaSQL({ dropTables: false })).toBe('');
  });

  it('drops and loses nothing when it is safe, whatever else is allowed', async () => {
    const site = await open(`
      create table t (a text, b integer, c integer, d text);
      insert into t values ('007', 1, 2, 'x');
      create table gone (x);`);
    const generator = await site.towards('create table t (a integer, c integer as (1), d text not null);');
    await generator.updateSchema({ safe: true, allow: ['data-loss'] });
    expect(await site.rows('select * from t')).toEqual([{ a: '007', b: 1, c: 2, d: 'x' }]);
    expect(Object.keys(await site.catalog())).toEqual(['gone', 't']);
    expect(await generator.getUpdateSchemaSQL({ safe: true })).toBe('');
  });

  it('plans anew when another update comes first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
    const dbName = join(folder, 'test.db');
    try {
      await ensureDatabase({ dbName });
      const [first, second] = [await open('', dbName), await open('', dbName)];
      const plans = await Promise.all([
        (await first.towards(customer)).updateSchema(),
        (await second.towards(customer)).updateSchema(),
      ]);
      expect(plans.map(({ steps }) => steps.length).sort()).toEqual([0, 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('may run twice at once on one connection', async () => {
    const site = await open('pragma foreign_keys = on;');
    const generator = await site.towards(`${customer} create table a (x);`);
    await Promise.all([generator.updateSchema(), generator.updateSchema(), generator.updateSchema()]);
    expect(Object.keys(await site.catalog())).toEqual(['a', 'customer']);
    expect(await site.rows('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  });

  it('says which statement failed, and leaves everything as it was', async () => {
    const site = await open(`${customer} create view v as select name from customer;`);
    const before = await site.catalog();
    const error = await failure((await site.towards('create table customer (id integer primary key);')).updateSchema());
    expect(error.code).toBe('statement-failed');
    expect(error.problems).toMatchObject([{ where: 'Drops the column "name" of "customer".' }]);
    expect(error.message).toContain('error in view v');
    expect(error.cause).toBeInstanceOf(Error);
    expect(await site.catalog()).toEqual(before);
  });
});

describe('a plan', () => {
  it('can be stored as JSON and applied later', async () => {
    const site = await open(customers);
    const desired = await schemaOf(`
      create table client (id integer primary key autoincrement, full_name text not null, born date);
      create unique index by_name on client (full_name);
      create view v as select id from client;`);
    const generator = await site.towards(withHints(desired, { client: 'customer', 'client.full_name': 'name' }));
    const plan = await generator.plan();
    const stored = parsePlan(JSON.stringify(plan));
    expect(explain(stored)).toBe(explain(plan));
    await generator.apply(stored);
    expect(await generator.getUpdateSchemaSQL()).toBe('');
    expect(await site.rows('select id, full_name from client')).toEqual([
      { id: 1, full_name: 'Ada' },
      { id: 2, full_name: 'Max' },
    ]);
  });

  it('is the same each time it is made', async () => {
    const site = await open(customers);
    const generator = await site.towards('create table b (x); create table a (y);');
    expect(await generator.plan()).toEqual(await generator.plan());
  });

  it('is refused when the database has changed meanwhile', async () => {
    const site = await open(customer);
    const generator = await site.towards(`${customer} create table a (x);`);
    const plan = await generator.plan();
    await site.run('create table b (x);');
    expect(await failure(generator.apply(plan))).toMatchObject({ code: 'schema-changed' });
    expect(Object.keys(await site.catalog())).toEqual(['b', 'customer']);
  });

  it('is refused by another database', async () => {
    const generator = await (await open('')).towards(customer);
    const plan = await generator.plan();
    expect(await failure(generator.apply({ ...plan, database: 'Other' }))).toMatchObject({
      code: 'invalid-configuration',
    });
  });

  it('takes no more than its words when rows have changed meanwhile', async () => {
    const site = await open(customer);
    const generator = await site.towards('create table customer (id integer primary key);');
    const plan = await generator.plan();
    await site.run("insert into customer values (1, 'Ada')");
    expect(await failure(generator.apply(plan))).toMatchObject({ code: 'precheck-failed' });
  });

  it('is refused where a table that would be made anew has what the model cannot express', async () => {
    const site = await open('create table t (a text unique on conflict replace, b text);');
    const rebuild = await failure((await site.towards('create table t (a text unique, b integer);')).updateSchema());
    expect(rebuild).toMatchObject({ code: 'unmodelled-feature', problems: [{ where: 't' }] });
    const empty = await site.towards('');
    expect(await failure(empty.updateSchema())).toMatchObject({ code: 'unmodelled-feature' });
    await empty.updateSchema({ allow: ['data-loss'] });
    expect(await site.catalog()).toEqual({});
  });
});

describe('the SQL of an update', () => {
  const before = `
    create table person (id integer primary key autoincrement, name text, born text);
    insert into person (name, born) values ('Ada', '1815'), ('Max', '1858');
    delete from person where id = 2;
    create table letter (id integer primary key, author integer references person (id) on delete cascade, body text);
    insert into letter values (1, 1, 'Dear');
    create index by_author on letter (author);
    create trigger touch after update on person begin delete from letter where author = -1; end;
    create view authors as select name from person;`;
  const after = `
    create table human (id integer primary key autoincrement, name text not null, born integer);
    create table letter (id integer primary key, writer integer references human (id) on delete cascade, body text default '');
    create index by_author on letter (writer desc);
    create view authors as select name, born from human;
    create table tag (name text primary key) without rowid;`;

  it('runs as it stands, and does what updateSchema does', async () => {
    const site = await open(before);
    const desired = withHints(await schemaOf(after), { human: 'person', 'letter.writer': 'author' });
    const generator = await site.towards(desired);
    const script = await generator.getUpdateSchemaSQL();
    await generator.updateSchema();

    const other = runScript(before, script);
    const query = 'select type, name, tbl_name, sql from sqlite_schema order by type, name';
    expect(other.prepare(query).all()).toEqual(await site.rows(query));
    for (const table of ['human', 'letter', 'tag', 'authors', 'sqlite_sequence']) {
      const rows = await site.rows(`select * from ${table}`);
      expect(other.prepare(`select * from ${table}`).all()).toEqual(rows);
    }
    expect(other.pragma('foreign_keys', { simple: true })).toBe(1);
    other.close();
    expect(await site.rows('select * from letter')).toEqual([{ id: 1, writer: 1, body: 'Dear' }]);
    expect(await site.rows('select name, seq from sqlite_sequence')).toEqual([{ name: 'human', seq: 2 }]);
  });

  it('is wrapped unless the caller wants it bare', async () => {
    const generator = await (await open('')).towards('create table a (x);');
    expect(await generator.getUpdateSchemaSQL()).toBe(
      'pragma foreign_keys = off;\nbegin immediate;\n\ncreate table "a" (\n  "x"\n);\n\ncommit;\npragma foreign_keys = on;\n',
    );
    expect(await generator.getUpdateSchemaSQL({ wrap: false })).toBe('create table "a" (\n  "x"\n);\n');
  });

  it('switches foreign keys off where a table is dropped, even if the configuration says otherwise', async () => {
    const site = await open('create table a (x); create table b (x);');
    const options = { disableForeignKeys: false };
    expect(await (await site.towards('create table a (x);', options)).getUpdateSchemaSQL()).toContain('pragma');
    const adding = await site.towards('create table a (x, y); create table b (x);', options);
    expect(await adding.getUpdateSchemaSQL()).toBe('alter table "a" add column "y";\n');
  });
});

describe('what is out of scope', () => {
  it('is left as it is: tables, views and columns', async () => {
    const site = await open(`
      create table log (x); insert into log values (1);
      create table t (a text, secret text check (secret <> ''));
      create index by_secret on t (secret);
      insert into t values ('x', 'y');`);
    const options = { skipTables: [/^log$/], skipColumns: { t: ['secret'] } };
    const generator = await site.towards('create table t (a integer);', options);
    await generator.updateSchema();
    expect(await generator.getUpdateSchemaSQL()).toBe('');
    expect(await site.rows('select * from t')).toEqual([{ a: 'x', secret: 'y' }]);
    expect(Object.keys(await site.catalog())).toEqual(['by_secret', 'log', 't']);
    await expect(site.run("insert into t values (1, '')")).rejects.toThrow('CHECK constraint failed');
  });

  it('is not created either', async () => {
    const site = await open('');
    const desired =
      'create table log (x); create table t (a text, secret text check (secret > 1)); create index i on t (secret);';
    const generator = await site.towards(desired, { skipTables: ['log'], skipColumns: { T: [/SECRET/i] } });
    expect(await generator.getCreateSchemaSQL({ wrap: false })).toBe('create table "t" (\n  "a" text\n);\n');
    await generator.createSchema();
    expect(await generator.getUpdateSchemaSQL()).toBe('');
    expect(Object.keys(await site.catalog())).toEqual(['t']);
  });
});

describe('createSchema', () => {
  it('creates the tables of the entities beside others', async () => {
    const site = await open(
      "create table other (id integer primary key, name text); insert into other values (1, 'x');",
    );
    await (await site.towards(customer)).createSchema();
    expect(Object.keys(await site.catalog())).toEqual(['customer', 'other']);
  });

  it('is an error where some exist', async () => {
    const site = await open(customer);
    const error = await failure((await site.towards(`${customer} create table a (x);`)).createSchema());
    expect(error).toMatchObject({ code: 'already-exists', problems: [{ where: 'customer' }] });
    expect(Object.keys(await site.catalog())).toEqual(['customer']);
  });

  it('has its SQL, whatever the database holds', async () => {
    const generator = await (await open(customer)).towards(customer);
    expect(await generator.getCreateSchemaSQL({ wrap: false })).toContain('create table "customer"');
  });
});

describe('dropSchema', () => {
  const shop = `${customers}
    create table orders (id integer primary key, customer integer references customer (id) on delete cascade);
    insert into orders values (1, 1);
    create view v as select * from customer;`;

  it('drops the tables and views of the entities, with their rows', async () => {
    const site = await open(shop);
    const generator = await site.towards(shop);
    await generator.dropSchema();
    expect(await site.catalog()).toEqual({});
    expect(await generator.getDropSchemaSQL()).toBe('');
  });

  it('asks for consent before it drops rows that no entity describes', async () => {
    const site = await open(`${shop} create table foreign_rows (x); insert into foreign_rows values (1);`);
    const generator = await site.towards(shop);
    expect(await failure(generator.dropSchema())).toMatchObject({
      code: 'precheck-failed',
      problems: [{ where: 'foreign_rows' }],
    });
    await generator.dropSchema({ dropTables: false });
    expect(Object.keys(await site.catalog())).toEqual(['foreign_rows']);
    await generator.dropSchema({ allow: ['data-loss'] });
    expect(await site.catalog()).toEqual({});
  });

  it('is refused where rows of tables that stay reference those that go', async () => {
    const site = await open(shop);
    const error = await failure((await site.towards(customer)).dropSchema({ dropTables: false }));
    expect(error.code).toBe('not-verified');
    expect(error.problems.map(({ where }) => where)).toContain('orders');
    expect(await site.rows('select * from customer')).toHaveLength(2);
  });

  it('is followed by createSchema in refreshDatabase and in generate', async () => {
    const site = await open(shop);
    const generator = await site.towards(shop);
    const script = await generator.generate();
    await generator.refreshDatabase();
    expect(await site.rows('select * from customer')).toEqual([]);

    const other = runScript(shop, script);
    const query = 'select name, sql from sqlite_schema order by name';
    expect(other.prepare(query).all()).toEqual(await site.rows(query));
    other.close();
    await generator.refreshDatabase({ createSchema: false });
    expect(await site.catalog()).toEqual({});
  });
});

describe('clearDatabase', () => {
  it('removes the rows of the entities and starts their numbering anew', async () => {
    const tables = `
      create table a (id integer primary key autoincrement, b integer references b (id));
      create table b (id integer primary key, a integer references a (id));
      create table log (x);
      create trigger note after delete on a begin insert into log values (old.id); end;`;
    const site = await open(`${tables} create table other (x);
      insert into b values (1, null); insert into a values (1, 1); update b set a = 1;
      insert into log values (7); insert into other values (1);`);
    await (await site.towards(tables)).clearDatabase();
    for (const table of ['a', 'b', 'log', 'sqlite_sequence'])
      expect(await site.rows(`select * from ${table}`)).toEqual([]);
    expect(await site.rows('select * from other')).toHaveLength(1);
  });
});

describe('verification', () => {
  let site: Evolution;

  beforeEach(async () => {
    site = await open(customers);
  });

  it('rolls back what does not lead to the entities', async () => {
    const generator = await site.towards(`${customer} create table a (x);`);
    const plan = await generator.plan();
    const wrong = { ...plan, steps: plan.steps.map((step) => ({ ...step, sql: 'create table b (x)' })) };
    const error = await failure(generator.apply(wrong));
    expect(error.code).toBe('not-verified');
    expect(error.problems.map(({ where }) => where)).toEqual(['a', 'b']);
    expect(Object.keys(await site.catalog())).toEqual(['customer']);
  });

  it('waits for no lock where there is nothing to do', async () => {
    const generator = await site.towards(customer);
    await site.connection.execute('begin');
    expect((await generator.updateSchema()).steps).toEqual([]);
    await site.connection.execute('rollback');
  });
});
