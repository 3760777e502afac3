import pc from 'picocolors';
import type { WriteStream } from 'node:tty';

type Colours = ReturnType<typeof pc.createColors>;

/** Colours of what goes to stdout, and of what goes to stderr: each in a terminal alone, unless somebody says otherwise. */
export const colours = {
  get result(): Colours {
    return pc.createColors(allows(process.stdout));
  },
  get told(): Colours {
    return pc.createColors(allows(process.stderr));
  },
};

/** `NO_COLOR` as https://no-color.org says, `FORCE_COLOR` as Node.js reads it. */
function allows({ isTTY }: Pick<WriteStream, 'isTTY'>): boolean {
  const { NO_COLOR = '', FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== '' || process.argv.includes('--no-color')) return false;
  if (process.argv.includes('--color')) return true;
  if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
  return isTTY && TERM !== 'dumb';
}
