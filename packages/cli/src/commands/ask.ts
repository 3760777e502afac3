import type { GlobalFlags } from '../flags.js';
import { terminal } from '../terminal.js';

/** Whether somebody is there to answer; a program that reads JSON is not. */
export function canAsk({ json }: GlobalFlags): boolean {
  return terminal.isInteractive && json !== true;
}

/** Asks a person for a yes or no; no is what Enter answers. */
export async function ask(message: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return untilGone(confirm({ message, default: false }, { output: process.stderr }));
}

/** One of several answers. */
export interface Choice<Value> {
  readonly name: string;
  readonly value: Value;
}

/** Asks a person for one of several answers. */
export async function choose<Value>(message: string, choices: readonly Choice<Value>[]): Promise<Value> {
  const { select } = await import('@inquirer/prompts');
  return untilGone(select({ message, choices }, { output: process.stderr }));
}

/** The key of `keypress`, an event of `node:readline`. */
interface Key {
  readonly ctrl?: boolean | undefined;
  readonly name?: string | undefined;
}

/** Ctrl-D closes the input of a question, which then waits for ever: it is no answer either. */
async function untilGone<Value>(answer: Promise<Value>): Promise<Value> {
  let listener = (_: unknown, __: Key): void => undefined;
  const gone = new Promise<never>((_, reject) => {
    listener = (__, { ctrl, name }) => {
      if (ctrl === true && name === 'd') reject(Object.assign(new Error('Ctrl-D'), { name: 'ExitPromptError' }));
    };
  });
  process.stdin.on('keypress', listener);
  try {
    return await Promise.race([answer, gone]);
  } finally {
    process.stdin.off('keypress', listener);
  }
}
