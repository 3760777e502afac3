import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import {
  crashAndWait,
  freePort,
  type RunningServer,
  ServerProcess,
  type ServerSettings,
  type ServerUser,
} from './server-process.js';

/** The releases that the tests run against: optional dependencies bring their binaries. */
export type PostgresqlRelease = 'newest' | 'oldest';

export interface PostgresqlSettings extends Pick<ServerSettings, 'fileMegabytes'> {
  /** Users other than `dovetail` have to encrypt their connection, and to give their password. */
  readonly secured?: boolean;
}

/** What a secured server shows of itself, made for these tests alone. */
export const certificate = readFileSync(new URL('./tls/server.crt', import.meta.url), 'utf8');

/**
 * Starts a server with data of its own in a temporary folder, on a free port.
 *
 * @throws Error with what the server says, when it does not start.
 */
export async function startPostgresql(
  release: PostgresqlRelease,
  { fileMegabytes, secured = false }: PostgresqlSettings = {},
): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), `dovetail-postgresql-${release}-`));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const binaries = reachableBinaries(release, folder, user);
  const port = await freePort();
  initialise(binaries, folder, user);
  if (secured) secure(join(folder, 'data'), user);
  // SIGINT is PostgreSQL's fast shutdown.
  const server = new ServerProcess(serverCommand(binaries, folder, port, secured), {
    folder,
    signal: 'INT',
    user,
    fileMegabytes,
  });
  const url = `postgres://dovetail@127.0.0.1:${port}/postgres`;
  const stop = (): Promise<void> => server.stop();
  try {
    await server.whenReady(() => connect(url));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, crash: () => crashAndWait(server, () => connect(url)), stop };
}

async function connect(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.end();
}

/** PostgreSQL refuses to run as root, so under root it runs as another user, one that every Unix has. */
function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string): number => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The folder of the binaries; a copy in the temporary folder, where the user may not reach those of the package. */
function reachableBinaries(release: PostgresqlRelease, folder: string, user: ServerUser | undefined): string {
  const entry = createRequire(import.meta.url).resolve(`postgresql-${release}`);
  const installed = join(dirname(entry), '../native');
  const { status } = spawnSync(join(installed, 'bin/postgres'), ['--version'], { ...user, stdio: 'ignore' });
  if (status === 0) return installed;
  const copy = join(folder, 'native');
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function initialise(binaries: string, folder: string, user: ServerUser | undefined): void {
  const options = ['--username=dovetail', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  // The smallest files of the write-ahead log, so that a limit to the size of files can be small.
  options.push('--wal-segsize=1');
  const { status, stderr } = spawnSync(join(binaries, 'bin/initdb'), ['-D', join(folder, 'data'), ...options], {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`);
}

/** The server takes a key only from its own user, and from nobody else's hands. */
function secure(data: string, user: ServerUser | undefined): void {
  const key = readFileSync(new URL('./tls/server.key', import.meta.url), 'utf8');
  const rules = 'host all dovetail 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n';
  for (const [name, content] of Object.entries({
    'server.crt': certificate,
    'server.key': key,
    'pg_hba.conf': rules,
  })) {
    const file = join(data, name);
    writeFileSync(file, content, { mode: 0o600 });
    if (user !== undefined) chownSync(file, user.uid, user.gid);
  }
}

/**
 * What is lost when the machine fails is of no interest here, so nothing waits for the disk. What is committed is with
 * the operating system, where it survives the server.
 */
function serverCommand(binaries: string, folder: string, port: number, secured: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    log_min_messages: 'fatal',
    ssl: secured ? 'on' : 'off',
  };
  return [
    join(binaries, 'bin/postgres'),
    '-D',
    join(folder, 'data'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
