import { DovetailError, type Problem } from '../errors.js';

/** Gathers what is wrong, so that one error tells all of it. */
export interface Report {
  /** The entities ask for something that the database lacks. */
  unsupported(problem: Problem): void;
  /** The entities contradict themselves, or the database's rules. */
  invalid(problem: Problem): void;
  /** Throws a `DovetailError` when anything was reported. */
  throwIfAny(summary: string): void;
}

export function createReport(): Report {
  const unsupported: Problem[] = [];
  const invalid: Problem[] = [];
  return {
    unsupported: (problem) => unsupported.push(problem),
    invalid: (problem) => invalid.push(problem),
    throwIfAny: (summary) => {
      const problems = [...unsupported, ...invalid];
      if (problems.length === 0) return;
      throw new DovetailError(unsupported.length > 0 ? 'unsupported-feature' : 'invalid-metadata', summary, problems);
    },
  };
}
