import { spawn } from 'node-pty';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { bin, environmentOf } from './project.js';

/** The keys that are pressed, as a terminal sends them. */
export const keys = { enter: '\r', down: '\u001B[B', controlC: '\u0003', controlD: '\u0004' } as const;

/** `dovetail` in a terminal of its own, with a person before it. */
export interface Screen {
  /** Waits until a text appears, after the one that was waited for before. */
  shows(text: string): Promise<void>;
  type(text: string): void;
  /** What the process has ended with, and all that it has written, without colours. */
  ended(): Promise<{ readonly exitCode: number; readonly output: string; readonly raw: string }>;
}

const patience = 20_000;

/** @param environment variables of the command; `COLUMNS` is the width of its terminal */
export function openScreen(cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Screen {
  const env = { ...environmentOf(environment), TERM: 'xterm-256color' };
  const cols = Number(environment.COLUMNS ?? 200);
  const terminal = spawn(process.execPath, [bin, ...args], { cwd, env, cols, rows: 50 });
  let raw = '';
  let seen = 0;
  let exitCode: number | undefined;
  let changed = (): void => undefined;
  terminal.onData((text) => {
    raw += text;
    changed();
  });
  terminal.onExit((exit) => {
    exitCode = exit.exitCode;
    changed();
  });
  const text = (): string => stripVTControlCharacters(raw);
  const until = async (what: string, isThere: () => boolean): Promise<void> => {
    const deadline = Date.now() + patience;
    while (!isThere()) {
      if (Date.now() > deadline || (exitCode !== undefined && what !== 'the end')) {
        terminal.kill();
        throw new Error(`The screen does not show ${what}, but:\n${text()}`);
      }
      await new Promise<void>((resolve) => {
        changed = resolve;
        setTimeout(resolve, 1000);
      });
    }
  };
  return {
    async shows(expected) {
      await until(expected, () => text().includes(expected, seen));
      seen = text().indexOf(expected, seen) + expected.length;
    },
    type: (typed) => terminal.write(typed),
    async ended() {
      await until('the end', () => exitCode !== undefined);
      return { exitCode: exitCode ?? -1, output: text(), raw };
    },
  };
}

/** Expects a text among others. */
export function containing(text: string): unknown {
  return expect.stringContaining(text);
}
