/**
 * Which categories share a class. The model draws the class of a category first: if those of a class go with the same
 * values of the other columns, the class can be told from these.
 */
import { RandomStream } from '../../../src/domain/random';
import { type Companion, type Profiles, profilesOf } from './association';
import type { CategoricalEncoding } from './categorical';

/** Steps of the power iteration. */
const ITERATIONS = 12;
/** Rows × companions that are looked at, about a second; of as few companions as that, at most so many rows. */
const MOST_CELLS = 3e7;
const MOST_ROWS = 1_000_000;
const FEWEST_ROWS = 100_000;
/** Numbers that one step of the iteration may read before the thread answers messages again: tens of milliseconds. */
const LONG_STEP = 1e6;

export interface CategoricalCodes {
  readonly encoding: CategoricalEncoding;
  /** Training rows first. */
  readonly codes: Uint16Array;
}

/**
 * The same column with like categories in a class: the classes of more than one are halved again and again along the
 * first principal axis of their profiles over the companions. In a class the most frequent comes first. Without a
 * companion that depends on the column, and without classes, nothing changes.
 * @param rows training rows: only these are looked at, of very many a sample
 * @param rest called every now and then
 */
export async function arrangeCategories(
  column: CategoricalCodes,
  rows: number,
  companions: readonly Companion[],
  rest: () => Promise<void>,
): Promise<CategoricalCodes> {
  const { encoding, codes } = column;
  const { classes, cardinality: total } = encoding.subColumns[0]!;
  if (!classes) return column;
  const seen = sample(codes, rows, companions);
  const profiles = await profilesOf(seen.codes, seen.rows, total, seen.companions, rest);
  if (profiles.width === 0) return column;
  const order = Uint16Array.from({ length: total }, (_, code) => code);
  const first = classes.findIndex((start, k) => (classes[k + 1] ?? total) - start > 1);
  if (first >= 0) await divide(profiles, order, [...classes, total], first, classes.length, rest);
  const special = total - encoding.categories.length;
  const newCode = new Uint16Array(total);
  order.forEach((code, place) => {
    newCode[code] = place;
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
  const affordable = Math.max(FEWEST_ROWS, Math.floor(MOST_CELLS / Math.max(1, companions.length)));
  const count = Math.min(affordable, MOST_ROWS);
  if (rows <= count) return { codes, rows, companions };
  const chosen = new RandomStream(rows, 'rows to arrange categories by').spreadRows(rows, count);
  const take = (all: Uint16Array) => Uint16Array.from(chosen, (row) => all[row]!);
  return {
    codes: take(codes),
    rows: count,
    companions: companions.map((companion) => ({ ...companion, codes: take(companion.codes) })),
  };
}

/** Sorts the codes of classes `first` … `last` − 1 so that those of a class are alike. */
async function divide(
  profiles: Profiles,
  order: Uint16Array,
  starts: readonly number[],
  first: number,
  last: number,
  rest: () => Promise<void>,
): Promise<void> {
  const part = order.subarray(starts[first]!, starts[last]!);
  if (last - first <= 1) {
    // Codes were given by frequency.
    part.sort();
    return;
  }
  await rest();
  const places = await project(profiles, part, rest);
  const ranked = Array.from(part.keys()).sort((a, b) => places[a]! - places[b]! || part[a]! - part[b]!);
  part.set(ranked.map((k) => part[k]!));
  const middle = (first + last) >> 1;
  await divide(profiles, order, starts, first, middle, rest);
  await divide(profiles, order, starts, middle, last, rest);
}

/** Places of some codes along the first principal axis of their profiles, weighted by their rows. */
async function project(
  { values, width, weights }: Profiles,
  part: Uint16Array,
  rest: () => Promise<void>,
): Promise<Float64Array> {
  const mean = new Float64Array(width);
  let total = 0;
  for (const code of part) {
    total += weights[code]!;
    for (let d = 0; d < width; d++) mean[d]! += weights[code]! * values[code * width + d]!;
  }
  for (let d = 0; d < width; d++) mean[d]! /= Math.max(1, total);
  const places = new Float64Array(part.length);
  let axis = widestDimension(values, width, weights, part, mean);
  for (let step = 0; step < ITERATIONS; step++) {
    const next = new Float64Array(width);
    part.forEach((code, k) => {
      const at = code * width;
      let place = 0;
      for (let d = 0; d < width; d++) place += axis[d]! * (values[at + d]! - mean[d]!);
      places[k] = place;
      const weight = weights[code]! * place;
      for (let d = 0; d < width; d++) next[d]! += weight * (values[at + d]! - mean[d]!);
    });
    const length = Math.hypot(...next);
    if (length === 0) break;
    axis = next.map((value) => value / length);
    if (part.length * width > LONG_STEP) await rest();
  }
  return places;
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
