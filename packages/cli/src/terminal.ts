import { setImmediate } from 'node:timers/promises';
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
  /** Waits until all that was written has been taken, by whomever, and gives why some of it was not. */
  flush(): Promise<Error | undefined>;
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
    return !isUnattended() && process.stdin.isTTY && process.stderr.isTTY;
  },
  async flush() {
    await Promise.all([process.stdout, process.stderr].map(flushed));
    return lost;
  },
};

/** Services that build have a terminal now and then, which nobody sits before; `CI` is what they all set. */
function isUnattended(): boolean {
  const { CI = '' } = process.env;
  return CI !== '' && CI !== 'false';
}

/** What goes over the end of a line could not be written over: a longer text is cut, and loses its colours. */
function inOneLine(text: string): string {
  const { columns } = process.stderr;
  const plain = stripVTControlCharacters(text);
  return plain.length < columns ? text : `${plain.slice(0, columns - 2)}…`;
}

/** Why something could not be written: the disk is full. */
let lost: Error | undefined;

/** Where nobody reads any more (`dovetail schema:introspect | head`), nothing is lost, and what runs still runs to its end. */
const keepError = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') lost ??= error;
};

function write(name: 'stdout' | 'stderr', text: string): void {
  const stream = process[name];
  if (!stream.listeners('error').includes(keepError)) stream.on('error', keepError);
  stream.write(text);
}

/** Some systems take later what is written to a pipe (nodejs.org/api/process.html, "A note on process I/O"). */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  // An error is told of after what has caused it.
  await setImmediate();
  if (stream.writableLength === 0) return;
  await new Promise((resolve) => {
    stream.write('', resolve);
  });
}
