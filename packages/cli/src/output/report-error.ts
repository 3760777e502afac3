import { DovetailError, type ErrorCode, type Problem } from '@dovetail/core';
import { choicesOf } from '../commands/renames.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { Outcome } from '../outcome.js';
import { colours } from './colours.js';

/** An error as a person and as a program see it; its stack where they ask for it. */
export function outcomeOfError(error: unknown, verbose: boolean): Outcome {
  if (error instanceof DovetailError) {
    const { code, message, problems, stack = message } = error;
    return {
      ...refused(exitCodeOf(code), code, problems, [verbose ? stack : message, ...advice(error)].join('\n')),
      isCutOff: code === 'aborted',
    };
  }
  if (isCancelledPrompt(error)) return refused(exitCode.refused, 'aborted', [], 'Cancelled. Nothing has been changed.');
  if (isFileError(error)) return outcomeOfFileError(error, verbose);
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const text = verbose ? stack : `${message}\nRun again with --verbose for where it happens.`;
  return refused(exitCode.failed, 'unexpected', [], text);
}

function refused(
  code: Outcome['exitCode'],
  name: ErrorCode | 'unexpected',
  problems: readonly Problem[],
  message: string,
): Outcome {
  return { exitCode: code, message: colours.told.red(message), json: { error: { code: name, message, problems } } };
}

/** What to write on the command line instead, where core says what to write in the code. */
function advice(error: DovetailError): readonly string[] {
  switch (error.code) {
    case 'connection-failed':
      return ['Where the database is missing, "dovetail database:create" creates it.'];
    case 'ambiguous-rename':
      return choicesOf(error).flatMap(({ removed: [path = ''], added: [to = ''] }) => [
        `Or say it here: --rename ${path}:${to.slice(to.lastIndexOf('.') + 1)}, or --not-renamed ${path}.`,
      ]);
    case 'invalid-metadata':
      return error.problems.some(({ what }) => what.includes('type is not known')) ? [typeAdvice] : [];
    case 'precheck-failed':
      return error.problems.some(({ remedy }) => remedy.includes("allow: ['data-loss']"))
        ? ["Here, allow: ['data-loss'] is --allow-data-loss."]
        : [];
    default:
      return [];
  }
}

/** An error of the file system, which names what it was about. */
type FileError = NodeJS.ErrnoException & { readonly path: string };

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}

function outcomeOfFileError({ message, path, stack = message }: FileError, verbose: boolean): Outcome {
  const problem: Problem = { where: path, what: message, remedy: 'Check the path, and who may write there.' };
  const text = `A file cannot be read or written.\n  - ${problem.where}: ${problem.what}\n    ${problem.remedy}`;
  return refused(exitCode.failed, 'unexpected', [problem], verbose ? stack : text);
}

const typeAdvice =
  'Or let the compiler write the types: set "experimentalDecorators" and "emitDecoratorMetadata" in tsconfig.json, and' +
  ' leave DOVETAIL_LOADER unset, for tsx does not write them.';

/** Ctrl-C at a question. */
function isCancelledPrompt(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
