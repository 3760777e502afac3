import { describeChange, type Change, type Plan } from '@dovetail/core';
import { terminal } from '../terminal.js';

/** Tells what nobody stated and nobody was asked about. */
export function tellAssumedRenames({ steps }: Plan): void {
  const assumed = new Set(
    steps
      .flatMap(({ changes }) => changes)
      .filter(isAssumed)
      .map(sentence),
  );
  for (const line of assumed) terminal.tell(line);
}

function isAssumed(change: Change): boolean {
  return 'reason' in change && change.reason === 'assumed';
}

function sentence(change: Change): string {
  const { where, what } = describeChange(change);
  return `${where}: ${what.replace(/^> /, '')}; where it is no rename, say --not-renamed ${where}.`;
}
