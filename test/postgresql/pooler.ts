import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A pooler in transaction mode, as PgBouncer is one: its clients share sessions of the server, for a transaction each. */
export interface Pooler {
  readonly port: number;
  stop(): Promise<void>;
}

/** How many sessions it keeps. Each transaction gets another one than the last. */
export const pooledSessions = 3;

/** Starts a pooler in front of a server that trusts everybody. All clients must ask for one database and user. */
export async function startPooler(target: URL): Promise<Pooler> {
  const pool = makePool({ host: target.hostname, port: Number(target.port) });
  const server = createServer((socket) => {
    pool.sockets.push(socket);
    void serve(socket, pool);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: portOf(server), stop: () => stop(server, pool) };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The pooler has no port.');
  return address.port;
}

interface Session {
  readonly socket: Socket;
  /** The messages of its start, which every client is given. */
  readonly greeting: Buffer;
  /** The key by which the server knows it. */
  readonly key: Buffer;
}

interface Pool {
  readonly address: { readonly host: string; readonly port: number };
  /** Those of the clients. */
  readonly sockets: Socket[];
  readonly sessions: Session[];
  readonly free: Session[];
  readonly waiting: ((session: Session) => void)[];
  readonly clients: Map<number, () => Session | undefined>;
}

function makePool(address: Pool['address']): Pool {
  return { address, sockets: [], sessions: [], free: [], waiting: [], clients: new Map() };
}

async function stop(server: Server, { sessions, sockets }: Pool): Promise<void> {
  for (const socket of [...sockets, ...sessions.map((session) => session.socket)]) socket.destroy();
  server.close();
  await once(server, 'close');
}

const codes = { cancel: 80_877_102 };
const types = { key: 'K', ready: 'Z', terminate: 'X' };
const idle = 'I';

async function serve(client: Socket, pool: Pool): Promise<void> {
  client.on('error', () => client.destroy());
  const [first] = await receive(client);
  if (first.readInt32BE(4) === codes.cancel) {
    await passCancellation(first.readInt32BE(8), pool);
    client.destroy();
    return;
  }
  while (pool.sessions.length < pooledSessions) pool.free.push(await openSession(first, pool));
  greet(client, pool);
}

/** The client's session starts as those of the server did, with a key of its own. */
function greet(client: Socket, pool: Pool): void {
  const id = pool.clients.size + 1;
  let session: Session | undefined;
  pool.clients.set(id, () => session);

  const key = Buffer.alloc(8);
  key.writeInt32BE(id, 0);
  client.write(Buffer.concat([pool.sessions[0]?.greeting ?? Buffer.alloc(0), message(types.key, key), ready()]));

  let work = Promise.resolve();
  client.on('data', (data) => {
    work = work.then(async () => {
      if (session === undefined && String.fromCharCode(data[0] ?? 0) === types.terminate) return;
      session ??= await lend(pool, client, () => {
        session = undefined;
      });
      session.socket.write(data);
    });
  });
}

/** Takes the session that has been free for the longest, until it is between two transactions again. */
async function lend(pool: Pool, client: Socket, onReturn: () => void): Promise<Session> {
  const session = pool.free.shift() ?? (await new Promise<Session>((resolve) => pool.waiting.push(resolve)));
  const reader = messages();
  session.socket.removeAllListeners('data');
  session.socket.on('data', (data: Buffer) => {
    const isFree = reader(data).some(({ type, body }) => type === types.ready && body.toString() === idle);
    if (isFree) {
      session.socket.removeAllListeners('data');
      onReturn();
      const next = pool.waiting.shift();
      if (next === undefined) pool.free.push(session);
      else next(session);
    }
    client.write(data);
  });
  return session;
}

async function openSession(startup: Buffer, pool: Pool): Promise<Session> {
  const socket = connect(pool.address);
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  socket.write(startup);
  const reader = messages();
  const received: Message[] = [];
  while (!received.some(({ type }) => type === types.ready)) {
    const [data] = await receive(socket);
    received.push(...reader(data));
  }
  const greeting = received.filter(({ type }) => type !== types.key && type !== types.ready);
  const session = {
    socket,
    greeting: Buffer.concat(greeting.map(({ type, body }) => message(type, body))),
    key: received.find(({ type }) => type === types.key)?.body ?? Buffer.alloc(8),
  };
  pool.sessions.push(session);
  return session;
}

async function passCancellation(id: number, { address, clients }: Pool): Promise<void> {
  const session = clients.get(id)?.();
  if (session === undefined) return;
  const socket = connect(address);
  await once(socket, 'connect');
  const head = Buffer.alloc(8);
  head.writeInt32BE(16, 0);
  head.writeInt32BE(codes.cancel, 4);
  socket.end(Buffer.concat([head, session.key]));
  await once(socket.resume(), 'close');
}

async function receive(socket: Socket): Promise<[Buffer]> {
  return new Promise((resolve) => socket.once('data', (data: Buffer) => resolve([data])));
}

interface Message {
  readonly type: string;
  readonly body: Buffer;
}

/** Cuts what a server sends into messages: a type of one byte, and the length of the rest. */
function messages(): (data: Buffer) => Message[] {
  let pending = Buffer.alloc(0);
  return (data) => {
    pending = Buffer.concat([pending, data]);
    const found: Message[] = [];
    while (pending.length >= 5 && pending.length >= 1 + pending.readInt32BE(1)) {
      const end = 1 + pending.readInt32BE(1);
      found.push({ type: pending.toString('latin1', 0, 1), body: pending.subarray(5, end) });
      pending = pending.subarray(end);
    }
    return found;
  };
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function ready(): Buffer {
  return message(types.ready, Buffer.from(idle));
}
