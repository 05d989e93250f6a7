import type { CodeRelation, RelationMember } from '../network/restrictions';
import { type CodedTable, isExact, type Lookup } from './column-codes';
import { missingByChance } from './dependencies';

/**
 * Combinations that enough training rows hold.
 * @param oneToOne of a functional dependency, whose last column is decided by the others: each combination of these keeps
 * its most frequent partner alone, and the other way round if it is one to one. null = no dependency
 */
export function observed(
  names: readonly string[],
  lookup: Lookup,
  table: CodedTable,
  oneToOne: boolean | null,
): CodeRelation[] {
  const columns = names.map(lookup);
  if (columns.some((column) => !column || !isExact(column))) return [];
  const parts = columns.map((column) => column!.part);
  const counts = new Map<string, number>();
  const holders = new Set<string>();
  for (let row = 0; row < table.trainingRows; row++) {
    const key = parts.map((part) => table.codes[part * table.rowCount + row]!).join();
    if (table.subjects) {
      const holder = `${table.subjects.training[row]} ${key}`;
      if (holders.has(holder)) continue;
      holders.add(holder);
    }
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // That of the column that decides: where its value shows, so does what goes with it.
  const threshold = table.thresholdOf(names[0]!);
  let kept = [...counts]
    .filter(([, rows]) => rows >= threshold)
    .map(([key, rows]) => ({ codes: key.split(',').map(Number), rows }))
    .sort((a, b) => b.rows - a.rows || compareCodes(a.codes, b.codes));
  const isMissing = (m: number, code: number) => columns[m]!.missing?.code === code;
  const last = names.length - 1;
  if (oneToOne !== null) {
    // A dependency says nothing of missing cells: where they come by chance, they go with anything.
    const open = kept.length > 0 ? missingByChance([...counts], last, isMissing) : [];
    if (open.length > 0) {
      const listed = new Set(kept.map(({ codes }) => codes.join()));
      kept = [
        ...kept,
        ...open.filter((codes) => !listed.has(codes.join())).map((codes) => ({ codes, rows: 0 })),
      ];
    }
    const isRare = (m: number, code: number) => columns[m]!.meanings![code]!.kind === 'rare';
    const sayNothing = new Set(open.map((codes) => codes.join()));
    const speaks = (codes: readonly number[]) => !sayNothing.has(codes.join());
    kept = firstOfEach(kept, (codes) =>
      !speaks(codes) || codes.slice(0, last).some((code, m) => isRare(m, code))
        ? null
        : codes.slice(0, last).join(),
    );
    if (oneToOne)
      kept = firstOfEach(kept, (codes) =>
        !speaks(codes) || isRare(last, codes[last]!) ? null : String(codes[last]),
      );
  }
  const members = parts.map((part): RelationMember => ({ part, groups: null }));
  return [{ members, tuples: kept.flatMap(({ codes }) => codes) }];
}

/** The first combination of each key; all of those without one. */
function firstOfEach<T extends { readonly codes: readonly number[] }>(
  combinations: readonly T[],
  keyOf: (codes: readonly number[]) => string | null,
): T[] {
  const seen = new Set<string>();
  return combinations.filter(({ codes }) => {
    const key = keyOf(codes);
    if (key === null) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function compareCodes(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((code, k) => code !== b[k]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
