import type { ColumnDomain } from './column-domain';

/**
 * Groups of codes that pairs of columns are counted in: the fewer cells, the less noise. Within a group, codes are drawn
 * from the counts of the column alone.
 * @param counts of all codes, ≥ 0
 * @param groups about how many
 * @param smallest rows that a group of its own should have
 * @returns [codes] number of the group, from 0 without gaps
 */
export function groupCodes(
  domain: ColumnDomain,
  counts: ArrayLike<number>,
  groups: number,
  smallest: number,
): Uint16Array {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const full = Math.max(smallest, total / groups);
  return domain.kind === 'category'
    ? groupCategories(counts, groups, smallest)
    : groupBins(counts, full, smallest);
}

/** The frequent categories alone, all others together. */
function groupCategories(counts: ArrayLike<number>, groups: number, smallest: number): Uint16Array {
  const codes = Array.from({ length: counts.length }, (_, code) => code);
  const byCount = codes.sort((a, b) => counts[b]! - counts[a]!);
  const alone = byCount.filter((code) => counts[code]! >= smallest).slice(0, Math.max(1, groups - 1));
  const group = new Uint16Array(counts.length).fill(alone.length);
  for (const [k, code] of alone.entries()) group[code] = k;
  return closed(group);
}

/** Neighbouring bins until a group is full; a full bin stays alone. Missing values are apart if there are some. */
function groupBins(counts: ArrayLike<number>, full: number, smallest: number): Uint16Array {
  const group = new Uint16Array(counts.length);
  let current = counts[0]! >= smallest ? 1 : 0;
  let held = 0;
  for (let code = 1; code < counts.length; code++) {
    const own = counts[code]!;
    // Halfway over the limit is no worse than halfway below it.
    if (held > 0 && (held + own / 2 > full || own > full)) {
      current++;
      held = 0;
    }
    group[code] = current;
    held += own;
  }
  return closed(group);
}

/** Numbers of groups without gaps. */
function closed(group: Uint16Array): Uint16Array {
  const used = [...new Set(group)].sort((a, b) => a - b);
  const moved = new Map(used.map((old, k) => [old, k]));
  return group.map((old) => moved.get(old)!);
}
