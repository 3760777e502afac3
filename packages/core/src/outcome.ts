import type { Problem } from './errors.js';
import type { Plan } from './model/plan.js';

/** What an update that ends early leaves behind. */
export interface Outcome {
  readonly sentence: string;
  /** Each step of the plan, done or not, where those that were done stay. */
  readonly steps: readonly Problem[];
}

export const untouched: Outcome = { sentence: 'Nothing has been changed.', steps: [] };
export const rolledBack: Outcome = { sentence: 'Everything has been rolled back.', steps: [] };

/** Where tables are emptied one by one. */
export const partlyEmptied: Outcome = {
  sentence: 'Tables before it are empty already; running it again empties the others.',
  steps: [],
};

/** The outcome where the database commits each step by itself. */
export function partlyDone({ steps }: Plan, done: number): Outcome {
  const number = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  const those = done === 1 ? '1 was carried out and stays' : `${done} were carried out and stay`;
  return {
    sentence: `Of ${number}, ${those}; running the update again does the others.`,
    steps: steps.map(({ description }, index) => ({
      where: `step ${index + 1}`,
      what: `${index < done ? 'done' : 'not done'}: ${description}`,
      remedy: '',
    })),
  };
}
