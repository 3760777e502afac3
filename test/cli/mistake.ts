import { expect } from 'vitest';
import { createProject } from './project.js';

/** A mistake that people make, and the one message that they get. */
export interface Mistake {
  readonly name: string;
  readonly args: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  readonly exitCode: number;
  /** What the message says, in this order: what is wrong, and what to do. */
  readonly says: readonly string[];
}

export const typed =
  '{ "compilerOptions": { "target": "ES2022", "module": "NodeNext", "experimentalDecorators": true } }';

export const emitted = typed.replace('true', 'true, "emitDecoratorMetadata": true');

/** A configuration in JavaScript of an empty database, with the text of its options. */
export function plainConfig(options: string, database = 'sqlite'): string {
  return `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/${database}';
export default defineConfig(Dovetail, { ${options} });
`;
}

/** A configuration of some entities, with the text of a file of them. */
export function configOf(entities: string, source = ''): Readonly<Record<string, string>> {
  return {
    'tsconfig.json': typed,
    'dovetail.config.ts': `import { defineConfig } from '@dovetail/cli';
import { Dovetail, Entity, PrimaryKey, Property } from '@dovetail/sqlite';
${source}
export default defineConfig(Dovetail, { dbName: 'library.db', entities: [${entities}] });
`,
  };
}

export const correct = configOf(
  'Author',
  "@Entity() export class Author { @PrimaryKey({ type: 'integer' }) id!: number; @Property({ type: 'string' }) name!: string; }",
);
/** Makes the mistake as a process of its own. */
export async function expectToBeTold({ args, files = {}, environment = {}, exitCode, says }: Mistake): Promise<void> {
  const place = createProject(environment);
  for (const [path, text] of Object.entries(files)) place.write(path, text);
  const ended = await place.dovetail(...args);
  place.dispose();
  expect(ended).toMatchObject({ exitCode, stdout: '' });
  expectMessage(ended.stderr, says);
}

/** One message, whose parts come in order, and no stack of it. */
export function expectMessage(stderr: string, says: readonly string[]): void {
  const places = says.map((part) => stderr.indexOf(part));
  expect(places, stderr).toEqual([...places].sort((a, b) => a - b));
  expect(places, stderr).not.toContain(-1);
  expect(stderr).not.toMatch(/^ +at /m);
  for (const noise of ['node:internal', 'Require stack:', 'backtrace', 'Run again with'])
    expect(stderr).not.toContain(noise);
}
