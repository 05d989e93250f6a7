/** Of a name's letters, so many may differ in one that is near. */
const MAX_DIFFERING = 0.4;

/**
 * The known names that a mistyped one may mean, nearest first: few letters differ (Levenshtein, case does not count),
 * or one is a part of the other.
 */
export function nearNames(name: string, known: readonly string[], max = 3): string[] {
  const sought = name.trim().toLowerCase();
  if (sought === '') return [];
  return known
    .map((candidate) => ({ candidate, distance: distanceBetween(sought, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= MAX_DIFFERING * sought.length)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map(({ candidate }) => candidate);
}

/** "Did you mean email or e_mail?", else the columns there are. */
export function nearNamesSentence(name: string, known: readonly string[]): string {
  const near = nearNames(name, known);
  if (near.length > 0) return `Did you mean ${near.map(quoted).join(' or ')}?`;
  const shown = known.slice(0, 12).map(quoted).join(', ');
  return known.length > 12 ? `Its columns are ${shown} …` : `Its columns are ${shown}.`;
}

function quoted(name: string): string {
  return `“${name.slice(0, 60)}”`;
}

/** Letters to insert, delete or replace; a part is as near as one letter. */
function distanceBetween(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a))) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
