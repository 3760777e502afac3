import type { Ddl } from '@dovetail/core/driver';
import { clearStatements } from './clear.js';
import { completeViews } from './complete-views.js';
import { groupChanges } from './group.js';
import { prechecks } from './prechecks.js';
import { quoteIdentifier, quoteString } from './quote.js';
import { makeScript } from './script.js';
import { statementsOf } from './statements.js';
import { controlsTransaction } from './transaction-control.js';

export const ddl: Ddl = {
  quoteIdentifier,
  quoteString,
  complete: completeViews,
  group: groupChanges,
  statements: statementsOf,
  prechecks,
  clear: clearStatements,
  script: makeScript,
  controlsTransaction,
};
