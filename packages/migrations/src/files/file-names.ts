/** `Migration20301231235959_name`. */
export function defaultFileName(timestamp: string, name?: string): string {
  const suffix = name === undefined || name === '' ? '' : `_${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_')}`;
  return `Migration${timestamp}${suffix}`;
}

/**
 * So many timestamps, `20301231235959`, a second apart: from now on, or after the last of the migrations that exist, so
 * that a new one always comes after them.
 */
export function nextTimestamps(existing: readonly string[], count: number, now: Date): string[] {
  const latest = existing.flatMap((name) => timeOf(name) ?? []).reduce((a, b) => Math.max(a, b), 0);
  const first = Math.max(now.getTime(), latest + 1000);
  return Array.from({ length: count }, (_, index) => timestamp(new Date(first + index * 1000)));
}

function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

/** The time in a name, in milliseconds. */
function timeOf(name: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(name) ?? [];
  const time = Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
  return Number.isNaN(time) ? undefined : time;
}
