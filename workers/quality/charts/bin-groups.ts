import { MIN_SHOWN_ROWS } from '../../../src/domain/shown-counts';
import type { BinnedColumn } from '../accuracy/bin-column';
import { MISSING, OTHER, SPECIAL } from '../accuracy/bins';
import { displayLabels } from './labels';

/** Bins that a chart shows as one. */
export interface BinGroup {
  readonly bins: readonly number[];
  readonly label: string;
}

/** Fewer groups of a column say nothing of its shape. */
const MIN_GROUPS = 3;
const BELOW = '≺ ';
const FROM = '⪰ ';

/** Each bin by itself, but categories of fewer than 8 people with the others. @param counts people of the original, by bin */
export function groupsOf({ bins }: BinnedColumn, counts: ArrayLike<number>): BinGroup[] {
  const labels = displayLabels(bins, counts);
  const single = labels.map((label, bin): BinGroup => ({ bins: [bin], label }));
  if (bins.kind !== 'category') return single;
  const isRare = (bin: number) => !SPECIAL.includes(bins.labels[bin]!) && counts[bin]! < MIN_SHOWN_ROWS;
  return withOthers(single, (group) => isRare(group.bins[0]!));
}

/** Half as many groups: neighbours of numbers and dates, the less frequent categories. Null = none can be joined. */
export function coarser(
  { bins }: BinnedColumn,
  groups: readonly BinGroup[],
  counts: ArrayLike<number>,
): BinGroup[] | null {
  const isSpecial = ({ label }: BinGroup) => (bins.kind === 'category' ? SPECIAL : [MISSING]).includes(label);
  const plain = groups.filter((group) => !isSpecial(group));
  if (plain.length <= MIN_GROUPS) return null;
  if (bins.kind === 'category') {
    const rowsOf = (group: BinGroup) => group.bins.reduce((sum, bin) => sum + counts[bin]!, 0);
    const byRows = plain.toSorted((a, b) => rowsOf(b) - rowsOf(a));
    const joined = new Set(byRows.slice(Math.max(MIN_GROUPS, Math.ceil(plain.length / 2))));
    return withOthers(groups, (group) => joined.has(group));
  }
  const pairs: BinGroup[] = [];
  for (let i = 0; i < plain.length; i += 2) {
    const [first, second] = [plain[i]!, plain[i + 1]];
    if (!second) pairs.push(first);
    else pairs.push({ bins: [...first.bins, ...second.bins], label: spanLabel(first, second, plain[i + 2]) });
  }
  return [...pairs, ...groups.filter(isSpecial)];
}

function spanLabel(first: BinGroup, second: BinGroup, next: BinGroup | undefined): string {
  if (first.label.startsWith(BELOW)) return next ? next.label.replace(FROM, BELOW) : '(all values)';
  if (first.label.startsWith(FROM)) return first.label;
  return `${first.label.split('–')[0]}–${second.label.split('–').at(-1)}`;
}

/** The groups chosen become part of the others. */
function withOthers(groups: readonly BinGroup[], isOther: (group: BinGroup) => boolean): BinGroup[] {
  const others = groups.filter(isOther).flatMap((group) => group.bins);
  return groups
    .filter((group) => !isOther(group))
    .map((group) => (group.label === OTHER ? { ...group, bins: [...group.bins, ...others] } : group));
}
