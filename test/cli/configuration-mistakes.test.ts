import { test } from 'vitest';
import { configOf, correct, emitted, expectToBeTold, type Mistake, plainConfig, typed } from './mistake.js';
import { configText } from './project.js';

const mistakes: readonly Mistake[] = [
  {
    name: 'no configuration',
    args: ['schema:check'],
    exitCode: 2,
    says: ['There is no configuration.', 'Run "dovetail init"'],
  },
  {
    name: 'a configuration that does not exist',
    args: ['schema:check', '--config', 'other.config.ts'],
    exitCode: 2,
    says: ['other.config.ts: does not exist', 'Check --config'],
  },
  {
    name: 'a file that exports no configuration',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': "export default { dbName: 'library.db' };" },
    exitCode: 2,
    says: ['its default export is not made by defineConfig', 'Write: export default defineConfig('],
  },
  {
    name: 'a configuration in no language that is loaded',
    args: ['schema:check', '--config', 'dovetail.yml'],
    files: { 'dovetail.yml': 'dbName: library.db' },
    exitCode: 2,
    says: ['dovetail.yml: is no TypeScript or JavaScript file', 'Check --config'],
  },
  {
    name: 'a package.json that cannot be read',
    args: ['schema:check'],
    files: { 'package.json': '{ "private": ' },
    exitCode: 2,
    says: ['A package.json cannot be read.', 'package.json: SyntaxError', 'Correct it'],
  },
  {
    name: 'a package.json that cannot be read, where a migration in JavaScript is written',
    args: ['migration:create', '--emit', 'js'],
    files: {
      'migrations/package.json': '{ "private": ',
      'dovetail.config.mjs': configText(
        { packageName: '@dovetail/sqlite' },
        { connectionOptions: { dbName: 'library.db' } },
        "[entity('author', {})]",
      ),
    },
    exitCode: 2,
    says: ['A package.json cannot be read.', 'package.json: SyntaxError', 'Correct it'],
  },
  {
    name: 'two contexts of one name',
    args: ['schema:check', '--context', 'main'],
    files: {
      'dovetail.config.mjs': `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/sqlite';
export default ['a.db', 'b.db'].map((dbName) => defineConfig(Dovetail, { contextName: 'main', dbName, entities: [] }));
`,
    },
    exitCode: 2,
    says: ['several contexts of one name', 'dovetail.config.mjs: has more than one context main', 'contextName'],
  },
  {
    name: 'a configuration in package.json',
    args: ['schema:check'],
    files: { 'package.json': '{ "dovetail": { "dbName": "library.db" } }' },
    exitCode: 2,
    says: ['package.json: "dovetail" is no path', 'Write the path', '"dovetail": "./config/dovetail.config.ts"'],
  },
  {
    name: 'a configuration without its Dovetail',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': plainConfig('').replace('Dovetail, {', '{') },
    exitCode: 2,
    says: ['defineConfig: got no Dovetail first', 'Import Dovetail from the package of your database'],
  },
  {
    name: 'options that are still to be made',
    args: ['schema:check'],
    files: {
      'dovetail.config.mjs': plainConfig('').replace(/, \{.*\}\)/s, ", async () => ({ dbName: 'library.db' }))"),
    },
    exitCode: 2,
    says: ['defineConfig: got what makes options', 'Wait for it outside: export default async () => defineConfig('],
  },
  {
    name: 'options that do not exist',
    args: ['database:create'],
    files: {
      'dovetail.config.mjs': plainConfig(
        "entites: [], database: 'library.db', seeder: { pathTS: 'rows' }, schemaGenerator: true, entityGenerator: {}",
      ),
    },
    exitCode: 2,
    says: [
      'The configuration has options that do not exist.',
      'entites: is no option',
      'Write entities.',
      'database: is no option',
      'Write dbName.',
      'seeder.pathTS: is no option',
      'Write seeder.pathTs.',
      'schemaGenerator: is no object of options',
    ],
  },
  {
    name: 'no entities',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': plainConfig("dbName: 'library.db'") },
    exitCode: 2,
    says: ['entities: is missing', 'Write entities: [Author, Book]'],
  },
  {
    name: 'JavaScript that cannot be read',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': 'export default {{' },
    exitCode: 2,
    says: ['dovetail.config.mjs: SyntaxError:', 'Correct the file'],
  },
  {
    name: 'TypeScript that cannot be read',
    args: ['schema:check'],
    files: { 'dovetail.config.ts': 'const name: = 1;\nexport default name;\n', 'tsconfig.json': typed },
    exitCode: 2,
    says: ['dovetail.config.ts:1:12: ', 'Correct the file'],
  },
  {
    name: 'TypeScript that swc cannot read',
    args: ['schema:check'],
    files: {
      ...configOf("'./author.ts'"),
      'tsconfig.json': emitted,
      'author.ts': 'export class Author {\n  id: = number;\n}\n',
    },
    environment: { RUST_BACKTRACE: '1' },
    exitCode: 2,
    says: ['author.ts:2:1: Unexpected token `=`', 'Correct the file'],
  },
  {
    name: 'emitDecoratorMetadata alone',
    args: ['schema:check'],
    files: { ...correct, 'tsconfig.json': emitted.replace('"experimentalDecorators": true, ', '') },
    exitCode: 2,
    says: [
      'tsconfig.json: has "emitDecoratorMetadata" without "experimentalDecorators"',
      'Set "experimentalDecorators"',
    ],
  },
  {
    name: 'a name that nothing declares',
    args: ['schema:check'],
    files: { ...configOf('Author'), 'tsconfig.json': emitted },
    exitCode: 2,
    says: ['dovetail.config.ts:4: ReferenceError: Author is not defined', 'Correct the file.'],
  },
  {
    name: 'a driver that is not installed',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': "import { Dovetail } from '@dovetail/oracle';\nexport default Dovetail;\n" },
    exitCode: 2,
    says: ["Cannot find package '@dovetail/oracle'", 'Run "npm install @dovetail/oracle"'],
  },
  {
    name: 'a package that an entity in CommonJS misses',
    args: ['schema:check'],
    files: {
      'dovetail.config.mjs': plainConfig("dbName: 'library.db', entities: ['./author.cjs']"),
      'author.cjs': "require('@dovetail/oracle');",
    },
    exitCode: 2,
    says: ["author.cjs: Cannot find module '@dovetail/oracle'\n    Correct the file"],
  },
  {
    name: 'a native driver that was not built',
    args: ['database:create'],
    files: {
      'dovetail.config.mjs': plainConfig("dbName: 'library.db', entities: []"),
      'unbuilt.cjs': `const Module = require('node:module');
const load = Module._load;
const unbuilt = () => { throw new Error('Could not locate the bindings file. Tried:'); };
Module._load = (name, ...others) => (name === 'bindings' ? unbuilt : load(name, ...others));
`,
    },
    environment: { NODE_OPTIONS: '--require=./unbuilt.cjs' },
    exitCode: 2,
    says: ['better-sqlite3: has no native part', 'Run "npm rebuild better-sqlite3"', '"pnpm approve-builds"'],
  },
  {
    name: 'files that import each other',
    args: ['schema:update', '--run'],
    files: {
      ...configOf('Author', "import { Author } from './author.js';"),
      'author.ts': `import { Entity, ManyToOne, PrimaryKey } from '@dovetail/sqlite';
import { Book } from './book.js';
@Entity() export class Author { @PrimaryKey({ type: 'integer' }) id!: number; @ManyToOne({ entity: Book }) best!: Book; }
`,
      'book.ts': `import { Entity, ManyToOne, PrimaryKey } from '@dovetail/sqlite';
import { Author } from './author.js';
@Entity() export class Book { @PrimaryKey({ type: 'integer' }) id!: number; @ManyToOne({ entity: Author }) author!: object; }
`,
    },
    exitCode: 2,
    says: ["Cannot access 'Author' before initialization", 'name the entity lazily', '() => Author'],
  },
  {
    name: 'a context that does not exist',
    args: ['schema:check', '--context', 'replica'],
    files: correct,
    exitCode: 2,
    says: ['has no context replica', 'Write --context with one of: default'],
  },
  {
    name: 'a loader that does not exist',
    args: ['schema:check'],
    files: correct,
    environment: { DOVETAIL_LOADER: 'babel' },
    exitCode: 2,
    says: ['DOVETAIL_LOADER: is babel', 'Write one of: swc, ts-node, tsx, none'],
  },
  {
    name: 'a loader that reads no standard decorators',
    args: ['schema:check'],
    files: { ...correct, 'tsconfig.json': '{ "compilerOptions": { "target": "ES2022", "module": "NodeNext" } }' },
    environment: { DOVETAIL_LOADER: 'swc' },
    exitCode: 2,
    says: ['DOVETAIL_LOADER: is swc, which reads no decorators', '"experimentalDecorators"', 'Leave it unset.'],
  },
  {
    name: 'a loader that loads no ES modules',
    args: ['schema:check'],
    files: correct,
    environment: { DOVETAIL_LOADER: 'ts-node' },
    exitCode: 2,
    says: ['DOVETAIL_LOADER: is ts-node, which loads CommonJS alone', 'Leave it unset.'],
  },
  {
    name: 'a port that is no number',
    args: ['schema:check'],
    files: correct,
    environment: { DOVETAIL_PORT: 'default' },
    exitCode: 2,
    says: ['DOVETAIL_PORT: is default', 'Write a whole number.'],
  },
  {
    name: 'no name of a database',
    args: ['schema:check'],
    files: { 'dovetail.config.mjs': plainConfig('entities: []') },
    exitCode: 2,
    says: ['The configuration names no database.', 'set DOVETAIL_DB_NAME'],
  },
];

test.concurrent.each(mistakes)('$name', expectToBeTold);
