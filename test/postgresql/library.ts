import { Check, Entity, type EntityClass, Enum, ManyToOne, PrimaryKey, Property, Unique } from '@dovetail/postgresql';

class AuthorBefore {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'string', length: 50 }) declare name: string;
}
Entity({ tableName: 'author' })(AuthorBefore);

class BookBefore {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'string' }) declare title: string;
  @Enum({ items: ['novel', 'poem'], nativeEnumName: 'genre' }) declare genre: string;
  @ManyToOne({ entity: () => AuthorBefore, fieldName: 'author_id' }) declare author: AuthorBefore;
}
Check({ name: 'title_not_empty', expression: `title <> ''` })(BookBefore);
Entity({ tableName: 'book' })(BookBefore);

class Publisher {
  @PrimaryKey({ type: 'integer' }) declare id: number;
}
Entity({ tableName: 'publisher' })(Publisher);

class AuthorAfter {
  @PrimaryKey({ type: 'bigint' }) declare id: bigint;
  @Property({ type: 'string', length: 80, previousName: 'name' }) declare fullName: string;
}
Unique({ properties: ['fullName'] })(AuthorAfter);
Entity({ tableName: 'writer', previousName: 'author' })(AuthorAfter);

class BookAfter {
  @PrimaryKey({ type: 'integer' }) declare id: number;
  @Property({ type: 'text', previousName: 'title' }) declare heading: string;
  @Enum({ items: ['poem', 'essay', 'novel'], nativeEnumName: 'genre' }) declare genre: string;
  @ManyToOne({ entity: () => AuthorAfter, fieldName: 'author_id' }) declare author: AuthorAfter;
  @ManyToOne({ entity: () => Publisher, nullable: true }) declare publisher: Publisher;
}
Check({ name: 'title_not_empty', expression: `heading <> ''` })(BookAfter);
Entity({ tableName: 'book' })(BookAfter);

/** A library whose update touches an enum, a key that is referenced, and names. */
export const before: readonly EntityClass[] = [AuthorBefore, BookBefore];
export const after: readonly EntityClass[] = [AuthorAfter, BookAfter, Publisher];

/** Rows of the library before. */
export const rows = `
  insert into author (name) values ('Ada'), ('Bob');
  insert into book (title, genre, author_id) values ('One', 'novel', 1), ('Two', 'poem', 2), ('Three', 'novel', 2)`;
