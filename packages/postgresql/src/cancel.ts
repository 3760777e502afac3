import { connect as openSocket, type Socket } from 'node:net';
import { once } from 'node:events';
import { connect as openTls } from 'node:tls';
import type pg from 'pg';

/**
 * Asks the server to stop the statement that a client runs. The protocol's own request is used, not `pg_cancel_backend`:
 * a pooler passes it on to the session that works for the client at the moment
 * (postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS).
 */
export async function cancelStatement(client: pg.Client): Promise<void> {
  const { host, port } = client;
  const socket = openSocket(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  await once(socket, 'connect');
  const stream = await secured(socket, client);
  // The server answers by closing the connection.
  const closed = once(stream, 'close');
  stream.end(cancelRequest(client));
  stream.resume();
  await closed;
}

const requestCodes = { cancel: 80_877_102, encryption: 80_877_103 };

/** The key that the server has given at the start of the session. The types of pg do not tell of it. */
function cancelRequest(client: pg.Client): Buffer {
  const processId: unknown = Reflect.get(client, 'processID');
  const secretKey: unknown = Reflect.get(client, 'secretKey');
  return message(requestCodes.cancel, Number(processId), Number(secretKey));
}

/** A message of the start of a connection: its length, and whole numbers of four bytes. */
function message(...numbers: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 + 4 * numbers.length);
  [buffer.length, ...numbers].forEach((number, position) => buffer.writeInt32BE(number, 4 * position));
  return buffer;
}

/** The connection, encrypted where the client's own is. */
async function secured(socket: Socket, client: pg.Client): Promise<Socket> {
  const ssl: unknown = client.ssl;
  if (ssl === false || ssl === undefined) return socket;
  socket.write(message(requestCodes.encryption));
  await once(socket, 'data');
  const stream = openTls({ ...(typeof ssl === 'object' && ssl), socket, host: client.host });
  await once(stream, 'secureConnect');
  return stream;
}
