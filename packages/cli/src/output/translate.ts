import { DovetailError, type Problem } from '@dovetail/core';

/** The error in the words of the command line: core says what to write in a program, and loaders draw pictures. */
export function translate(error: DovetailError): DovetailError {
  const { code, summary, problems, cause } = error;
  return new DovetailError(code, summary, problems.map(translateProblem), { cause });
}

/** One of its problems in these words. */
export function translateProblem(problem: Problem): Problem {
  const { where, what, remedy } = problem;
  const mistake = readSyntaxError(what);
  return {
    ...problem,
    where: mistake?.where ?? where,
    what: mistake?.what ?? withoutRequireStack(what),
    remedy: words.reduce((text, [api, commandLine]) => text.replaceAll(api, commandLine), withFlags(remedy)),
  };
}

const words: readonly (readonly [api: string, commandLine: string])[] = [
  ["allow: ['data-loss']", '--allow-data-loss'],
  ['call updateSchema', 'run "dovetail schema:update"'],
  ['or refreshDatabase,', 'or "dovetail schema:fresh",'],
  ['ensureDatabase', '"dovetail database:create"'],
  ['`only`', '--only'],
  ['`initial`', '--initial'],
  ['`up`', '"dovetail migration:up"'],
  ['`down`', '"dovetail migration:down"'],
  ['`create`', '"dovetail migration:create"'],
  ['`blank`', '--blank'],
  ['`baseline`', '"dovetail migration:baseline"'],
  ['`forget`', '"dovetail migration:forget"'],
];

/** `renames: { 'author.name': 'full_name' }` is `--rename author.name:full_name`. */
function withFlags(remedy: string): string {
  return remedy.replaceAll(/renames: \{ (.*?) \}/g, (_option, entries: string) =>
    [...entries.matchAll(/'([^']*)': (?:false|'([^']*)')/g)]
      .map(([, from = '', to]) => (to === undefined ? `--not-renamed ${from}` : `--rename ${from}:${to}`))
      .join(' '),
  );
}

/** Where swc and esbuild found a mistake, and what; of TypeScript that another one reads nothing is known. */
function readSyntaxError(what: string): Pick<Problem, 'where' | 'what'> | undefined {
  const [, swcWhat, swcWhere] = /^(?:Error: )?\s*x (.*)\n(?:.*\n)*?\s*,-\[(.*:\d+:\d+)\]/.exec(what) ?? [];
  if (swcWhat !== undefined && swcWhere !== undefined) return { where: swcWhere, what: swcWhat };
  const [, where, message] = /Transform failed with .*\n(.*:\d+:\d+): ERROR: (.*)/.exec(what) ?? [];
  return where === undefined || message === undefined ? undefined : { where, what: message };
}

function withoutRequireStack(what: string): string {
  const [message = ''] = what.split('\nRequire stack:');
  return message;
}
