/** The expression without the parentheses that enclose all of it. */
export function withoutEnclosing(expression: string): string {
  const text = expression.trim();
  return text.startsWith('(') && closingOf(text) === text.length - 1 ? withoutEnclosing(text.slice(1, -1)) : text;
}

/** Where the parenthesis at the start is closed. What stands in quotes, or in dollars, closes nothing. */
function closingOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else at = endOfQuoted(text, at);
    if (depth === 0) return at;
  }
  return -1;
}

/** The last character of the quoted text that starts at a position; the position itself where none does. */
function endOfQuoted(text: string, start: number): number {
  switch (text.charAt(start)) {
    case '"':
      return text.indexOf('"', start + 1);
    case "'":
      return endOfString(text, start, isEscapeString(text, start));
    case '$':
      return endOfDollars(text, start);
    default:
      return start;
  }
}

function isEscapeString(text: string, quote: number): boolean {
  return /(?:^|[^\w$])e$/iu.test(text.slice(Math.max(0, quote - 2), quote));
}

/** A doubled quote ends one string and starts the next, which comes to the same. */
function endOfString(text: string, start: number, escapes: boolean): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (escapes && text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === "'") return at;
  }
  return text.length;
}

function endOfDollars(text: string, start: number): number {
  const tag = /^\$(?:[a-z_]\w*)?\$/iu.exec(text.slice(start))?.[0];
  if (tag === undefined) return start;
  const end = text.indexOf(tag, start + tag.length);
  return end === -1 ? text.length : end + tag.length - 1;
}
