import { stripVTControlCharacters } from 'node:util';

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
  /** Waits until all that was written has been taken, by whomever. */
  flush(): Promise<void>;
}

/** What was written in place last, and still stands there. */
let standing = '';

export const terminal: Terminal = {
  result: (text) => write('stdout', text),
  tell(text) {
    const lines = text.endsWith('\n') ? text : `${text}\n`;
    write('stderr', standing === '' ? lines : `\n${lines}`);
    standing = '';
  },
  tellInPlace(text) {
    write('stderr', `\r\u001B[K${inOneLine(text)}`);
    standing = text;
  },
  // Asked when it matters: each of the streams takes a while to make.
  get isInteractive() {
    return process.stdin.isTTY && process.stderr.isTTY;
  },
  async flush() {
    await Promise.all([process.stdout, process.stderr].map(flushed));
  },
};

/** What goes over the end of a line could not be written over: a longer text is cut, and loses its colours. */
function inOneLine(text: string): string {
  const { columns } = process.stderr;
  const plain = stripVTControlCharacters(text);
  return plain.length < columns ? text : `${plain.slice(0, columns - 2)}…`;
}

/** Nobody reads any more: `dovetail schema:introspect | head`. What runs still runs to its end. */
const ignoreClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

function write(name: 'stdout' | 'stderr', text: string): void {
  const stream = process[name];
  if (!stream.listeners('error').includes(ignoreClosedPipe)) stream.on('error', ignoreClosedPipe);
  stream.write(text);
}

/** Some systems take later what is written to a pipe (nodejs.org/api/process.html, "A note on process I/O"). */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0) return;
  await new Promise((resolve) => {
    stream.write('', resolve);
  });
}
