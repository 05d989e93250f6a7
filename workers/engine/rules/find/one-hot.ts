import type { RuleOf } from '../../../../src/domain/rules';
import { asFlag } from '../../../rules/rows/values';
import type { SampledColumn } from './sampled-column';

/** Groups of columns looked at before the search ends. */
const MAX_NODES = 20_000;

interface Flag {
  readonly column: SampledColumn;
  readonly bits: Uint32Array;
}

/** Groups of indicators of which exactly one is set in every row. A column is in one group at most. */
export function findOneHot(columns: readonly SampledColumn[]): RuleOf<'one-hot'>[] {
  let flags = columns.filter(isFlag).map((column) => ({ column, bits: bitsOf(column) }));
  const rules: RuleOf<'one-hot'>[] = [];
  const budget = { nodes: MAX_NODES };
  const rows = columns[0]?.codes.length ?? 0;
  const firstRow = (covered: Uint32Array) => {
    for (let row = 0; row < rows; row++) if (((covered[row >> 5]! >>> (row & 31)) & 1) === 0) return row;
    return -1;
  };
  // The columns set in the first row: each starts a search, the others of its group are disjoint from it.
  for (const start of flags.filter(({ bits }) => (bits[0]! & 1) === 1)) {
    if (!flags.includes(start)) continue;
    const group = cover(start.bits, [start], flags, firstRow, budget);
    if (!group || group.length < 2 || !isSurprising(group)) continue;
    flags = flags.filter((flag) => !group.includes(flag));
    const ordered = group.map(({ column }) => column).sort((a, b) => a.at - b.at);
    rules.push({ kind: 'one-hot', columns: ordered.map(({ name }) => name) });
  }
  return rules;
}

function isFlag({ cells, present, codes, counts }: SampledColumn): boolean {
  if (cells.length !== 2 || present !== codes.length) return false;
  return cells.every((cell) => asFlag(cell) !== null) && Math.min(...counts) >= 3;
}

function bitsOf({ codes, cells }: SampledColumn): Uint32Array {
  const bits = new Uint32Array((codes.length + 31) >> 5);
  const set = cells.findIndex((cell) => asFlag(cell) === 1);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] === set) bits[row >> 5]! |= 1 << (row & 31);
  }
  return bits;
}

/** Disjoint columns that cover every row, by depth-first search: near columns first. */
function cover(
  covered: Uint32Array,
  group: readonly Flag[],
  flags: readonly Flag[],
  firstRow: (covered: Uint32Array) => number,
  budget: { nodes: number },
): readonly Flag[] | null {
  const row = firstRow(covered);
  if (row < 0) return group;
  const near = group.at(-1)!.column.at;
  const next = flags
    .filter(
      ({ bits }) =>
        ((bits[row >> 5]! >>> (row & 31)) & 1) === 1 && bits.every((word, i) => (word & covered[i]!) === 0),
    )
    .sort((a, b) => Math.abs(a.column.at - near) - Math.abs(b.column.at - near));
  for (const flag of next) {
    if (--budget.nodes < 0) return null;
    const both = covered.map((word, i) => word | flag.bits[i]!);
    const found = cover(both, [...group, flag], flags, firstRow, budget);
    if (found) return found;
  }
  return null;
}

/** Independent columns of these shares would fail in many rows. */
function isSurprising(group: readonly Flag[]): boolean {
  let none = 1;
  let one = 0;
  for (const { column } of group) {
    const set = column.counts[column.cells.findIndex((cell) => asFlag(cell) === 1)]! / column.present;
    one = one * (1 - set) + none * set;
    none *= 1 - set;
  }
  return (1 - one) * group[0]!.column.present >= 15;
}
