/** Whether a version, such as `10.11.6-MariaDB-log`, is a minimum or later; an unknown one is the newest. */
export function isAtLeast(version: string | undefined, minimum: string): boolean {
  if (version === undefined) return true;
  const [actual, wanted] = [numbersOf(version), numbersOf(minimum)];
  const difference = wanted.map((number, position) => (actual[position] ?? 0) - number).find((step) => step !== 0);
  return (difference ?? 0) >= 0;
}

function numbersOf(version: string): readonly number[] {
  return (/^[\d.]*/.exec(version)?.[0] ?? '').split('.').map(Number);
}
