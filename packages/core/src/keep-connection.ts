import type { Connection } from './driver.js';
import { DovetailError } from './errors.js';

/** The one connection of a `Dovetail`, which is closed and opened again where its database goes and comes back. */
export interface KeptConnection {
  /** The open connection. Throws a `DovetailError` when there is none. */
  get(): Connection;
  /** Whether there is one. */
  isOpen(): boolean;
  open(): Promise<void>;
  /** Does nothing when it is closed. */
  close(): Promise<void>;
}

/** @param onStatement called with each statement before it is sent. */
export function keepConnection(
  connect: () => Promise<Connection>,
  onStatement: ((sql: string) => void) | undefined,
): KeptConnection {
  let connection: Connection | undefined;
  return {
    get() {
      if (connection === undefined) throw closedError();
      return connection;
    },
    isOpen: () => connection !== undefined,
    async open() {
      connection = observed(await connect(), onStatement);
    },
    async close() {
      const open = connection;
      connection = undefined;
      await open?.close();
    },
  };
}

function observed(connection: Connection, onStatement: ((sql: string) => void) | undefined): Connection {
  if (onStatement === undefined) return connection;
  return {
    ...connection,
    query(sql, parameters) {
      onStatement(sql);
      return connection.query(sql, parameters);
    },
    execute(sql, parameters) {
      onStatement(sql);
      return connection.execute(sql, parameters);
    },
  };
}

function closedError(): DovetailError {
  return new DovetailError('connection-failed', 'There is no connection to the database.', [
    {
      where: 'the connection',
      what: 'was closed or never opened, or its database was dropped',
      remedy: 'call ensureDatabase, or refreshDatabase, to open it',
    },
  ]);
}
