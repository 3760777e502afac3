import { Check, Entity, Index, ManyToMany, ManyToOne, PrimaryKey, Property, Unique } from '@dovetail/sqlite';

/**
 * The entities of the update that is killed, in plain JavaScript for a plain Node.js process: a parent with children
 * that its rows would take along, a table that references itself, and big tables to be rebuilt.
 *
 * @import { EntityClass, EntityOptions, PropertyOptions } from '@dovetail/sqlite'
 * @type {Readonly<Record<string, () => EntityClass[]>>}
 */
export const library = { before, after };

function before() {
  const author = entity('Author');
  property(author, 'name', { type: 'string' });
  property(author, 'born', { type: 'integer', nullable: true });
  ManyToOne({ entity: () => author, nullable: true })(author.prototype, 'mentor');

  const book = entity('Book');
  property(book, 'title', { type: 'string', index: true });
  property(book, 'summary', { type: 'text', nullable: true });
  property(book, 'price', { type: 'integer' });
  property(book, 'shelf', { type: 'string', nullable: true });
  ManyToOne({ entity: () => author, deleteRule: 'cascade' })(book.prototype, 'author');

  const loan = entity('Loan');
  property(loan, 'reader', { type: 'string' });
  ManyToOne({ entity: () => book, deleteRule: 'cascade' })(loan.prototype, 'book');

  const note = entity('Note');
  property(note, 'text', { type: 'text' });
  return [author, book, loan, note];
}

function after() {
  const author = entity('Author');
  property(author, 'fullName', { type: 'string', previousName: 'name' });
  property(author, 'bornIn', { type: 'decimal', precision: 6, scale: 0, nullable: true, previousName: 'born' });
  ManyToOne({ entity: () => author, nullable: true, deleteRule: 'cascade' })(author.prototype, 'mentor');
  Check({ name: 'born_check', expression: 'born_in > 1000' })(author);

  const genre = entity('Genre');
  property(genre, 'name', { type: 'string', unique: true });

  const book = entity('Book');
  property(book, 'title', { type: 'string' });
  property(book, 'summary', { type: 'text', default: "it's short" });
  property(book, 'price', { type: 'integer' });
  property(book, 'label', { type: 'text', generated: (columns) => `(upper(${columns.title})) stored` });
  property(book, 'rating', { type: 'integer', default: 3 });
  ManyToOne({ entity: () => author, deleteRule: 'cascade', updateRule: 'cascade' })(book.prototype, 'author');
  ManyToMany({ entity: () => genre, owner: true, pivotTable: 'book_genre' })(book.prototype, 'genres');
  Index({ columns: [{ name: 'price', sort: 'desc' }], where: 'price > 10' })(book);
  Unique({ properties: ['title', 'author'] })(book);

  const lending = entity('Lending', { previousName: 'loan' });
  property(lending, 'reader', { type: 'string' });
  property(lending, 'returned', { type: 'datetime', nullable: true });
  ManyToOne({ entity: () => book, deleteRule: 'cascade' })(lending.prototype, 'book');
  return [author, genre, book, lending];
}

/**
 * @param {string} name
 * @param {EntityOptions} [options]
 */
function entity(name, options) {
  class Made {
    /** @type {unknown} */
    id;
  }
  Object.defineProperty(Made, 'name', { value: name });
  Entity(options)(Made);
  PrimaryKey({ type: 'integer' })(Made.prototype, 'id');
  return Made;
}

/**
 * @param {EntityClass} target
 * @param {string} name
 * @param {PropertyOptions} options
 */
function property(target, name, options) {
  Property(options)(target.prototype, name);
}
