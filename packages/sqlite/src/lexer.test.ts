import { describe, expect, test } from 'vitest';
import { foldAscii, isConstant, mentions, tokenize, trimSql, unquote } from './lexer.js';

const kinds = (sql: string): string[] => tokenize(sql).map(({ kind, text }) => `${kind} ${text}`);

describe('tokenize', () => {
  test('leaves out white space and comments of both kinds', () => {
    expect(kinds('a -- , b\n\t/* c, */ , d--')).toEqual(['word a', 'operator ,', 'word d']);
  });

  test('takes a comment that is never closed up to the end', () => {
    expect(kinds('a /* b')).toEqual(['word a']);
  });

  test('knows the four quotes', () => {
    expect(kinds(`'it''s' "a""b" [c]]d] \`e\`\`f\``)).toEqual([
      `string 'it''s'`,
      'quoted "a""b"',
      'quoted [c]',
      'illegal ]',
      'word d',
      'illegal ]',
      'quoted `e``f`',
    ]);
  });

  test('finds no comment inside of quotes, and no quote inside of comments', () => {
    expect(kinds(`'-- a' "/* b" -- it's\n1`)).toEqual([`string '-- a'`, 'quoted "/* b"', 'number 1']);
  });

  test('reads numbers in all their forms', () => {
    const numbers = ['0', '1_000', '.5', '1.', '1.5e+10', '2E-3', '0xFF', '0x1_f', '1e5'];
    expect(kinds(numbers.join(' '))).toEqual(numbers.map((number) => `number ${number}`));
  });

  test('a number that runs into letters is illegal', () => {
    expect(kinds('1abc 0x 1e 1__0')).toEqual(['illegal 1abc', 'illegal 0x', 'illegal 1e', 'illegal 1__0']);
  });

  test('reads blobs, and names that start like one', () => {
    expect(kinds(`x'0aB1' X'' x y xy x'1' x'zz'`)).toEqual([
      `binary x'0aB1'`,
      `binary X''`,
      'word x',
      'word y',
      'word xy',
      `illegal x'1'`,
      `illegal x'zz'`,
    ]);
  });

  test('takes the longest operator', () => {
    expect(kinds('a->>b->c||d<=e<>f<<g>=h>>i==j!=k')).toEqual(
      'word a,operator ->>,word b,operator ->,word c,operator ||,word d,operator <=,word e,operator <>,word f,operator <<,word g,operator >=,word h,operator >>,word i,operator ==,word j,operator !=,word k'.split(
        ',',
      ),
    );
  });

  test('takes every character beyond ASCII, digits and $ for a part of a name', () => {
    expect(kinds('größe 表 a$1 _b 🦊')).toEqual(['word größe', 'word 表', 'word a$1', 'word _b', 'word 🦊']);
  });

  test('reads variables', () => {
    expect(kinds('?1 :a @b $c ?')).toEqual(['variable ?1', 'variable :a', 'variable @b', 'variable $c', 'variable ?']);
  });

  test('a quote that is never closed is illegal up to the end', () => {
    expect(kinds(`a 'b c`)).toEqual(['word a', `illegal 'b c`]);
    expect(kinds('a [b c')).toEqual(['word a', 'illegal [b c']);
  });
});

test('unquote gives what the quotes hold', () => {
  expect(tokenize(`'it''s' "a""b" [c] \`e\`\`f\` g`).map(unquote)).toEqual([`it's`, 'a"b', 'c', 'e`f', 'g']);
});

test('foldAscii leaves letters beyond ASCII alone', () => {
  expect(foldAscii('ÄBC')).toBe('Äbc');
  // The Kelvin sign, whose lower case is an ordinary k.
  expect(foldAscii('\u212AEY')).toBe('\u212Aey');
});

test('mentions finds a name however it is quoted, and never inside literals, comments or other names', () => {
  for (const sql of ['select Track.id', 'from "TRACK"', 'from [track]', 'from `track`']) {
    expect(mentions(sql, 'track')).toBe(true);
  }
  for (const sql of [`'track'`, '-- track', 'tracks', 'my_track', '"a track"'])
    expect(mentions(sql, 'track')).toBe(false);
});

test('trimSql leaves out the comments at the edges alone', () => {
  expect(trimSql(' /* a */ b /* c */ + d -- e\n')).toBe('b /* c */ + d');
});

test('isConstant knows the literals whose value never changes', () => {
  for (const sql of ['1', '-1', '+ .5', `'a'`, `x'00'`, 'NULL', 'true', '(1)', '((-1))'])
    expect(isConstant(sql)).toBe(true);
  for (const sql of ['current_timestamp', '1 + 1', 'a', '"a"', 'random()', '- - 1', ''])
    expect(isConstant(sql)).toBe(false);
});
