import { DovetailError, type Problem, type ProblemCode } from '../errors.js';

/** Gathers what is wrong, so that all of it is told at once. */
export interface Problems {
  report(where: string, what: string, remedy: string, code?: ProblemCode): void;
  /** Throws one error with everything reported, if there is anything. */
  throwIfAny(): void;
}

export function collectProblems(): Problems {
  // A mistake that several steps come across is one mistake.
  const problems = new Map<string, Problem>();
  return {
    report: (where, what, remedy, code) => {
      problems.set(JSON.stringify([where, what]), { where, what, remedy, ...(code && { code }) });
    },
    throwIfAny: () => {
      if (problems.size > 0) {
        throw new DovetailError('invalid-metadata', summary(problems.size), [...problems.values()]);
      }
    },
  };
}

function summary(count: number): string {
  return count === 1
    ? 'The entities have a mistake; nothing has been changed.'
    : `The entities have ${count} mistakes; nothing has been changed.`;
}
