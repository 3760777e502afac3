import { DovetailError, type ErrorCode, type Problem } from '@dovetail/core';
import { join } from 'node:path';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { Outcome } from '../outcome.js';
import { colours } from './colours.js';
import { translate } from './translate.js';

/** An error as a person and as a program see it; its stack where they ask for it. */
export async function outcomeOfError(error: unknown, verbose: boolean): Promise<Outcome> {
  if (error instanceof DovetailError) return outcomeOfKnown(error, verbose);
  if (isCancelledPrompt(error)) return refused(exitCode.refused, 'aborted', [], 'Cancelled. Nothing has been changed.');
  if (isFileError(error)) return outcomeOfFileError(error, verbose);
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const text = verbose ? stack : `${message}\nRun again with --verbose for where it happens.`;
  return refused(exitCode.failed, 'unexpected', [], text);
}

async function outcomeOfKnown(error: DovetailError, verbose: boolean): Promise<Outcome> {
  const { code, message, problems } = translate(error);
  const text = [message, ...(await advice(error).catch(noAdvice)), ...(verbose ? stacksOf(error) : [])].join('\n');
  return refused(exitCodeOf(code), code, problems, text);
}

/** Where it was thrown, and where what it comes from was. */
function stacksOf({ stack = '', cause }: Error): readonly string[] {
  const frames = stack.slice(stack.indexOf('\n    at ') + 1);
  return [frames, ...(cause instanceof Error ? [`Caused by ${cause.stack ?? cause.message}`] : [])];
}

function refused(
  code: Outcome['exitCode'],
  name: ErrorCode | 'file' | 'unexpected',
  problems: readonly Problem[],
  message: string,
): Outcome {
  return { exitCode: code, message: colours.told.red(message), json: { error: { code: name, message, problems } } };
}

/** What the project itself can be changed in. */
async function advice({ problems }: DovetailError): Promise<readonly string[]> {
  if (!problems.some(({ code }) => code === 'unknown-type')) return [];
  const { adviseOnTypes } = await import('../config/loader.js');
  // Commands run in the folder of the configuration.
  return [adviseOnTypes(join(process.cwd(), 'entities.ts'))];
}

/** It reads tsconfig.json, which may have mistakes of its own. */
function noAdvice(): readonly string[] {
  return [];
}

/** An error of the file system, which names what it was about. */
type FileError = NodeJS.ErrnoException & { readonly path: string };

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && 'syscall' in error && 'path' in error && typeof error.path === 'string';
}

function outcomeOfFileError({ message, path, stack = message }: FileError, verbose: boolean): Outcome {
  const problem: Problem = { where: path, what: message, remedy: 'Check the path, and who may write there.' };
  const text = `A file cannot be read or written.\n  - ${problem.where}: ${problem.what}\n    ${problem.remedy}`;
  return refused(exitCode.failed, 'file', [problem], verbose ? stack : text);
}

/** Ctrl-C at a question. */
function isCancelledPrompt(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
