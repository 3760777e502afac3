import { DovetailError } from '@dovetail/core';
import { terminal } from './terminal.js';

/** What Ctrl-C does while a command runs. */
export interface Interruption {
  /** Runs what may be cut off at any time, with the sentence that says what that leaves behind. */
  cutOff<Result>(sentence: string, body: () => Promise<Result>): Promise<Result>;
  /** Runs what ends by itself when the signal asks it to, and says what it leaves behind. */
  stop<Result>(body: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Leaves Ctrl-C to Node.js again. */
  dispose(): void;
}

export function watchInterruption(): Interruption {
  let interrupt = (): void => undefined;
  const listener = (): void => interrupt();
  const dispose = (): void => void process.off('SIGINT', listener);
  process.on('SIGINT', listener);

  const during = async <Result>(handler: () => void, body: () => Promise<Result>): Promise<Result> => {
    const previous = interrupt;
    interrupt = handler;
    try {
      return await body();
    } finally {
      interrupt = previous;
    }
  };

  return {
    async cutOff<Result>(sentence: string, body: () => Promise<Result>) {
      let cut = (): void => undefined;
      const interrupted = new Promise<never>((_, reject) => {
        cut = () => reject(new DovetailError('aborted', `Stopped. ${sentence}`));
      });
      return during(cut, () => Promise.race([body(), interrupted]));
    },
    async stop(body) {
      const controller = new AbortController();
      const ask = (): void => {
        terminal.tell('Stopping. Ctrl-C again ends the program at once.');
        dispose();
        controller.abort();
      };
      return during(ask, () => body(controller.signal));
    },
    dispose,
  };
}
