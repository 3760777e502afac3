import type { Capabilities, Feature } from '@dovetail/core/driver';
import { familyCapabilities, type Flavour, isAtLeast } from '@dovetail/mysql/family';
import { withQuotedNames } from './foreign-key-names.js';
import { withJson } from './json.js';

/** MariaDB 10.6 and later, where it differs from MySQL. */
export const mariadb: Flavour = {
  name: 'MariaDB',
  minimumVersion: '10.6',
  capabilities,
  quoteNames: withQuotedNames,
  fromCatalog: withJson,
  syntax: {
    dropCheck: 'drop constraint',
    invisibleIndex: 'ignored',
    visibleIndex: 'not ignored',
    literalsNeedParentheses: false,
    unstatedRule: 'restrict',
    cascadesNull: false,
    generatedNotNull: false,
    showsWideDefaults: false,
    showsByteDefaults: false,
    addsVaryingDefaults: true,
    readsLaterDefaults: true,
    renamesFollow: true,
    keepsJsonText: true,
    endOfTimestamps: undefined,
    evaluatesChecks: false,
  },
};

/** Descending indexes came with 10.8 (mariadb.com/kb/en/descending-indexes). */
function capabilities(serverVersion?: string): Capabilities {
  const sort: readonly Feature[] = isAtLeast(serverVersion, '10.8') ? ['index-sort'] : [];
  return familyCapabilities(['invisible-column', ...sort]);
}
