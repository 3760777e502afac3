/**
 * A text as source. What would not be seen, or would move what stands beside it (control characters, marks of
 * direction), is escaped; so is whatever could end the literal.
 */
export function printText(text: string): string {
  return `'${escape(text)
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)}'`;
}

/** A text of several lines, as a template that has them. */
export function printLines(text: string): string {
  return `\`${escape(text)
    .replaceAll('`', String.raw`\``)
    .replaceAll('${', String.raw`\${`)}\``;
}

/** All but line feeds and quotes. Surrogates without a partner are unseen as well. */
function escape(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufeff]/gu, (character) =>
      character === '\n' ? character : unicodeEscape(character),
    );
}

function unicodeEscape(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
}
