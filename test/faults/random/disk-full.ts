import type { Connection } from '@dovetail/core';
import type { Fault, Victim } from './faults.js';
import { updateOptions, withConnection } from './place.js';

/** A disk that is full when the update needs more of it than a share of what it takes. */
export const diskFull: Fault = async (victim) => {
  const plan = await victim.orm.schema.plan(updateOptions);
  return withFullDisk(victim, () =>
    victim.orm.schema.apply(plan).then(
      () => false,
      () => true,
    ),
  );
};

function withFullDisk(victim: Victim, body: () => Promise<boolean>): Promise<boolean> {
  const { place, access } = victim;
  switch (place.system) {
    case 'SQLite':
      return withFullDatabase(victim, body);
    case 'PostgreSQL':
      return withConnection(access, (other) => withFullFile(other, fullFiles.PostgreSQL, victim, body));
    case 'MariaDB':
      return withConnection(access, (other) => withFullFile(other, fullFiles.MariaDB, victim, body));
    case 'MySQL':
      return withConnection(access, (other) => withFullTablespace(other, victim, body));
  }
}

async function withFullDatabase({ orm, share }: Victim, body: () => Promise<boolean>): Promise<boolean> {
  const [size] = await orm.connection.query('pragma page_count');
  await orm.connection.query(`pragma max_page_count = ${Number(size?.page_count) + Math.floor(share * 8)}`);
  return body();
}

/** A server whose files can't be extended beyond a size. */
interface FullFile {
  readonly limits: { readonly fileMegabytes: number };
  readonly settings: readonly string[];
  /** As many rows of the journal as just fit. */
  readonly rows: number;
  /** A table of numbers, in SQL. */
  numbers(from: number, to: number): string;
  /** Writes the journal's table anew. */
  readonly shrink: string;
}

export const fullFiles: Readonly<Record<'PostgreSQL' | 'MariaDB', FullFile>> = {
  PostgreSQL: {
    limits: { fileMegabytes: 2 },
    settings: [],
    rows: 22_000,
    numbers: (from, to) => `generate_series(${from}, ${to}) as numbers (seq)`,
    shrink: 'vacuum full fault_journal',
  },
  MariaDB: {
    limits: { fileMegabytes: 24 },
    settings: ['--innodb-log-file-size=16M', '--innodb-autoextend-increment=1'],
    rows: 150_000,
    numbers: (from, to) => `seq_${from}_to_${to}`,
    shrink: 'optimize table fault_journal',
  },
};

/** A table of the journal is so large that it can't be written anew, or not with one more column in each row. */
async function withFullFile(
  other: Connection,
  { rows, numbers, shrink }: FullFile,
  { share }: Victim,
  body: () => Promise<boolean>,
): Promise<boolean> {
  const first = 5_000_000;
  const added = numbers(first, first + Math.floor(rows * (1 - share / 2)));
  await other.execute(`insert into fault_journal (id, note) select seq, repeat('x', 50) from ${added}`);
  const isHit = await body();
  await other.execute(`delete from fault_journal where id >= ${first}`);
  await other.execute(shrink);
  return isHit;
}

/** The settings of a server whose tables that share a tablespace have so much room. */
export const fullTablespace = [
  '--innodb-data-file-path=ibdata1:12M:autoextend:max:24M',
  '--innodb-autoextend-increment=1',
];

/** What is made anew goes into the tablespace that has an end, and that another database has filled. */
async function withFullTablespace(
  other: Connection,
  { share }: Victim,
  body: () => Promise<boolean>,
): Promise<boolean> {
  await other.execute('set global innodb_file_per_table = off');
  await other.execute('create database fault_filler');
  try {
    for (const table of ['slack', 'rest'])
      await other.execute(`create table fault_filler.${table} (id int primary key auto_increment, data longblob)`);
    await fill(other, 'slack', 65_536, Math.floor(share * 32));
    for (const size of [1_048_576, 131_072]) await fill(other, 'rest', size, Infinity);
    await other.execute('drop table fault_filler.slack');
    return await body();
  } finally {
    await other.execute('drop database fault_filler');
    await other.execute('set global innodb_file_per_table = on');
  }
}

/** Adds rows of that size, as many as are wanted or as there is room for. */
async function fill(other: Connection, table: string, size: number, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const isAdded = await other.execute(`insert into fault_filler.${table} (data) values (repeat('x', ${size}))`).then(
      () => true,
      () => false,
    );
    if (!isAdded) return;
  }
}
