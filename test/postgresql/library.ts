import { Enum } from '@dovetail/postgresql';
import { library } from '../fixtures/library.js';

const genre = (...items: readonly string[]): ((book: object) => void) => {
  const decorate = Enum({ items: [...items], nativeEnumName: 'genre' });
  return (book) => decorate(book, 'genre');
};

/** The library with an enum of its own, whose update touches that as well. */
export const { before, after } = library(genre('novel', 'poem'), genre('poem', 'essay', 'novel'));

/** Rows of the library before. */
export const rows = `
  insert into author (name) values ('Ada'), ('Bob');
  insert into book (title, genre, author_id) values ('One', 'novel', 1), ('Two', 'poem', 2), ('Three', 'novel', 2)`;
