import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A server that runs, and how to end it. */
export interface RunningServer {
  /** For a user who may do everything. */
  readonly url: string;
  /** Kills the server with all its processes, and starts it again with the data that it has left. */
  crash(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** Another user of the machine that a server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** How a server runs. */
export interface ServerSettings {
  /** What the server writes; removed when it has ended. */
  readonly folder: string;
  /** The signal that ends it, `TERM` where absent. */
  readonly signal?: 'INT' | 'TERM';
  readonly user?: ServerUser | undefined;
  /** No file of the server gets larger, in megabytes: to extend one then fails as on a disk that is full. */
  readonly fileMegabytes?: number | undefined;
}

/**
 * Runs the server until the pipe from this program closes. Each line that comes through it kills the server and its
 * children, and starts it again.
 */
const guardScript = `trap "" INT XFSZ
ulimit -f $FILE_LIMIT
"$@" > /dev/null & server=$!
while read -r line; do
  children=$(cat /proc/$server/task/$server/children)
  kill -KILL $server $children
  wait $server
  sleep 0.2
  "$@" > /dev/null & server=$!
  echo restarted
done
kill -$SIGNAL $server
wait $server
rm -rf "$FOLDER"`;

/**
 * A server that ends with this program, however that ends: a shell starts it and waits for its own input to be closed,
 * which the operating system does even when this program is killed.
 */
export class ServerProcess {
  readonly #guard: ChildProcess;
  readonly #folder: string;
  #output = '';

  constructor(command: readonly string[], { folder, signal = 'TERM', user, fileMegabytes }: ServerSettings) {
    this.#folder = folder;
    this.#guard = spawn('sh', ['-c', guardScript, 'sh', ...command], {
      ...user,
      env: { PATH: process.env.PATH, FOLDER: folder, SIGNAL: signal, FILE_LIMIT: blocks(fileMegabytes) },
      stdio: ['pipe', 'pipe', 'pipe'],
      // Ctrl+C in a terminal reaches the runner alone, which then ends the server in order.
      detached: true,
    });
    this.#guard.stderr?.on('data', (text) => (this.#output += String(text)));
  }

  /** Tries until the server answers. */
  async whenReady(answers: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        await answers();
        return;
      } catch (cause) {
        if (Date.now() > deadline || this.#guard.exitCode !== null)
          throw new Error(`The server does not answer.\n${this.#output}`, { cause });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** Kills the server and starts it again with the data that it has left. */
  async crash(): Promise<void> {
    const { stdin, stdout } = this.#guard;
    if (stdin === null || stdout === null) throw new Error('The server has no guard.');
    stdin.write('crash\n');
    await once(stdout, 'data');
  }

  async stop(): Promise<void> {
    if (this.#guard.exitCode === null) {
      const ended = once(this.#guard, 'exit');
      this.#guard.stdin?.end();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A shell counts in blocks of 512 bytes. */
function blocks(megabytes: number | undefined): string {
  return megabytes === undefined ? 'unlimited' : String(megabytes * 2048);
}

/** Kills the server, and waits until the one that follows it answers. */
export async function crashAndWait(server: ServerProcess, answers: () => Promise<void>): Promise<void> {
  await server.crash();
  await server.whenReady(answers);
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
