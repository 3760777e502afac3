import type { Progress, StatementProgress } from '@dovetail/core';
import type { MigrationProgress } from '@dovetail/migrations';
import { terminal } from '../terminal.js';
import { colours } from './colours.js';

const { dim, green } = colours.told;

/** Tells a person of each step: how far it is, at which rate and how long it will take; and how long it took. */
export function tellProgress(): (progress: Progress) => void {
  let started = 0;
  let timeLeft = estimateTimeLeft();
  return ({ kind, number, total, step, rows, statement }) => {
    const seconds = (performance.now() - started) / 1000;
    const place = `${green(`${number}/${total}`)} ${step.description}`;
    switch (kind) {
      case 'started':
        started = performance.now();
        timeLeft = estimateTimeLeft();
        if (terminal.isInteractive) terminal.tellInPlace(place);
        break;
      case 'advanced':
        if (!terminal.isInteractive) break;
        if (rows !== undefined) terminal.tellInPlace(`${place} ${dim(paceOf(rows.done, rows.total, seconds))}`);
        if (statement !== undefined) {
          const parts = [statement.phase, ...timeLeft(statement, seconds), `for ${Math.round(seconds)} s`];
          terminal.tellInPlace(`${place} ${dim(parts.join(', '))}`);
        }
        break;
      case 'finished':
        if (terminal.isInteractive) terminal.tellInPlace('');
        terminal.tell(`${place} ${dim(`${Math.round(seconds * 1000)} ms`)}`);
    }
  };
}

function paceOf(done: number, total: number, seconds: number): string {
  const rate = done / Math.max(seconds, 0.001);
  const left = Math.ceil((total - done) / rate);
  return `${done} of ${total} rows, ${Math.round(rate)} a second, ${left} s left`;
}

/** How much a server has done of a phase, and the time left at the rate that it has gone through the phase so far. */
function estimateTimeLeft(): (statement: StatementProgress, seconds: number) => readonly string[] {
  let phase: string | undefined;
  let first = { done: 0, seconds: 0 };
  return (statement, seconds) => {
    const { done } = statement;
    if (done === undefined) return [];
    if (statement.phase !== phase) first = { done, seconds };
    phase = statement.phase;
    const share = `${Math.round(done * 100)} %`;
    const rate = (done - first.done) / (seconds - first.seconds);
    return rate > 0 ? [share, `${Math.ceil((1 - done) / rate)} s left`] : [share];
  };
}

/** Tells of each migration that has been run, or taken back. */
export function tellMigrationProgress(): (progress: MigrationProgress) => void {
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
