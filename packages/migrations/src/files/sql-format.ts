import { DovetailError, type DraftStatement, type MigrationDraft } from '@dovetail/core';
import { listed, type Migration } from '../migration.js';

/** A line that begins with this sets what follows it apart. Nothing else does: a statement may hold any semicolons. */
const marker = '-- dovetail:';

/**
 * A migration as a file of plain SQL.
 *
 * @throws DovetailError `migration-invalid` when a statement holds a line that would set its parts apart.
 */
export function renderSql(draft: MigrationDraft): string {
  const text = [
    `-- ${draft.name}`,
    '-- Statements are set apart by the lines that begin with "-- dovetail:", never by a semicolon.',
    ...draft.replaces.map((name) => `${marker}replaces ${name}`),
    ...(draft.transactional ? [] : [`${marker}not-transactional`]),
    ...(draft.suspendsForeignKeys ? [`${marker}suspend-foreign-keys`] : []),
    '',
    `${marker}up`,
    ...draft.up.flatMap(renderStatement),
    '',
    ...(draft.down === undefined ? [] : [`${marker}down`]),
    ...draft.irreversible.map((sentence) => `-- irreversible: ${sentence}`),
    ...(draft.down ?? []).flatMap(renderStatement),
  ].join('\n');
  const rendered = `${text.trimEnd()}\n`;
  rejectTornApart(draft, parseSql(rendered, draft.name));
  return rendered;
}

function renderStatement({ sql, comments }: DraftStatement): string[] {
  return ['', `${marker}statement`, ...comments.map((comment) => `-- ${comment}`), `${sql};`];
}

function rejectTornApart({ name, up, down = [] }: MigrationDraft, parsed: Migration): void {
  const written = [...up, ...down].map(({ sql }) => sql);
  const read = [...listed(parsed.up), ...listed(parsed.down)];
  if (JSON.stringify(read) === JSON.stringify(written)) return;
  throw new DovetailError('migration-invalid', 'A statement would not come back as it is from a file of SQL.', [
    { where: name, what: `a statement holds a line that begins with "${marker}"`, remedy: "write it with emit: 'ts'" },
  ]);
}

/**
 * Reads a file of plain SQL: its statements are what stands between the marking lines, without the comments before each.
 *
 * @throws DovetailError `migration-invalid`.
 */
export function parseSql(text: string, name: string): Migration {
  const parts: Parts = {
    up: undefined,
    down: undefined,
    transactional: true,
    suspendsForeignKeys: false,
    replaces: [],
  };
  const early: string[] = [];
  let section = early;
  let lines: string[] = [];
  const endStatement = (): void => {
    const sql = statementOf(lines);
    if (sql !== '') section.push(sql);
    lines = [];
  };

  for (const [index, line] of withoutByteOrderMark(text).split(/\r?\n/).entries()) {
    if (!line.startsWith(marker)) {
      if (almostMarker.test(line)) throw invalid(name, `line ${index + 1} is "${line}"`, `begin it with "${marker}"`);
      lines.push(line);
      continue;
    }
    endStatement();
    const [word = '', ...rest] = line.slice(marker.length).trim().split(' ');
    switch (word) {
      case 'up':
      case 'down':
        section = parts[word] ??= [];
        break;
      case 'statement':
        break;
      case 'not-transactional':
        parts.transactional = false;
        break;
      case 'suspend-foreign-keys':
        parts.suspendsForeignKeys = true;
        break;
      case 'replaces':
        parts.replaces.push(rest.join(' '));
        break;
      default:
        throw invalid(name, `line ${index + 1} is "${line}"`, 'correct the word after "dovetail:"');
    }
  }
  endStatement();
  const { up, ...others } = parts;
  if (up === undefined) throw invalid(name, `has no line "${marker}up"`, beforeUp);
  if (early.length > 0)
    throw invalid(name, `has a statement before the line "${marker}up": ${early.join(' ')}`, beforeUp);
  return { up, ...others };
}

const beforeUp = 'write that line before the statements';

/** What nobody writes who does not mean the line that sets statements apart. */
const almostMarker = /^\s*--\s*dovetail:\s*(?:up|down|statement|not-transactional|suspend-foreign-keys|replaces)\b/i;

/** Some editors begin a file with it. */
function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

interface Parts {
  up: string[] | undefined;
  down: string[] | undefined;
  transactional: boolean;
  suspendsForeignKeys: boolean;
  replaces: string[];
}

function statementOf(lines: readonly string[]): string {
  const start = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('--'));
  const sql = start < 0 ? '' : lines.slice(start).join('\n').trimEnd();
  return sql.endsWith(';') ? sql.slice(0, -1) : sql;
}

function invalid(where: string, what: string, remedy: string): DovetailError {
  return new DovetailError('migration-invalid', 'A migration cannot be read.', [{ where, what, remedy }]);
}
