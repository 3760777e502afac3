import type { MigrationDraft } from '@dovetail/core';
import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { renderJavaScript, renderTypeScript } from './script-format.js';

const draft: MigrationDraft = {
  name: 'Migration20300101000000',
  up: [{ sql: 'alter table `a` add `b` int', comments: ['Adds "b".', '! a.b: May fail.'] }],
  down: undefined,
  irreversible: ['a.c: All values are lost.'],
  transactional: false,
  suspendsForeignKeys: true,
  replaces: ['x'],
};

describe('a script', () => {
  it('is a module of TypeScript', () => {
    expect(renderTypeScript(draft)).toBe(`import type { Migration } from '@dovetail/migrations';

export default {
  replaces: [\`x\`],
  transactional: false,
  suspendsForeignKeys: true,
  up: [
    // Adds "b".
    // ! a.b: May fail.
    \`alter table \\\`a\\\` add \\\`b\\\` int\`,
  ],
  // irreversible: a.c: All values are lost.
} satisfies Migration;
`);
  });

  it('is a module of JavaScript, ES or CommonJS', () => {
    expect(renderJavaScript({ ...draft, up: [], down: [] }, 'module')).toContain('export default {\n');
    expect(renderJavaScript({ ...draft, up: [], down: [] }, 'commonjs')).toContain('module.exports = {\n');
  });

  it('gives every text back as it is', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('`', '${', '\\', '\r\n', '$\\{'));
    fc.assert(
      fc.property(fc.array(text), (parts) => {
        const sql = parts.join('');
        const source = renderJavaScript({ ...draft, up: [{ sql, comments: [] }] }, 'commonjs');
        const module: { exports?: unknown } = {};
        runInNewContext(source, { module });
        expect(module.exports).toMatchObject({ up: [sql] });
      }),
      // Each runs in a context of its own, which takes its time.
      { numRuns: 30 },
    );
  });
});
