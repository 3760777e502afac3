import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discoverEntities } from './discover-entities.js';
import { problemsOf } from './discover.fixture.js';

let folder: string;

/** The names of the entities that files of the folder export. */
async function entitiesOf(...globs: string[]): Promise<string[]> {
  const { entities } = await discoverEntities({ entities: globs, baseDir: folder });
  return entities.map(({ className }) => className);
}

async function firstProblem(...globs: string[]): Promise<string | undefined> {
  const [problem] = await problemsOf(globs, { baseDir: folder });
  return problem?.what;
}

// Each file describes its class by itself, as decorators of another copy of this package would.
const described = (name: string): string => `
  const symbol = (Symbol.metadata ??= Symbol.for('Symbol.metadata'));
  const id = { kind: 'scalar', name: 'id', options: { type: 'integer', primary: true } };
  const value = {
    entity: {}, properties: [id], indexes: [], uniques: [], checks: [], exclusions: [], triggers: [], misplaced: [],
  };
  const metadata = Object.defineProperty({}, Symbol.for('@dovetail/declarations'), { value });
  class ${name} {}
  Object.defineProperty(${name}, symbol, { value: metadata });
`;

const files: Readonly<Record<string, string>> = {
  'author.mjs': `${described('Author')} export { Author }; export const limit = 3; export class Helper {}`,
  'book.cjs': `${described('Book')} module.exports = { Book };`,
  'default.mjs': `${described('Genre')} export default Genre;`,
  'default.cjs': `${described('Label')} module.exports = Label;`,
  'compiled.cjs': `${described('Shelf')} Object.defineProperty(exports, '__esModule', { value: true });
    exports.default = Shelf; exports.Shelf = Shelf;`,
  'itself.cjs': `${described('Stamp')} module.exports = { Stamp }; module.exports.default = module.exports;`,
  'nothing.mjs': `export default null; export const three = 3;`,
  'inner/package.json': '{ "type": "module" }',
  'inner/reader.js': `${described('Reader')} export { Reader };`,
  'inner/reader.js.map': '{}',
  'inner/reader.d.ts': 'export declare class Reader {}',
  '[odd]/lamp.mjs': `${described('Lamp')} export { Lamp };`,
  'broken/one.mjs': 'throw new Error("not today");',
  'broken/two.mjs': 'export class First extends Second {} class Second {}',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entities of a project '));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each([
  ['ES modules and CommonJS modules', ['./author.mjs', './book.cjs'], ['Author', 'Book']],
  ['default exports', ['default.*'], ['Label', 'Genre']],
  ['a default export as a compiler writes it for CommonJS', ['compiled.cjs'], ['Shelf']],
  ['a module that is its own default export', ['itself.cjs'], ['Stamp']],
  ['a folder, but for what is no program', ['inner/**'], ['Reader']],
  ['paths with the separators of Windows', ['.\\inner\\*.js'], ['Reader']],
  ['brackets that are part of a name', ['\\[odd\\]/*.mjs'], ['Lamp']],
  ['files without entities beside one with some', ['{nothing,author}.mjs'], ['Author']],
  ['one file by two globs', ['author.mjs', 'auth*.mjs'], ['Author']],
])('globs give the decorated classes of %s', async (_, globs, expected) => {
  expect(await entitiesOf(...globs)).toEqual(expected);
});

test('a glob that leads to nothing is a mistake that names it', async () => {
  expect(await firstProblem('nowhere/*.js')).toBe(`no file matches "nowhere/*.js" in ${folder}`);
  expect(await firstProblem('nothing.mjs')).toBe('the files that match "nothing.mjs" export no entity');
});

test('all files that fail to load are named', async () => {
  const remedy: unknown = expect.stringContaining('`author!: Rel<Author>`');
  const problems = await problemsOf(['broken/*', 'nowhere/*'], { baseDir: folder });

  expect(problems).toEqual([
    {
      where: join(folder, 'broken/one.mjs'),
      what: 'not today',
      remedy: 'Correct the file, or take it out of `entities`.',
    },
    {
      where: join(folder, 'broken/two.mjs'),
      what: "Cannot access 'Second' before initialization",
      remedy,
    },
  ]);
});
