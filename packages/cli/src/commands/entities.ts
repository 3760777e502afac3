import { exitCode } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import { withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { presentWritten } from '../output/written.js';
import { optionalPackage } from './optional-package.js';

/** The flags of `entities:generate`. */
export interface GenerateFlags extends GlobalFlags {
  readonly dump?: boolean | undefined;
  readonly path?: string | undefined;
  readonly schema?: string | undefined;
}

/** Writes entity classes of the tables that the database has. */
export async function generate(flags: GenerateFlags): Promise<Outcome> {
  const { generateEntities, writeEntities } = await optionalPackage(
    '@dovetail/entity-generator',
    () => import('@dovetail/entity-generator'),
  );
  return withDatabase(flags, { database: 'existing', entities: 'ignored' }, async ({ orm, config, file }) => {
    const { path, schema, dump } = flags;
    const generated = await generateEntities(orm, {
      baseDir: file.folder,
      ...config.options.entityGenerator,
      ...(path !== undefined && { path }),
      ...(schema !== undefined && { schemas: [schema] }),
    });
    const written = dump === true ? [] : await writeEntities(generated);
    const message = [
      ...written.map(presentWritten),
      ...idle(generated.files.length, written.length, dump === true),
      ...generated.unexpressed.map(({ where, what }) => `Entities cannot say this: ${where}: ${what}`),
      ...generated.differences.map((difference) => `An update would change this: ${difference}`),
    ].join('\n');
    return {
      exitCode: exitCode.done,
      ...(dump === true && { result: generated.files.map(({ path: name, text }) => `// ${name}\n${text}`).join('\n') }),
      ...(message !== '' && { message }),
      json: { ...generated, written },
    };
  });
}

/** What is said where there was nothing to write. */
function idle(files: number, written: number, isDump: boolean): readonly string[] {
  if (files === 0) return ['There are no tables to make entities of.'];
  return isDump || written > 0 ? [] : ['The files are as they should be.'];
}
