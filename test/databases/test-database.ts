import type { Connection, ConnectionOptions, DovetailBase, DovetailOptions, Schema } from '@dovetail/core';
import type { Capabilities, Driver } from '@dovetail/core/driver';

/** A database system that the suites run against. */
export interface TestDatabase {
  readonly name: string;
  /** The package of its driver, for programs that run beside the suites. */
  readonly packageName: string;
  readonly capabilities: Capabilities;
  /** How the database is called, writes names and values, and runs statements alone, for statements of the suites' own. */
  readonly driver: Pick<Driver, 'name' | 'ddl' | 'types' | 'comparison' | 'exclusively'>;
  /** A collation that is not the default one, and in which `a` and `A` are the same. */
  readonly collation: string;
  /** The body of a trigger that runs one statement. */
  triggerBody(statement: string): string;
  /** Makes an empty database of its own. */
  create(): Promise<TestSite>;
}

/** One empty database, real, and gone after `dispose`. */
export interface TestSite {
  /** `Dovetail.init` on this database; closed by `dispose` at the latest. */
  init(options: Omit<DovetailOptions, 'dbName'>): Promise<DovetailBase>;
  /** What `Dovetail.init` takes to reach it, as plain data. */
  readonly connectionOptions: ConnectionOptions;
  /** A connection beside Dovetail's own, as another program would have one. */
  readonly connection: Connection;
  /** The catalog of the database, as the driver reads it. */
  introspect(): Promise<Schema>;
  /** Runs a script of several statements, as the database's own shell would. */
  runScript(script: string): Promise<void>;
  dispose(): Promise<void>;
}
