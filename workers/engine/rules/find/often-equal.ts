import type { RuleOf } from '../../../../src/domain/rules';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

const MIN_SHARE = 0.02;
const MIN_ROWS = 30;
const MIN_VALUES = 8;
const MAX_ONE_VALUE = 0.6;
/** Times as often as chance, or as near misses. */
const MIN_RATIO = 3;
const NEAR_STEPS = 4;

/** Rows in which not one equal pair is seen before a pair of columns is given up. */
const FIRST_ROWS = 300;

/** A column's values as numbers that are the same for the same value of any column; NaN = missing. */
interface Comparable {
  readonly column: SampledColumn;
  readonly values: Float64Array;
  /** Rows of each value. */
  readonly counts: ReadonlyMap<number, number>;
  /** The most frequent value. */
  readonly mode: number;
}

/** Columns that hold the same value in a share of rows far above chance, though not in all. */
export async function findOftenEqual(
  columns: readonly SampledColumn[],
  skip: (first: SampledColumn, second: SampledColumn) => boolean,
  pacer: Pacer,
): Promise<RuleOf<'often-equal'>[]> {
  const found: RuleOf<'often-equal'>[] = [];
  const varied = columns.filter(
    ({ cells, source }) => cells.length >= MIN_VALUES && source.storageType !== 'boolean',
  );
  const known = new Map<string, number>();
  const comparable: Comparable[] = [];
  for (const column of varied) {
    comparable.push(toComparable(column, known));
    await pacer.tick();
  }
  for (const [i, first] of comparable.entries()) {
    for (const second of comparable.slice(i + 1)) {
      if (!sameType(first.column, second.column) || !isOftenEqual(first, second)) continue;
      if (skip(first.column, second.column)) continue;
      found.push({ kind: 'often-equal', columns: [first.column.name, second.column.name] });
    }
    await pacer.tick();
  }
  return found;
}

function sameType(a: SampledColumn, b: SampledColumn): boolean {
  return a.type === b.type && (a.type !== 'date' || a.source.storageType === b.source.storageType);
}

function toComparable(column: SampledColumn, known: Map<string, number>): Comparable {
  const idOf = column.cells.map((cell) => {
    if (typeof cell === 'number') return cell;
    const text = String(cell);
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text)!;
  });
  const counts = new Map(idOf.map((id, code) => [id, column.counts[code]!]));
  const mode = column.counts.reduce((best, count, code) => (count > column.counts[best]! ? code : best), 0);
  const values = Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : idOf[code]!));
  return { column, values, counts, mode: idOf[mode]! };
}

function isOftenEqual(first: Comparable, second: Comparable): boolean {
  const [a, b] = [first.values, second.values];
  // Values that are common in both columns meet anyhow.
  const common = first.mode === second.mode ? first.mode : Number.NaN;
  const values = new Map<number, number>();
  let equal = 0;
  let all = 0;
  for (let row = 0; row < a.length; row++) {
    if (a[row] === b[row]) {
      all++;
      if (a[row] === common) continue;
      equal++;
      values.set(a[row]!, (values.get(a[row]!) ?? 0) + 1);
    } else if (row === FIRST_ROWS && equal === 0) return false;
  }
  if (equal < MIN_ROWS || equal < MIN_SHARE * a.length || all === a.length) return false;
  // One value that the two share is another rule.
  if (Math.max(...values.values()) > MAX_ONE_VALUE * equal) return false;
  let chance = 0;
  for (const [value, count] of first.counts) {
    if (value !== common) chance += (count * (second.counts.get(value) ?? 0)) / second.column.present;
  }
  if (equal < MIN_RATIO * chance) return false;
  return first.column.type === 'text' || equal >= MIN_RATIO * nearMisses(a, b);
}

/** Rows per step of distance on the fuller side of 0: numbers that are close are equal now and then. */
function nearMisses(a: Float64Array, b: Float64Array): number {
  const gaps = a.map((value, row) => b[row]! - value).filter((gap) => gap !== 0 && !Number.isNaN(gap));
  let step = Infinity;
  for (const gap of gaps) step = Math.min(step, Math.abs(gap));
  const wide = NEAR_STEPS * step * 1.0001;
  let [below, above] = [0, 0];
  for (const gap of gaps) {
    if (gap > 0 && gap <= wide) above++;
    if (gap < 0 && -gap <= wide) below++;
  }
  return Math.max(below, above) / NEAR_STEPS;
}
