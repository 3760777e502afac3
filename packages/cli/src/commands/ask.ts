import type { GlobalFlags } from '../flags.js';
import { terminal } from '../terminal.js';

/** Whether somebody is there to answer; a program that reads JSON is not. */
export function canAsk({ json }: GlobalFlags): boolean {
  return terminal.isInteractive && json !== true;
}

/** Asks a person for a yes or no; no is what Enter answers. */
export async function ask(message: string): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: false }, { output: process.stderr });
}

/** One of several answers. */
export interface Choice<Value> {
  readonly name: string;
  readonly value: Value;
}

/** Asks a person for one of several answers. */
export async function choose<Value>(message: string, choices: readonly Choice<Value>[]): Promise<Value> {
  const { select } = await import('@inquirer/prompts');
  return select({ message, choices }, { output: process.stderr });
}
