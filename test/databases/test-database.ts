import type { Connection, DovetailBase, DovetailOptions, Schema } from '@dovetail/core';
import type { Capabilities } from '@dovetail/core/driver';

/** A database system that the suites run against. */
export interface TestDatabase {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Makes an empty database of its own. */
  create(): Promise<TestSite>;
}

/** One empty database, real, and gone after `dispose`. */
export interface TestSite {
  /** `Dovetail.init` on this database; closed by `dispose` at the latest. */
  init(options: Omit<DovetailOptions, 'dbName'>): Promise<DovetailBase>;
  /** A connection beside Dovetail's own, as another program would have one. */
  readonly connection: Connection;
  /** The catalog of the database, as the driver reads it. */
  introspect(): Promise<Schema>;
  dispose(): Promise<void>;
}
