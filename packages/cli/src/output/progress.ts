import type { Progress } from '@dovetail/core';
import type { MigrationProgress } from '@dovetail/migrations';
import { terminal } from '../terminal.js';
import { colours } from './colours.js';

const { dim, green } = colours.told;

/** Tells a person of each step: how far it is, at which rate and how long it will take; and how long it took. */
export function tellProgress(): (progress: Progress) => void {
  let started = 0;
  return ({ kind, number, total, step, rows }) => {
    const seconds = (performance.now() - started) / 1000;
    const place = `${green(`${number}/${total}`)} ${step.description}`;
    switch (kind) {
      case 'started':
        started = performance.now();
        if (terminal.isInteractive) terminal.tellInPlace(place);
        break;
      case 'advanced':
        if (terminal.isInteractive && rows !== undefined)
          terminal.tellInPlace(`${place} ${dim(paceOf(rows.done, rows.total, seconds))}`);
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
