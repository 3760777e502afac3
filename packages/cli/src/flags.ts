/** The flags that every command takes. */
export interface GlobalFlags {
  readonly config?: string | undefined;
  readonly context?: string | undefined;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** The flags of the commands that change the schema. */
export interface ChangeFlags extends GlobalFlags {
  readonly dump?: boolean | undefined;
  readonly run?: boolean | undefined;
  readonly schema?: string | undefined;
  /** Dumped SQL leaves foreign keys enforced. */
  readonly fkChecks?: boolean | undefined;
  readonly allowDataLoss?: boolean | undefined;
}
