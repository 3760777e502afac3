/** Entities that are written as source, and what the database has besides. */
export interface GeneratedEntities {
  /** The folder that the files go into: an absolute path. */
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
  /**
   * What the database has and entities can't say, or say otherwise: functions, partitions, a foreign key to a table that
   * is left out. Empty where a new database made from the entities is the same one.
   */
  readonly unexpressed: readonly Unexpressed[];
  /**
   * What an update by these entities would change, one phrase each. Empty, unless `adjust` asks for it or something is not
   * expressed that an update drops, such as a foreign key to a table that is left out.
   */
  readonly differences: readonly string[];
}

/** A file of source. */
export interface GeneratedFile {
  /** Its path under the folder. */
  readonly path: string;
  readonly text: string;
}

/** Something that entities can't say. */
export interface Unexpressed {
  /** The table or view, or the kind of object. */
  readonly where: string;
  /** What it has, as a phrase: `function "film_in_stock"`. */
  readonly what: string;
}
