import type { Connection, DatabaseScript } from '../driver.js';
import type { Surroundings } from './perspective.js';

/** What the generator needs of the program around it. */
export interface GeneratorEnvironment extends Surroundings {
  /** The open connection. Throws a `DovetailError` when there is none. */
  connection(): Connection;
  /** Whether there is a connection. */
  isConnected(): boolean;
  /** Creates the database if it is missing, opens the connection, and says whether it created it. */
  openDatabase(): Promise<boolean>;
  /** Closes the connection and removes the database. */
  dropDatabase(): Promise<void>;
  /** What removes the database, and creates it anew. */
  databaseScript(): DatabaseScript;
}
