/** Something that Dovetail does in a database, and whether who is connected may do it. */
export interface Privilege {
  /** What it is, as one says it: `create tables in the schema "public"`. */
  readonly action: string;
  readonly granted: boolean;
  /** What gives it where it is missing: a statement for somebody who may grant it, or a sentence. */
  readonly remedy: string;
}
