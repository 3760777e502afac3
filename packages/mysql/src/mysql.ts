import type { Capabilities, Feature } from '@dovetail/core/driver';
import { familyCapabilities } from './capabilities.js';
import type { Flavour } from './flavour.js';
import { isAtLeast } from './version.js';

/** MySQL 8.0 and later. */
export const mysql: Flavour = {
  name: 'MySQL',
  minimumVersion: '8.0.16',
  capabilities,
  quoteNames: (definition) => definition,
  fromCatalog: (table) => table,
  syntax: {
    dropCheck: 'drop check',
    invisibleIndex: 'invisible',
    visibleIndex: 'visible',
    literalsNeedParentheses: true,
    unstatedRule: 'no action',
    cascadesNull: true,
    generatedNotNull: true,
    showsWideDefaults: true,
    showsByteDefaults: true,
    addsVaryingDefaults: false,
    readsLaterDefaults: false,
    renamesFollow: false,
    keepsJsonText: false,
    endOfTimestamps: 2_147_483_648,
    evaluatesChecks: true,
  },
};

function capabilities(serverVersion?: string): Capabilities {
  const invisibleColumns: readonly Feature[] = isAtLeast(serverVersion, '8.0.23') ? ['invisible-column'] : [];
  return familyCapabilities(['index-expression', 'index-sort', 'check-not-enforced', ...invisibleColumns]);
}
