/** What a lexer makes of a piece of SQL. Which text is of which kind is for the lexer of the database to say. */
export type TokenKind =
  /** A keyword or an identifier without quotes. */
  | 'word'
  /** An identifier in quotes. */
  | 'quoted'
  /** A text in quotes. */
  | 'string'
  | 'number'
  /** Bits or bytes: `x'AB'`. */
  | 'binary'
  | 'variable'
  | 'operator'
  /** What the database would not accept: an unclosed quote, a stray character. */
  | 'illegal';

export interface Token {
  readonly kind: TokenKind;
  /** The token as it is written, quotes included. */
  readonly text: string;
  /** What a grammar knows it by: a word in lower case, an operator as it is, nothing for any other token. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
}

/** The lexical rules of a database. */
export interface Lexer {
  /** The tokens of an SQL text in order, without white space and comments. Never throws: see the kind `illegal`. */
  tokenize(sql: string): readonly Token[];
  /** What an identifier names or a string holds. */
  unquote(token: Token): string;
  /** Whether the token can name an object. */
  isName(token: Token): boolean;
}
