import { DovetailError, type DovetailBase } from '@dovetail/core';
import { type ConfigFile, chooseContext, findConfig } from '../config/find-config.js';
import { isTypeScript } from '../config/import-module.js';
import { exitCode, type ExitCode, exitCodeOf } from '../exit-code.js';
import type { GlobalFlags } from '../flags.js';
import { installedVersion } from '../installed-version.js';
import { withDatabase } from '../open.js';
import type { Outcome } from '../outcome.js';
import { colours } from '../output/colours.js';
import { translate } from '../output/translate.js';
import { packageVersion } from '../version.js';
import { databases } from './init.js';

/** One thing that was looked at, and what was found. */
interface Finding {
  readonly what: string;
  readonly found: string;
  readonly isFine: boolean;
}

/** What the command finds: versions, configuration, entities, connection, privileges; and what is missing. */
export async function debug(flags: GlobalFlags): Promise<Outcome> {
  const findings = [fine('Dovetail', packageVersion()), fine('Node.js', process.version)];
  const code = await look(flags, findings);
  return { exitCode: code, result: findings.map(present).join(''), json: findings };
}

/** Adds what it finds as it goes, for after a problem there is nothing more to look at. */
async function look(flags: GlobalFlags, findings: Finding[]): Promise<ExitCode> {
  try {
    const file = await findConfig(flags.config);
    findings.push(...(await describeProject(file)), fine('context', chooseContext(file, flags.context).contextName));
    const ended = await withDatabase(flags, { database: 'existing' }, async ({ orm }) => {
      findings.push(describeEntities(orm), fine('connection', describeConnection(orm)));
      const { tables } = await orm.schema.introspect();
      findings.push(fine('database', `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}`));
      findings.push(...(await describePrivileges(orm)));
      return { exitCode: findings.every(({ isFine }) => isFine) ? exitCode.done : exitCode.refused };
    });
    return ended.exitCode;
  } catch (error) {
    if (!(error instanceof DovetailError)) throw error;
    findings.push(missing('problem', translate(error).message));
    return exitCodeOf(error.code);
  }
}

async function describeProject({ path }: ConfigFile): Promise<readonly Finding[]> {
  const found = fine('configuration', path);
  if (!isTypeScript(path)) return [...describePackages(path), found];
  const { chooseLoader } = await import('../config/loader.js');
  return [...describePackages(path), found, fine('TypeScript', `compiled by ${chooseLoader(path)} as it is loaded`)];
}

const packageNames = [
  '@dovetail/core',
  ...databases.map((name) => `@dovetail/${name}`),
  '@dovetail/migrations',
  '@dovetail/seeder',
  '@dovetail/reflection',
  '@dovetail/entity-generator',
];

/** The packages that a file of the project finds: all of them are made for one another in one version. */
function describePackages(path: string): readonly Finding[] {
  const versions = packageNames.flatMap((name) => {
    const version = installedVersion(name, path);
    return version === undefined ? [] : [{ name, version }];
  });
  const others = versions.filter(({ version }) => version !== packageVersion());
  const list = versions.map(({ name, version }) => `${name} ${version}`).join(', ');
  if (others.length === 0) return [fine('packages', list)];
  const wanted = others.map(({ name }) => `${name}@${packageVersion()}`).join(' ');
  return [missing('packages', `${list}: all must have the version of @dovetail/cli: npm install ${wanted}`)];
}

function describeEntities({ metadata }: DovetailBase): Finding {
  return fine('entities', metadata.entities.map(({ className }) => className).join(', '));
}

function describeConnection({ driver, connection, place }: DovetailBase): string {
  return `${driver.name} ${connection.serverVersion}, ${place}`;
}

async function describePrivileges({ driver, connection, schema }: DovetailBase): Promise<readonly Finding[]> {
  const { namespaces } = schema.getTargetSchema();
  const privileges = await driver.privileges?.(connection, { namespaces });
  if (privileges === undefined) return [];
  const denied = privileges.filter(({ granted }) => !granted);
  return denied.length === 0
    ? [fine('privileges', 'all that an update can need')]
    : denied.map(({ action, remedy }) => missing('privileges', `this user may not ${action}: ${remedy}`));
}

function fine(what: string, found: string): Finding {
  return { what, found, isFine: true };
}

function missing(what: string, found: string): Finding {
  return { what, found, isFine: false };
}

function present({ what, found, isFine }: Finding): string {
  return `${isFine ? colours.result.green('✓') : colours.result.red('✗')} ${what}: ${found}\n`;
}
