import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type UnpackedPackage, unpackDebianPackage } from './debian-package.js';
import { crashAndWait, freePort, type RunningServer, ServerProcess, type ServerSettings } from './server-process.js';

/** What differs between MySQL and MariaDB until they answer. */
interface Kind {
  readonly package: string;
  readonly suite?: string;
  readonly program: string;
  readonly options: readonly string[];
  /** Fills an empty data folder. */
  initialise(server: UnpackedPackage, program: readonly string[], data: string): Promise<void>;
}

/** MySQL is in no release of Debian, and in its unstable suite. */
const mysql: Kind = {
  package: 'mysql-server-core',
  suite: 'unstable',
  program: 'usr/sbin/mysqld',
  options: ['--mysqlx=OFF', '--secure-file-priv=NULL'],
  initialise: async (_server, program, data) => runTo([...program, `--datadir=${data}`, '--initialize-insecure']),
};

/** Debian's release has a version with long support; its unstable suite has a later one. */
const mariadb: Kind = {
  package: 'mariadb-server-core',
  ...(process.env.DOVETAIL_TEST_MARIADB_SUITE && { suite: process.env.DOVETAIL_TEST_MARIADB_SUITE }),
  program: 'usr/sbin/mariadbd',
  options: [],
  async initialise({ folder }, program, data) {
    const prefix = basename(shareOf(folder));
    const files = ['system_tables', 'performance_tables', 'system_tables_data'];
    const texts = files.map((file) => readFile(join(shareOf(folder), `${prefix}_${file}.sql`), 'utf8'));
    const sql = ['create database mysql;', 'use mysql;', ...(await Promise.all(texts)), passwordlessRoot];
    runTo([...program, `--datadir=${data}`, '--bootstrap'], sql.join('\n'));
  },
};

/** On Debian, root of MariaDB is the machine's root alone. */
const passwordlessRoot = `replace into global_priv values ('localhost', 'root', json_object('access', -1,
'plugin', 'mysql_native_password', 'authentication_string', ''));\n`;

type Limits = Pick<ServerSettings, 'fileMegabytes'>;

/** @param settings of the server, as its command line has them: `--sql-mode=ANSI_QUOTES`. */
export function startMysql(
  cache: string,
  settings: readonly string[] = [],
  limits: Limits = {},
): Promise<RunningServer> {
  return start(cache, mysql, settings, limits);
}

/** @param settings of the server, as its command line has them: `--sql-mode=ANSI_QUOTES`. */
export function startMariadb(
  cache: string,
  settings: readonly string[] = [],
  limits: Limits = {},
): Promise<RunningServer> {
  return start(cache, mariadb, settings, limits);
}

async function start(cache: string, kind: Kind, settings: readonly string[], limits: Limits): Promise<RunningServer> {
  const unpacked = await unpackDebianPackage(cache, kind.package, kind.suite);
  const program = commandLine(unpacked, kind);
  const folder = await mkdtemp(join(await quickFolder(), 'dovetail-server-'));
  const data = join(folder, 'data');
  await mkdir(temporaryFiles(folder));
  await cp(await initialised(unpacked, program, kind, settings.filter(isLasting)), data, { recursive: true });

  const port = await freePort();
  const command = [...program, `--datadir=${data}`, ...ownPlaces(folder, port), ...forTests, ...settings];
  const server = new ServerProcess(command, { folder, ...limits });
  const stop = (): Promise<void> => server.stop();
  const answers = async (): Promise<void> => {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
    await connection.end();
  };
  try {
    await server.whenReady(answers);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `mysql://root@127.0.0.1:${port}`, crash: () => crashAndWait(server, answers), stop };
}

/** The program knows the paths of an installed server, and is not where it was built for. */
function commandLine(server: UnpackedPackage, { program, options }: Kind): readonly string[] {
  const { folder } = server;
  return [
    ...server.command(program),
    '--no-defaults',
    `--lc-messages-dir=${shareOf(folder)}`,
    `--character-sets-dir=${join(shareOf(folder), 'charsets')}`,
    `--plugin-dir=${join(folder, 'usr/lib/mysql/plugin')}`,
    // Servers refuse to run as root unless they are told to.
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    ...options,
  ];
}

/** MariaDB 11 has its own name in there. */
function shareOf(folder: string): string {
  const own = join(folder, 'usr/share/mariadb');
  return existsSync(own) ? own : join(folder, 'usr/share/mysql');
}

function ownPlaces(folder: string, port: number): readonly string[] {
  const files = [`--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`];
  return ['--bind-address=127.0.0.1', `--port=${port}`, `--tmpdir=${temporaryFiles(folder)}`, ...files];
}

/** A server of MariaDB that starts removes the temporary tables that it finds, those of other servers included. */
function temporaryFiles(folder: string): string {
  return join(folder, 'tmp');
}

/** Nothing of a test has to survive a power failure, so nothing waits for the disk. */
const forTests = [
  '--skip-log-bin',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
  '--innodb-doublewrite=0',
  '--innodb-stats-persistent=0',
  '--innodb-buffer-pool-size=256M',
];

/** Where files are in memory, if they fit there. */
async function quickFolder(): Promise<string> {
  const memory = '/dev/shm';
  const enough = 4 * 2 ** 30;
  const space = await statfs(memory).catch(() => undefined);
  return space !== undefined && space.bavail * space.bsize > enough ? memory : tmpdir();
}

/** MySQL takes no other value than the one that a data folder was made with (refman/9.7/en/identifier-case-sensitivity.html). */
function isLasting(setting: string): boolean {
  return setting.startsWith('--lower-case-table-names=');
}

/** A data folder that is only ever copied, for each of the settings that last. */
async function initialised(
  server: UnpackedPackage,
  program: readonly string[],
  kind: Kind,
  lasting: readonly string[],
): Promise<string> {
  const data = `${server.folder}-data${lasting.join('')}`;
  if (existsSync(data)) return data;
  const work = await mkdtemp(`${data}-`);
  await kind.initialise(server, [...program, ...lasting], work);
  await rename(work, data).catch((error: unknown) => {
    if (!existsSync(data)) throw error;
  });
  return data;
}

function runTo([command = '', ...args]: readonly string[], input = ''): void {
  const { status, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.at(-1) ?? command} failed: ${stderr}`);
}
