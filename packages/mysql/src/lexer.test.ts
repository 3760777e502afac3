import { describe, expect, test } from 'vitest';
import { mentions, tokenize, trimSql, unquote } from './lexer.js';

const kinds = (sql: string): string[] => tokenize(sql).map(({ kind, text }) => `${kind} ${text}`);
const meanings = (sql: string): string[] => tokenize(sql).map(unquote);

describe('white space and comments', () => {
  test('are left out, of all three kinds', () => {
    expect(kinds('a -- , b\n\t/* c, */ , # d\n e--')).toEqual(['word a', 'operator ,', 'word e']);
  });

  test('two dashes are a comment before white space or the end alone', () => {
    expect(kinds('5--3')).toEqual(['number 5', 'operator -', 'operator -', 'number 3']);
    expect(kinds('5 --\t3\n4')).toEqual(['number 5', 'number 4']);
  });

  test('what a version comment holds is read, of MySQL and of MariaDB', () => {
    expect(kinds('a /*!50100 PARTITION BY */ b /*!80023 INVISIBLE */ /*M!100201 c */ d')).toEqual([
      'word a',
      'word PARTITION',
      'word BY',
      'word b',
      'word INVISIBLE',
      'word c',
      'word d',
    ]);
  });

  test('a comment that is never closed goes on up to the end', () => {
    expect(kinds('a /* b')).toEqual(['word a']);
    expect(kinds('a # b')).toEqual(['word a']);
  });

  test('there is none inside of quotes, and no quote inside of them', () => {
    expect(kinds(`'-- a' \`/* b\` "# c" -- it's\n1`)).toEqual([
      `string '-- a'`,
      'quoted `/* b`',
      'string "# c"',
      'number 1',
    ]);
  });
});

describe('a text', () => {
  test('is in single or in double quotes, which are doubled or escaped inside', () => {
    expect(meanings(String.raw`'it''s' 'it\'s' "say ""x""" "say \"x\"" 'a "b" c' "it's"`)).toEqual([
      "it's",
      "it's",
      'say "x"',
      'say "x"',
      'a "b" c',
      "it's",
    ]);
  });

  test('has the escapes that MySQL knows, and any other character as it is', () => {
    expect(meanings(String.raw`'\0\b\n\r\t\Z' 'a\\b' '100\%' 'a\_b' '\x\y'`)).toEqual([
      '\0\b\n\r\t\x1a',
      'a\\b',
      '100\\%',
      'a\\_b',
      'xy',
    ]);
  });

  test('ends at its quote, whatever backslashes stand before it', () => {
    expect(kinds(String.raw`'a\\' b`)).toEqual([String.raw`string 'a\\'`, 'word b']);
    expect(kinds(String.raw`'a\\\' b'`)).toEqual([String.raw`string 'a\\\' b'`]);
  });

  test('may hold line ends and every character', () => {
    expect(meanings(`'a\nb' '🦊 ü'`)).toEqual(['a\nb', '🦊 ü']);
  });

  test('has its introducer before it as a word of its own', () => {
    expect(kinds(`_utf8mb4'a' _latin1 "b" n'c'`)).toEqual([
      'word _utf8mb4',
      `string 'a'`,
      'word _latin1',
      'string "b"',
      'word n',
      `string 'c'`,
    ]);
  });

  test('may be longer than a stack is deep', () => {
    const long = 'x'.repeat(2_000_000);
    expect(meanings(`'${long}' ''`)).toEqual([long, '']);
    expect(meanings(`'${`''`.repeat(500_000)}'`)).toEqual([`'`.repeat(500_000)]);
  });
});

describe('a name', () => {
  test('in backticks holds what it likes', () => {
    expect(meanings('`a``b` `it\'s "so"` `back\\slash` `/* */` `-- ` `ü🦊`')).toEqual([
      'a`b',
      `it's "so"`,
      'back\\slash',
      '/* */',
      '-- ',
      'ü🦊',
    ]);
  });

  test('without quotes has letters, digits, _, $ and every character beyond ASCII', () => {
    expect(kinds('größe 表 a$1 _b $c')).toEqual(['word größe', 'word 表', 'word a$1', 'word _b', 'word $c']);
  });

  test('may start with digits', () => {
    expect(kinds('2fa 2e5 2e 0xfg')).toEqual(['word 2fa', 'number 2e5', 'word 2e', 'word 0xfg']);
  });

  test('is a variable after @ and @@', () => {
    expect(kinds("@a @@session.sql_mode @`b c` @'d'")).toEqual([
      'variable @a',
      'variable @@session.sql_mode',
      'variable @`b c`',
      "variable @'d'",
    ]);
  });
});

test('numbers, bits and bytes in all their forms', () => {
  const numbers = ['0', '.5', '1.', '1.5e+10', '2E-3'];
  expect(kinds(numbers.join(' '))).toEqual(numbers.map((number) => `number ${number}`));
  const binaries = ["b'101'", "x'0aB1'", "X''", '0xFF', '0b01'];
  expect(kinds(binaries.join(' '))).toEqual(binaries.map((binary) => `binary ${binary}`));
});

test('the longest operator wins', () => {
  expect(kinds('a->>b->c||d<=>e<=f<>g<<h>=i>>j!=k&&l:=m')).toEqual(
    'word a,operator ->>,word b,operator ->,word c,operator ||,word d,operator <=>,word e,operator <=,word f,operator <>,word g,operator <<,word h,operator >=,word i,operator >>,word j,operator !=,word k,operator &&,word l,operator :=,word m'.split(
      ',',
    ),
  );
});

test('what the server would not accept is illegal, and never throws', () => {
  expect(kinds(`a 'b c`)).toEqual(['word a', `illegal 'b c`]);
  expect(kinds('a "b c')).toEqual(['word a', 'illegal "b c']);
  expect(kinds('a `b c')).toEqual(['word a', 'illegal `b c']);
  expect(kinds(`'a\\'`)).toEqual([`illegal 'a\\'`]);
  expect(kinds('a ? \0 \\ ]')).toEqual(['word a', 'illegal ?', 'illegal \0', 'illegal \\', 'illegal ]']);
  expect(kinds(`'${`''`.repeat(100_000)}`).map((kind) => kind.slice(0, 7))).toEqual(['illegal']);
});

test('every token says where it stands', () => {
  const sql = ' `a b` /* c */ + 1.5';
  expect(tokenize(sql).map(({ text, start, end }) => [text, sql.slice(start, end) === text])).toEqual([
    ['`a b`', true],
    ['+', true],
    ['1.5', true],
  ]);
});

test('mentions finds a name however it is quoted, and never inside of texts, comments or other names', () => {
  for (const sql of ['select Track.id', 'from `TRACK`', 'track']) expect(mentions(sql, 'track')).toBe(true);
  for (const sql of [`'track'`, '"track"', '-- track', 'tracks', 'my_track', '`a track`', '@track'])
    expect(mentions(sql, 'track')).toBe(false);
});

test('trimSql leaves out the comments at the edges alone', () => {
  expect(trimSql(' /* a */ b /* c */ + d -- e\n')).toBe('b /* c */ + d');
});
