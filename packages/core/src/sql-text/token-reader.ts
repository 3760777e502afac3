import type { Lexer, Token } from './token.js';
import { closingParenthesis, textOf } from './tokens.js';

/** A definition that the reader of it does not understand. */
export class UnreadableDefinition extends Error {
  override readonly name = 'UnreadableDefinition';
}

/** Walks over the tokens of one statement; every token is either accepted by somebody, or an error. */
export class TokenReader {
  readonly #lexer: Lexer;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(
    readonly sql: string,
    lexer: Lexer,
  ) {
    this.#lexer = lexer;
    this.#tokens = lexer.tokenize(sql);
  }

  peek(offset = 0): Token | undefined {
    return this.#tokens[this.#position + offset];
  }

  /** What comes next, where that is a keyword or an operator; empty otherwise. */
  get keyword(): string {
    return this.peek()?.keyword ?? '';
  }

  /** Whether the next tokens are these keywords, in lower case, or operators. */
  isNext(first: string, second?: string, third?: string): boolean {
    return (
      this.keyword === first &&
      (second === undefined || this.peek(1)?.keyword === second) &&
      (third === undefined || this.peek(2)?.keyword === third)
    );
  }

  /** Moves on over these keywords or operators if they come next, and says whether they did. */
  accept(first: string, second?: string, third?: string): boolean {
    const found = this.isNext(first, second, third);
    if (found) this.#position += third === undefined ? (second === undefined ? 1 : 2) : 3;
    return found;
  }

  expect(first: string, second?: string): void {
    if (!this.accept(first, second)) this.fail(second === undefined ? first : `${first} ${second}`);
  }

  next(expected: string): Token {
    const token = this.peek();
    if (token === undefined || token.kind === 'illegal') return this.fail(expected);
    this.#position += 1;
    return token;
  }

  /** A name, with quotes or without. */
  name(): string {
    const token = this.peek();
    if (token === undefined || !this.#lexer.isName(token)) return this.fail('a name');
    this.#position += 1;
    return this.#lexer.unquote(token);
  }

  /** What a text in quotes says. */
  string(): string {
    const token = this.next('a text');
    return token.kind === 'string' ? this.#lexer.unquote(token) : this.fail('a text');
  }

  /** Names between parentheses. */
  names(): readonly string[] {
    this.expect('(');
    const names = [this.name()];
    while (this.accept(',')) names.push(this.name());
    this.expect(')');
    return names;
  }

  /** The tokens from a parenthesis to the one that closes it. */
  group(): readonly Token[] {
    if (!this.isNext('(')) this.fail('(');
    const close = closingParenthesis(this.#tokens, this.#position);
    if (close === -1) this.fail('a closing parenthesis');
    const tokens = this.#tokens.slice(this.#position, close + 1);
    this.#position = close + 1;
    return tokens;
  }

  /** The text between a parenthesis and the one that closes it, without the comments at its edges. */
  parenthesised(): string {
    return textOf(this.sql, this.group().slice(1, -1));
  }

  /** The tokens up to the first one, outside of parentheses, that `stop` recognises. */
  until(stop: (token: Token, previous: Token | undefined) => boolean): readonly Token[] {
    const start = this.#position;
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (stop(token, this.peek(-1))) break;
      if (token.keyword === '(') this.group();
      else this.next('a token');
    }
    return this.#tokens.slice(start, this.#position);
  }

  /** The tokens up to the comma or parenthesis that ends a member of a list. */
  member(): readonly Token[] {
    return this.until(({ keyword }) => keyword === ',' || keyword === ')');
  }

  /** All tokens that are left. */
  rest(): readonly Token[] {
    const tokens = this.#tokens.slice(this.#position);
    this.#position = this.#tokens.length;
    return tokens;
  }

  expectEnd(): void {
    if (this.peek() !== undefined) this.fail('the end');
  }

  fail(expected: string): never {
    const token = this.peek();
    const found = token === undefined ? 'the end' : `${token.text} at character ${token.start + 1}`;
    throw new UnreadableDefinition(`expected ${expected}, found ${found}`);
  }
}
