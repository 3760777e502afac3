/** The parts of a name that stand for words: `first_name`, `FirstName` and `first name` all have two. */
export function wordsOf(name: string): readonly string[] {
  return (
    name
      .normalize('NFC')
      // What is not seen has no place in an identifier: marks of direction, joiners, variation selectors.
      .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
      .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
      .split(/[^\p{ID_Continue}]|_/u)
      .filter((word) => word !== '')
      .map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word))
  );
}

/** `filmActor` */
export function camelCase(words: readonly string[]): string {
  return identifier(words.map((word, index) => (index === 0 ? uncapitalised(word) : capitalised(word))).join(''));
}

/** `FilmActor` */
export function pascalCase(words: readonly string[]): string {
  return identifier(words.map(capitalised).join(''));
}

/** `film-actor` */
export function kebabCase(words: readonly string[]): string {
  return words.map((word) => word.toLowerCase()).join('-');
}

/** The plural of an English noun, as far as rules go; a plural stays as it is. */
export function plural(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  return last === undefined ? words : [...words.slice(0, -1), pluralOf(last)];
}

function pluralOf(noun: string): string {
  if (/(s|x|z|ch|sh)$/i.test(noun)) return /[^s]s$/i.test(noun) && !/(us|is)$/i.test(noun) ? noun : `${noun}es`;
  return /[^aeiou]y$/i.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** The name, or the first one with a number after it that is free; it is taken then. */
export function distinctName(
  name: string,
  taken: Set<string>,
  fold: (name: string) => string = (same) => same,
): string {
  let candidate = name;
  for (let count = 2; taken.has(fold(candidate)); count += 1) candidate = `${name}${count}`;
  taken.add(fold(candidate));
  return candidate;
}

const longest = 80;

function identifier(text: string): string {
  const characters = Array.from(text).slice(0, longest);
  if (characters.length === 0) return 'unnamed';
  return /^\p{ID_Start}/u.test(text) ? characters.join('') : `_${characters.join('')}`;
}

function capitalised(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('');
}

function uncapitalised(word: string): string {
  const [first = '', ...rest] = word;
  return first.toLowerCase() + rest.join('');
}
