import { hash, RandomStream } from '../../../../src/domain/random';
import { numbersOf } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';

const MIN_ROWS = 200;
const MAX_ROWS = 2000;
/** Columns that are compared with one another, at most. */
const MAX_COLUMNS = 200;
/** Rows of a first look that rules most pairs out. */
const FIRST_ROWS = 100;
/** Ranks so close, as a share of the rows, count as nearly equal. */
const NEAR = 0.02;
/** Share of neighbours that are nearly equal on a curve; chance gives 2 · `NEAR`. */
const MIN_SHARE = 0.35;

/** A column's sampled rows in the order of its values, and the rank of each. */
interface Ranked {
  readonly name: string;
  readonly order: Uint32Array;
  /** 0 … 1; NaN = missing. */
  readonly ranks: Float64Array;
}

/**
 * Names of binned columns that another one follows on a curve, a line, a wave, or a circle: neighbours in their order
 * have nearly equal ranks in the other, far more often than chance. (Chatterjee 2021, "A new coefficient of correlation",
 * sums these differences of ranks; counting the small ones also sees curves of several branches.) Bins that fall with
 * the rows would blur such a curve. The column that follows need not be fine: its values tell the curve's height alone.
 */
export async function findCurves(
  features: readonly FeatureColumn[],
  read: ReadColumn,
  pause: () => Promise<void>,
): Promise<Set<string>> {
  const binned = features
    .filter(({ encodingType }) => encodingType === 'TABULAR_NUMERIC_BINNED')
    .slice(0, MAX_COLUMNS);
  const curved = new Set<string>();
  if (binned.length < 2) return curved;
  const columns: Ranked[] = [];
  let rows: Uint32Array | null = null;
  for (const { schema } of binned) {
    const values = numbersOf(await read(schema.name));
    if (values.length < MIN_ROWS) return curved;
    rows ??= new RandomStream(hash(values.length, binned.length), 'curves')
      .permutation(values.length)
      .subarray(0, MAX_ROWS);
    columns.push(
      ranked(
        schema.name,
        Float64Array.from(rows, (row) => values[row]!),
      ),
    );
    await pause();
  }
  for (const a of columns) {
    if (columns.some((b) => a !== b && isCurve(a, b))) curved.add(a.name);
    await pause();
  }
  return curved;
}

/** Equal values share their middle rank. */
function ranked(name: string, values: Float64Array): Ranked {
  const order = Uint32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]!))
    .sort((x, y) => values[x]! - values[y]! || x - y);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) ranks[order[at]!] = (start + end - 1) / 2 / order.length;
  }
  return { name, order, ranks };
}

function isCurve({ order }: Ranked, { ranks }: Ranked): boolean {
  if (order.length < MIN_ROWS) return false;
  const stride = Math.max(1, Math.floor(order.length / FIRST_ROWS));
  return nearShare(order, ranks, stride) >= MIN_SHARE / 2 && nearShare(order, ranks, 1) >= MIN_SHARE;
}

/** Share of neighbours whose ranks are nearly equal. @param stride looks at every so many only */
function nearShare(order: Uint32Array, ranks: Float64Array, stride: number): number {
  let near = 0;
  let pairs = 0;
  for (let at = 0; at + 1 < order.length; at += stride) {
    const difference = Math.abs(ranks[order[at]!]! - ranks[order[at + 1]!]!);
    if (Number.isNaN(difference)) continue;
    pairs++;
    if (difference <= NEAR) near++;
  }
  return near / Math.max(1, pairs);
}
