const enum Code {
  Tab = 0x09,
  Return = 0x0d,
  Space = 0x20,
  Dollar = 0x24,
  Zero = 0x30,
  Nine = 0x39,
  UpperA = 0x41,
  UpperZ = 0x5a,
  Underscore = 0x5f,
  LowerA = 0x61,
  LowerZ = 0x7a,
  LastOfAscii = 0x7f,
}

/** White space of ASCII. */
export function isSpace(code: number): boolean {
  return code === Code.Space || (code >= Code.Tab && code <= Code.Return);
}

export function isDigit(code: number): boolean {
  return code >= Code.Zero && code <= Code.Nine;
}

/** Letters, digits, `_`, `$` and every character beyond ASCII. */
export function isNamePart(code: number): boolean {
  return (
    (code >= Code.LowerA && code <= Code.LowerZ) ||
    (code >= Code.UpperA && code <= Code.UpperZ) ||
    isDigit(code) ||
    code === Code.Underscore ||
    code === Code.Dollar ||
    code > Code.LastOfAscii
  );
}

/** Where the name ends that starts there. */
export function skipName(sql: string, start: number): number {
  let at = start;
  while (isNamePart(sql.charCodeAt(at))) at += 1;
  return at;
}

/** The place behind the next `terminator`; the end of the text where there is none. */
export function behind(sql: string, terminator: string, from: number): number {
  const at = sql.indexOf(terminator, from);
  return at === -1 ? sql.length : at + terminator.length;
}
