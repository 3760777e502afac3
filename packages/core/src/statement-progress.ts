/** How far a server is with a statement. */
export interface StatementProgress {
  /** What it does now, in its own words: `building index: scanning table`. */
  readonly phase: string;
  /** How much is done, from 0 to 1: of the phase, or of the whole where the server counts that. Absent where it does not count. */
  readonly done?: number | undefined;
}
