/**
 * Decides which categories share a class. The model draws the class of a category first. If the categories of a class go
 * with the same values of the other columns, these tell the class. Measured: of rare zip codes 2.4 % instead of 3.2 % get
 * a wrong state (bench/quality-log.md, "Very many categories").
 */
import { RandomStream } from '../../../src/domain/random';
import { type Companion, type Profiles, profilesOf } from './association';
import type { CategoricalEncoding } from './categorical';

/** Steps of the power iteration. */
const ITERATIONS = 12;
/** Rows × companions that are read, about a second, within these limits of rows. */
const MAX_CELLS = 3e7;
const MAX_ROWS = 1_000_000;
const MIN_ROWS = 100_000;
/** Numbers that one step of the iteration may read before the thread answers messages again: tens of milliseconds. */
const LONG_STEP = 1e6;

export interface CategoricalCodes {
  readonly encoding: CategoricalEncoding;
  /** Training rows first. */
  readonly codes: Uint16Array;
}

/**
 * The same column with similar categories in a class. The classes of more than one category are halved again and again
 * along the first principal axis of their profiles over the companions. In a class the most frequent comes first. Without
 * a companion that depends on the column, and without classes, nothing changes.
 * @param rows training rows; only these are read, of very many a sample
 * @param pause called several times a second
 */
export async function arrangeCategories(
  column: CategoricalCodes,
  rows: number,
  companions: readonly Companion[],
  pause: () => Promise<void>,
): Promise<CategoricalCodes> {
  const { encoding, codes } = column;
  const { classes, cardinality: total } = encoding.subColumns[0]!;
  if (!classes) return column;
  const seen = sample(codes, rows, companions);
  const profiles = await profilesOf(seen.codes, seen.rows, total, seen.companions, pause);
  if (profiles.width === 0) return column;
  const order = Uint16Array.from({ length: total }, (_, code) => code);
  const first = classes.findIndex((start, k) => (classes[k + 1] ?? total) - start > 1);
  if (first >= 0) await divide(profiles, order, [...classes, total], first, classes.length, pause);
  const special = total - encoding.categories.length;
  const newCode = new Uint16Array(total);
  order.forEach((code, index) => {
    newCode[code] = index;
  });
  return {
    encoding: {
      ...encoding,
      categories: Array.from(order.subarray(special), (code) => encoding.categories[code - special]!),
    },
    codes: codes.map((code) => newCode[code]!),
  };
}

/** The codes of rows spread over all, where all are too many. */
function sample(codes: Uint16Array, rows: number, companions: readonly Companion[]) {
  const affordable = Math.max(MIN_ROWS, Math.floor(MAX_CELLS / Math.max(1, companions.length)));
  const count = Math.min(affordable, MAX_ROWS);
  if (rows <= count) return { codes, rows, companions };
  const chosen = new RandomStream(rows, 'rows to arrange categories by').spreadRows(rows, count);
  const take = (all: Uint16Array) => Uint16Array.from(chosen, (row) => all[row]!);
  return {
    codes: take(codes),
    rows: count,
    companions: companions.map((companion) => ({ ...companion, codes: take(companion.codes) })),
  };
}

/** Sorts the codes of classes `first` … `last` − 1 so that those of a class are similar. */
async function divide(
  profiles: Profiles,
  order: Uint16Array,
  starts: readonly number[],
  first: number,
  last: number,
  pause: () => Promise<void>,
): Promise<void> {
  const part = order.subarray(starts[first]!, starts[last]!);
  if (last - first <= 1) {
    // Codes were given by frequency.
    part.sort();
    return;
  }
  await pause();
  const positions = await project(profiles, part, pause);
  const ranked = Array.from(part.keys()).sort((a, b) => positions[a]! - positions[b]! || part[a]! - part[b]!);
  part.set(ranked.map((k) => part[k]!));
  const middle = (first + last) >> 1;
  await divide(profiles, order, starts, first, middle, pause);
  await divide(profiles, order, starts, middle, last, pause);
}

/** Positions of some codes along the first principal axis of their profiles, weighted by their rows. */
async function project(
  { values, width, weights }: Profiles,
  part: Uint16Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const mean = new Float64Array(width);
  let total = 0;
  for (const code of part) {
    total += weights[code]!;
    for (let d = 0; d < width; d++) mean[d]! += weights[code]! * values[code * width + d]!;
  }
  for (let d = 0; d < width; d++) mean[d]! /= Math.max(1, total);
  const positions = new Float64Array(part.length);
  let axis = widestDimension(values, width, weights, part, mean);
  for (let step = 0; step < ITERATIONS; step++) {
    const next = new Float64Array(width);
    part.forEach((code, k) => {
      const at = code * width;
      let position = 0;
      for (let d = 0; d < width; d++) position += axis[d]! * (values[at + d]! - mean[d]!);
      positions[k] = position;
      const weight = weights[code]! * position;
      for (let d = 0; d < width; d++) next[d]! += weight * (values[at + d]! - mean[d]!);
    });
    const length = Math.hypot(...next);
    if (length === 0) break;
    axis = next.map((value) => value / length);
    if (part.length * width > LONG_STEP) await pause();
  }
  return positions;
}

/** A unit vector along the dimension of the largest variance: where the iteration starts. */
function widestDimension(
  values: Float32Array,
  width: number,
  weights: Float64Array,
  part: Uint16Array,
  mean: Float64Array,
): Float64Array {
  const spread = new Float64Array(width);
  for (const code of part) {
    for (let d = 0; d < width; d++) {
      spread[d]! += weights[code]! * (values[code * width + d]! - mean[d]!) ** 2;
    }
  }
  let widest = 0;
  for (let d = 1; d < width; d++) if (spread[d]! > spread[widest]!) widest = d;
  const axis = new Float64Array(width);
  axis[widest] = 1;
  return axis;
}
