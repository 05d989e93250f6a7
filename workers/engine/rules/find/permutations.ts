import type { RuleOf } from '../../../../src/domain/rules';
import type { SampledColumn } from './sampled-column';

const MAX_RANKS = 20;

/** Groups of k columns that hold each of the same k values once in every row. */
export function findPermutations(columns: readonly SampledColumn[]): RuleOf<'permutation'>[] {
  const alike = new Map<string, SampledColumn[]>();
  for (const column of columns) {
    const { cells, present, codes, type } = column;
    if (cells.length < 3 || cells.length > MAX_RANKS || present < codes.length || type === 'date') continue;
    const key = JSON.stringify([...cells].sort((a, b) => (String(a) < String(b) ? -1 : 1)));
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key)!.push(column);
  }
  const found: RuleOf<'permutation'>[] = [];
  for (const group of alike.values()) {
    const ranks = group[0]!.cells.length;
    const free = new Set(group);
    for (const column of group) {
      if (!free.has(column) || group.length < ranks) continue;
      const disjoint = [...free].filter((other) => other === column || neverEqual(column, other));
      const members =
        disjoint.length === ranks
          ? disjoint
          : disjoint.filter(({ at }) => at >= column.at && at < column.at + ranks);
      if (members.length !== ranks || !allDifferent(members)) continue;
      for (const member of members) free.delete(member);
      found.push({ kind: 'permutation', columns: members.map(({ name }) => name) });
    }
  }
  return found;
}

function neverEqual(a: SampledColumn, b: SampledColumn): boolean {
  const codeOf = new Map(a.cells.map((cell, code) => [cell, code]));
  const same = b.cells.map((cell) => codeOf.get(cell)!);
  return b.codes.length >= 20 && b.codes.every((code, row) => same[code] !== a.codes[row]);
}

function allDifferent(members: readonly SampledColumn[]): boolean {
  return members.every((a, i) => members.slice(i + 1).every((b) => neverEqual(a, b)));
}
