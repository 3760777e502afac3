import type { Ddl } from '@dovetail/core/driver';
import { clearStatements } from './clear.js';
import { completeChanges } from './complete.js';
import { withLocks } from './hazards.js';
import { prechecks } from './prechecks.js';
import { quoteIdentifier, quoteString } from './quote.js';
import { makeScript } from './script.js';
import { statementsOf } from './statements.js';
import { controlsTransaction } from './transaction-control.js';

export const ddl: Ddl = {
  quoteIdentifier,
  quoteString,
  complete: completeChanges,
  // PostgreSQL alters every object where it stands, so each change is carried out by itself.
  group: (changes) => changes.map((change) => ({ changes: [change] })),
  statements: ({ changes }, context) => changes.flatMap((change) => withLocks(change, statementsOf(change, context))),
  prechecks,
  clear: clearStatements,
  script: makeScript,
  controlsTransaction,
};
