import { describeChange, describeRename, type Change, type Plan } from '@dovetail/core';
import { terminal } from '../terminal.js';

/** Tells what nobody stated and nobody was asked about. */
export function tellAssumedRenames({ steps }: Plan): void {
  const assumed = new Set(steps.flatMap(({ changes }) => changes.flatMap(sentenceOfAssumed)));
  for (const line of assumed) terminal.tell(line);
}

function sentenceOfAssumed(change: Change): readonly string[] {
  if (!('reason' in change) || change.reason !== 'assumed') return [];
  const { where } = describeChange(change);
  return [`${where}: ${describeRename(change)}; where it is no rename, say --not-renamed ${where}.`];
}
