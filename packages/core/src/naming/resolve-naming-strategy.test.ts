import { describe, expect, test } from 'vitest';
import { SnakeNamingStrategy } from 'typeorm-naming-strategies';
import { EntityCaseNamingStrategy } from './entity-case-naming-strategy.js';
import { resolveNamingStrategy } from './resolve-naming-strategy.js';
import { UnderscoreNamingStrategy } from './underscore-naming-strategy.js';

const pivot = { table: 'book_tag', referencedColumn: 'id', composite: false, selfReferencing: false } as const;

describe('the underscore strategy', () => {
  const naming = resolveNamingStrategy();

  test.each([
    ['BookTag', 'book_tag'],
    ['userID2Name', 'user_id2name'],
    ['HTTPServer', 'httpserver'],
    ['already_there', 'already_there'],
  ])('writes %s as %s', (name, expected) => {
    expect(naming.tableName(name, undefined)).toBe(expected);
    expect(naming.columnName(name, undefined, [])).toBe(expected);
  });

  test('leaves stated names as they are', () => {
    expect(naming.tableName('BookTag', 'BookTags')).toBe('BookTags');
    expect(naming.columnName('firstName', 'FirstName', [])).toBe('FirstName');
  });

  test('begins the columns of embedded properties with the prefixes around them', () => {
    const prefixes = [{ kind: 'property', name: 'homeAddress' } as const, { kind: 'text', text: 'at_' } as const];

    expect(naming.columnName('geoPoint', undefined, prefixes)).toBe('home_address_at_geo_point');
  });

  test('names relations, pivot tables, indexes and constraints', () => {
    expect(naming.joinColumnName('mainAuthor', 'id', false)).toBe('main_author_id');
    expect(naming.pivotTableName('book', 'book_tag', 'tagsUsed')).toBe('book_tags_used');
    expect(naming.pivotColumnName({ ...pivot, side: 'owner' })).toBe('book_tag_id');
    expect(naming.pivotColumnName({ ...pivot, side: 'owner', selfReferencing: true })).toBe('book_tag_1_id');
    expect(naming.pivotColumnName({ ...pivot, side: 'inverse', selfReferencing: true })).toBe('book_tag_2_id');
    expect(naming.discriminatorColumnName('Base')).toBe('type');
    expect(naming.constraintName({ kind: 'index', table: 'book', columns: ['a', 'b'] })).toBe('book_a_b_index');
    expect(naming.constraintName({ kind: 'unique', table: 'book', columns: ['a'] })).toBe('book_a_unique');
  });
});

test('the entity case strategy keeps the names of classes and properties', () => {
  const naming = resolveNamingStrategy(EntityCaseNamingStrategy);

  expect(naming.tableName('BookTag', undefined)).toBe('BookTag');
  expect(naming.columnName('createdAt', undefined, [])).toBe('createdAt');
  expect(naming.joinColumnName('author', 'id', false)).toBe('author');
  expect(naming.joinColumnName('seat', 'row', true)).toBe('seat_row');
  expect(naming.pivotTableName('Book', 'Tag', 'tags')).toBe('Book_tags');
  expect(naming.pivotColumnName({ ...pivot, table: 'BookTag', side: 'owner' })).toBe('bookTag');
});

describe('a strategy of your own', () => {
  test('may state some of the names, bound to itself', () => {
    const naming = resolveNamingStrategy({
      classToTableName(name: string) {
        return `app_${name}_${String('propertyToColumnName' in this)}`;
      },
    });

    expect(naming.tableName('Book', undefined)).toBe('app_Book_false');
    expect(naming.columnName('firstName', undefined, [])).toBe('first_name');
  });

  test('may extend one of ours', () => {
    class Plural extends UnderscoreNamingStrategy {
      override classToTableName(name: string): string {
        return `${super.classToTableName(name)}s`;
      }
    }

    expect(resolveNamingStrategy(Plural).tableName('BookTag', undefined)).toBe('book_tags');
    expect(resolveNamingStrategy(new Plural()).tableName('BookTag', undefined)).toBe('book_tags');
  });
});

describe("TypeORM's interface", () => {
  test('serves with the strategy that its users take', () => {
    const naming = resolveNamingStrategy(SnakeNamingStrategy);

    expect(naming.tableName('UserProfile', undefined)).toBe('user_profile');
    expect(naming.tableName('X', 'customName')).toBe('customName');
    expect(naming.columnName('userID', undefined, [])).toBe('user_id');
    expect(naming.columnName('firstName', undefined, [{ kind: 'property', name: 'homeAddress' }])).toBe(
      'home_address_first_name',
    );
    expect(naming.columnName('x', 'CustomCol', [{ kind: 'property', name: 'homeAddress' }])).toBe(
      'home_address_CustomCol',
    );
    expect(naming.joinColumnName('authorProfile', 'id', false)).toBe('author_profile_id');
    expect(naming.pivotTableName('post', 'category', 'categories')).toBe('post_categories_category');
    expect(naming.pivotColumnName({ ...pivot, table: 'post', side: 'owner' })).toBe('post_id');
    expect(naming.pivotColumnName({ ...pivot, table: 'post', side: 'inverse', selfReferencing: true })).toBe(
      'post_id_2',
    );
    expect(naming.constraintName({ kind: 'unique', table: 'user', columns: ['b', 'a'] })).toBe(
      'UQ_556fa8fe9b7850e51becdad9764',
    );
    expect(naming.constraintName({ kind: 'index', table: 'user', columns: ['b', 'a'] })).toBe(
      'IDX_556fa8fe9b7850e51becdad976',
    );
    expect(
      naming.constraintName({
        kind: 'foreign',
        table: 'user',
        columns: ['a'],
        referencedTable: 'x',
        referencedColumns: ['id'],
      }),
    ).toBe('FK_3407d35ffee72d81aaf00070e9b');
    expect(
      naming.constraintName({ kind: 'check', table: 'user', columns: [], expression: 'a > 0', isEnum: false }),
    ).toMatch(/^CHK_8c008c8e44/);
  });

  test('leaves what a strategy lacks to the underscore strategy', () => {
    const naming = resolveNamingStrategy({ columnName: (property, custom) => `c_${custom ?? property}` });

    expect(naming.tableName('BookTag', undefined)).toBe('book_tag');
    expect(naming.columnName('firstName', 'given', [])).toBe('c_given');
    expect(naming.pivotColumnName({ ...pivot, side: 'owner' })).toBe('book_tag_id');
  });
});
