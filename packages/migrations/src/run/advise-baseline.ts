import { DovetailError } from '@dovetail/core';

/**
 * Does work of which no migration was run before. Where the first one fails, the database may have been made without
 * them.
 */
export async function advisingBaseline<Result>(work: Promise<Result>, first: string | undefined): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isFailureOf(error, first)) throw error;
    const advice = {
      where: 'the database',
      what: 'had no migration before',
      remedy: 'where it has already what they bring, `baseline` keeps that they were run',
    };
    throw new DovetailError(error.code, error.summary, [...error.problems, advice], { cause: error.cause });
  }
}

function isFailureOf(error: unknown, migration: string | undefined): error is DovetailError {
  if (!(error instanceof DovetailError) || error.code !== 'statement-failed') return false;
  return error.problems.some(({ where }) => where === migration);
}
