/**
 * The name that another one stands for: the only one that is cut short to it, else the one that the fewest edits lead to,
 * if that is at most two.
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const [whole, another] = names.filter((candidate) => isCutShort(name, candidate));
  return whole !== undefined && another === undefined ? whole : nearestByEdits(name, names);
}

function isCutShort(name: string, candidate: string): boolean {
  return name.length >= 3 && candidate.toLowerCase().startsWith(name.toLowerCase());
}

function nearestByEdits(name: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.min(2, Math.floor(name.length / 2)))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.candidate;
}

/** How many letters have to be put in, taken out or replaced to make one text of the other. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(
        Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + replaced),
      );
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
