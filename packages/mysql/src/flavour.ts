import type { Capabilities, ReferentialAction, Table } from '@dovetail/core/driver';

/** What differs between the servers of the family. */
export interface Flavour {
  /** The server's name as its users write it: `MySQL`. */
  readonly name: string;
  /** The oldest version that is supported, as `major.minor`. */
  readonly minimumVersion: string;
  capabilities(serverVersion?: string): Capabilities;
  /** What `show create table` prints, with every name quoted as names are. */
  quoteNames(definition: string): string;
  /** The table as the model has it, of what `show create table` shows of it. */
  fromCatalog(table: Table): Table;
  readonly syntax: Syntax;
}

export interface Syntax {
  /** The words that drop a check, before its name. */
  readonly dropCheck: 'drop check' | 'drop constraint';
  /** The word for an index that no query uses. */
  readonly invisibleIndex: 'invisible' | 'ignored';
  readonly visibleIndex: 'visible' | 'not ignored';
  /** Whether long texts, JSON, blobs and geometries take no literal as their default, but an expression. */
  readonly literalsNeedParentheses: boolean;
  /** The rule of a foreign key that states none, and that the catalog does not show. */
  readonly unstatedRule: ReferentialAction;
  /** Whether a foreign key that takes no null can follow the updates of a column that takes null. */
  readonly cascadesNull: boolean;
  /** Whether a generated column can be declared not null. */
  readonly generatedNotNull: boolean;
  /** Whether the catalog shows characters beyond U+FFFF in a default that is a literal. */
  readonly showsWideDefaults: boolean;
  /** Whether the catalog shows bytes that are no text in a default that is a literal. */
  readonly showsByteDefaults: boolean;
  /** Whether a column whose default is another in each row can be added to a table. */
  readonly addsVaryingDefaults: boolean;
  /** Whether an expression can read a column that comes after it, and whose default is an expression. */
  readonly readsLaterDefaults: boolean;
  /** Whether a column that is renamed is renamed in the checks and generated columns of its table as well. */
  readonly renamesFollow: boolean;
  /** Whether the type `json` keeps a text as it is written, with the keys that it has twice. */
  readonly keepsJsonText: boolean;
  /** The first second, counted from 1970, that is beyond every `timestamp`; none where what the server makes of it tells. */
  readonly endOfTimestamps: number | undefined;
  /** Whether a column that is renamed or stated anew may have the checks of its table evaluated anew. */
  readonly evaluatesChecks: boolean;
}
