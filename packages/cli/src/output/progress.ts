import type { Progress, RowProgress, StatementProgress } from '@dovetail/core';
import type { MigrationProgress } from '@dovetail/migrations';
import { terminal } from '../terminal.js';
import { colours } from './colours.js';

/** Tells a person of each step: how far it is, at which rate and how long it will take; and how long it took. */
export function tellProgress(): (progress: Progress) => void {
  const { dim, green } = colours.told;
  let started = 0;
  let timeLeft = estimateTimeLeft();
  return ({ kind, number, total, step, rows, statement }) => {
    const seconds = (performance.now() - started) / 1000;
    const count = green(`${number}/${total}`);
    switch (kind) {
      case 'started':
        started = performance.now();
        timeLeft = estimateTimeLeft();
        if (terminal.isInteractive) terminal.tellInPlace(`${count} ${step.description}`);
        break;
      case 'advanced': {
        // In a narrow terminal the end of the line is cut, which is the part that was there before.
        const pace = rows === undefined ? statement && timeLeft(statement, seconds) : paceOf(rows, seconds);
        if (terminal.isInteractive && pace !== undefined)
          terminal.tellInPlace(`${count} ${dim(`${pace}:`)} ${step.description}`);
        break;
      }
      case 'finished':
        if (terminal.isInteractive) terminal.tellInPlace('');
        terminal.tell(`${count} ${step.description} ${dim(`${Math.round(seconds * 1000)} ms`)}`);
    }
  };
}

function paceOf({ done, total }: RowProgress, seconds: number): string {
  const rate = done / Math.max(seconds, 0.001);
  const left = Math.ceil((total - done) / rate);
  return `${done} of ${total} rows, ${Math.round(rate)} a second, ${left} s left`;
}

/** How much a server has done of a phase, and the time left at the rate at which it has gone through the phase so far. */
function estimateTimeLeft(): (statement: StatementProgress, seconds: number) => string {
  let phase: string | undefined;
  let first = { done: 0, seconds: 0 };
  return (statement, seconds) => {
    const { done } = statement;
    if (done === undefined) return `${statement.phase}, for ${Math.round(seconds)} s`;
    if (statement.phase !== phase) first = { done, seconds };
    phase = statement.phase;
    const rate = (done - first.done) / (seconds - first.seconds);
    const left = rate > 0 ? [`${Math.ceil((1 - done) / rate)} s left`] : [];
    return [`${Math.round(done * 100)} %`, ...left, statement.phase].join(', ');
  };
}

/** Tells of each migration that has been run, or taken back. */
export function tellMigrationProgress(): (progress: MigrationProgress) => void {
  const { dim, green } = colours.told;
  let started = 0;
  return ({ kind, name, number, total, direction }) => {
    if (kind === 'started') {
      started = performance.now();
      return;
    }
    const took = dim(`${Math.round(performance.now() - started)} ms`);
    terminal.tell(`${green(`${number}/${total}`)} ${direction === 'up' ? 'Ran' : 'Took back'} ${name} ${took}`);
  };
}
