/** Where a command writes to, and whether a person is there to answer. */
export interface Terminal {
  /** Writes a result: SQL, JSON, a tree. Nothing else goes to stdout. */
  result(text: string): void;
  /** Writes to a person: what was done, questions, errors. */
  tell(text: string): void;
  /** Writes over the line that was written like this before; an empty text clears it. */
  tellInPlace(text: string): void;
  /** Whether questions can be asked. */
  readonly isInteractive: boolean;
}

export const terminal: Terminal = {
  result: (text) => void process.stdout.write(text),
  tell: (text) => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
  tellInPlace: (text) => void process.stderr.write(`\r\u001B[K${text}`),
  isInteractive: process.stdin.isTTY && process.stderr.isTTY,
};
