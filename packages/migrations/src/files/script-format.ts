import type { DraftStatement, MigrationDraft } from '@dovetail/core';

/** A migration as a TypeScript module. */
export function renderTypeScript(draft: MigrationDraft): string {
  return `import type { Migration } from '@dovetail/migrations';\n\nexport default ${literal(draft)} satisfies Migration;\n`;
}

/** A migration as a JavaScript module, of ES or CommonJS. */
export function renderJavaScript(draft: MigrationDraft, format: 'module' | 'commonjs'): string {
  const start = format === 'module' ? 'export default' : 'module.exports =';
  return `/** @type {import('@dovetail/migrations').Migration} */\n${start} ${literal(draft)};\n`;
}

function literal({ up, down, irreversible, transactional, suspendsForeignKeys, replaces }: MigrationDraft): string {
  const lines = [
    ...(replaces.length > 0 ? [`  replaces: [${replaces.map(quote).join(', ')}],`] : []),
    ...(transactional ? [] : ['  transactional: false,']),
    ...(suspendsForeignKeys ? ['  suspendsForeignKeys: true,'] : []),
    ...list('up', up),
    ...irreversible.map((sentence) => `  // irreversible: ${sentence}`),
    ...(down === undefined ? [] : list('down', down)),
  ];
  return `{\n${lines.join('\n')}\n}`;
}

function list(name: string, statements: readonly DraftStatement[]): string[] {
  if (statements.length === 0) return [`  ${name}: [],`];
  const items = statements.flatMap(({ sql, comments }) => [
    ...comments.map((comment) => `    // ${comment}`),
    `    ${quote(sql)},`,
  ]);
  return [`  ${name}: [`, ...items, '  ],'];
}

/** SQL is full of quotes and lines of its own, so it stands between backticks, which change carriage returns alone. */
function quote(text: string): string {
  const escaped = text.replaceAll(/[\\`]|\$(?=\{)/g, '\\$&').replaceAll('\r', '\\r');
  return `\`${escaped}\``;
}
