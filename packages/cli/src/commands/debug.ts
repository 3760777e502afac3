import { DovetailError, type DovetailBase } from '@dovetail/core';
import { colours } from '../output/colours.js';
import { chooseContext, findConfig } from '../config/find-config.js';
import { exitCode, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import { withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { packageVersion } from '../version.js';

/** One thing that was looked at, and what was found. */
interface Finding {
  readonly what: string;
  readonly found: string;
  readonly isFine: boolean;
}

/** What the command finds: versions, configuration, entities, connection; and what is missing. */
export async function debug(flags: GlobalFlags): Promise<Outcome> {
  const versions = [fine('Dovetail', packageVersion()), fine('Node.js', process.version)];
  const { findings, code } = await look(flags);
  const all = [...versions, ...findings];
  return { exitCode: code, result: all.map(present).join(''), json: all };
}

async function look(flags: GlobalFlags): Promise<{ readonly findings: readonly Finding[]; readonly code: ExitCode }> {
  const findings: Finding[] = [];
  try {
    const file = await findConfig(flags.config);
    findings.push(fine('configuration', file.path));
    findings.push(fine('context', chooseContext(file, flags.context).contextName));
    await withDatabase(flags, { ensureDatabase: false }, async ({ orm }) => {
      findings.push(...describeEntities(orm), fine('connection', `server ${orm.connection.serverVersion}`));
      const { tables } = await orm.schema.introspect();
      findings.push(fine('database', `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}`));
    });
    return { findings, code: exitCode.done };
  } catch (error) {
    if (!(error instanceof DovetailError)) throw error;
    return {
      findings: [...findings, { what: 'problem', found: error.message, isFine: false }],
      code: exitCodeOf(error.code),
    };
  }
}

function describeEntities({ metadata }: DovetailBase): Finding[] {
  return [fine('entities', metadata.entities.map(({ className }) => className).join(', '))];
}

function fine(what: string, found: string): Finding {
  return { what, found, isFine: true };
}

function present({ what, found, isFine }: Finding): string {
  return `${isFine ? colours.result.green('✓') : colours.result.red('✗')} ${what}: ${found}\n`;
}
