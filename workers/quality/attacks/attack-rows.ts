import {
  type ColumnData,
  columnLength,
  concatenate,
  type NamedColumn,
} from '../../../src/domain/column-data';
import { asFamily, familyOf } from '../columns';

/** What an attacker has: rows to tell apart, the synthetic rows, and other rows of the population. */
export interface AttackTables {
  readonly targets: readonly NamedColumn[];
  readonly synthetic: readonly NamedColumn[];
  readonly reference: readonly NamedColumn[];
  /** Rows that were trained on, as far as the attacker knows; as many as synthetic ones unless told. */
  readonly trained?: number;
}

/** Rows as numbers, [column][row]. */
export type CodedRows = readonly Float32Array[];

/** The three tables in one coding (docs/privacy.md, Attacks). */
export interface AttackRows {
  /** Per column: its values have an order (numbers, dates), otherwise only equality counts. */
  readonly ordered: readonly boolean[];
  readonly targets: CodedRows;
  readonly synthetic: CodedRows;
  readonly reference: CodedRows;
  /** Rows that were trained on. */
  readonly trained: number;
}

/** The code of a missing value in an ordered column, as far from the lowest rank as half of all rows. */
const MISSING = -0.5;

/**
 * Codes the columns that the synthetic table has as well. Numbers and dates become their rank among all rows of the
 * three tables, (0, 1), equal values the middle of their ranks, null −½; categories become whole numbers.
 */
export function codeRows({ targets, synthetic, reference, trained }: AttackTables): AttackRows {
  const known = new Map(synthetic.map((column) => [column.name, column]));
  const others = new Map(reference.map((column) => [column.name, column]));
  const ordered: boolean[] = [];
  const sets: [Float32Array[], Float32Array[], Float32Array[]] = [[], [], []];
  for (const target of targets) {
    const drawn = known.get(target.name);
    const other = others.get(target.name);
    if (!drawn || !other) continue;
    const coded = codeColumn(target.storageType, [target.data, drawn.data, other.data]);
    ordered.push(coded.isOrdered);
    coded.parts.forEach((part, set) => {
      sets[set]!.push(part);
    });
  }
  const rows = trained ?? sets[1][0]?.length ?? 0;
  return { ordered, targets: sets[0], synthetic: sets[1], reference: sets[2], trained: rows };
}

/** One column of several sets in one coding: ranks among all of them, or whole numbers of categories, −1 = missing. */
export function codeColumn(
  storageType: NamedColumn['storageType'],
  sets: readonly ColumnData[],
): { readonly isOrdered: boolean; readonly parts: readonly Float32Array[] } {
  const family = familyOf(storageType);
  const parts = sets.map((data) => asFamily(data, family));
  const all = parts.reduce((before, part) => concatenate(before, part));
  const codes = all.kind === 'text' ? Float32Array.from(all.codes) : ranksOf(all.values, all.nulls ?? null);
  let from = 0;
  const coded = parts.map((part) => {
    const to = from + columnLength(part);
    const own = codes.slice(from, to);
    from = to;
    return own;
  });
  return { isOrdered: all.kind === 'number', parts: coded };
}

function ranksOf(values: Float64Array, nulls: Uint8Array | null): Float32Array {
  const given = Float64Array.from(nulls ? values.filter((_, row) => nulls[row] !== 1) : values).sort();
  const ranks = new Map<number, number>();
  for (let from = 0; from < given.length; ) {
    let to = from;
    while (to < given.length && given[to] === given[from]) to++;
    ranks.set(given[from]!, (from + to) / 2 / given.length);
    from = to;
  }
  return Float32Array.from(values, (value, row) => (nulls?.[row] === 1 ? MISSING : ranks.get(value)!));
}

/** How many of the ascending values lie between two, both included. */
export function countBetween(sorted: Float32Array, from: number, to: number): number {
  return firstIndex(sorted, (value) => value > to) - firstIndex(sorted, (value) => value >= from);
}

function firstIndex(sorted: Float32Array, isBeyond: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
