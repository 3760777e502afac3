/**
 * The type of a relation whose classes import each other: `author!: Rel<Author>`. It is the same type, and leaves no
 * trace of the class behind. With `emitDecoratorMetadata` a compiler writes `author!: Author` into the program as a use
 * of the class, which fails while the other file is still loading: "Cannot access 'Author' before initialization". So
 * the decorator has to name the class, as a function: `@ManyToOne(() => Author)`.
 */
export type Rel<Entity> = Entity;

/** A reference to an entity, wrapped or as it is: relations of this type are written as they are with MikroORM. */
export type Ref<Entity> = Entity;

/** A property that need not be given when an entity is created. */
export type Opt<Value = unknown> = Value;

/** A property that is left out where an entity is serialised. */
export type Hidden<Value = unknown> = Value;

/**
 * The entities at the other end of a relation, as they are put into it. It loads nothing: what shapes the schema is the
 * decorator.
 *
 * @example
 * @OneToMany(() => Book, (book) => book.author)
 * books = new Collection<Book>(this);
 */
export class Collection<Item extends object> implements Iterable<Item> {
  readonly #items: Set<Item>;

  constructor(
    /** The entity at this end. */
    readonly owner: object,
    items: Iterable<Item> = [],
  ) {
    this.#items = new Set(items);
  }

  /** Adds entities; those that are in it already stay where they are. */
  add(...items: readonly Item[]): void {
    for (const item of items) this.#items.add(item);
  }

  /** The entities, in the order in which they were added. */
  getItems(): Item[] {
    return [...this.#items];
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items.values();
  }
}

/** Names the properties of an entity that need not be given: `[OptionalProps]?: 'createdAt'`. */
export const OptionalProps: unique symbol = Symbol.for('@dovetail/optional-properties');

/** Names the properties of an entity that make its primary key: `[PrimaryKeyProp]?: ['order', 'product']`. */
export const PrimaryKeyProp: unique symbol = Symbol.for('@dovetail/primary-key-properties');
