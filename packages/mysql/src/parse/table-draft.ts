import type {
  Check,
  Column,
  ForeignKey,
  Index,
  PrimaryKey,
  ReferentialAction,
  TableOptions,
  TableSpelling,
} from '@dovetail/core/driver';

/** Where a definition stands, which decides what the names and defaults in it mean. */
export interface DefinitionContext extends TableSpelling {
  /** The database that the table is in; absent in the connection's own. */
  readonly schema?: string | undefined;
  /** The connection's own database. */
  readonly ownSchema: string;
  /** What a foreign key does that states no rule. */
  readonly unstatedRule: ReferentialAction;
  /** The collation that each character set has when none is stated. */
  readonly defaultCollations: ReadonlyMap<string, string>;
}

/** What the readers of a table's members have gathered so far. */
export interface TableDraft {
  readonly columns: Column[];
  primaryKey: PrimaryKey | undefined;
  readonly indexes: Index[];
  readonly foreignKeys: ForeignKey[];
  readonly checks: Check[];
  readonly options: { -readonly [Option in keyof TableOptions]: TableOptions[Option] };
  comment: string | undefined;
  readonly unmodelled: string[];
}
