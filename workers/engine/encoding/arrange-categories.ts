/**
 * Which categories share a class. The model draws the class of a category first: if those of a class go with the same
 * values of the other columns, the class can be told from these.
 */
import { type Companion, type Profiles, profilesOf } from './association';
import type { CategoricalEncoding } from './categorical';

/** Steps of the power iteration. */
const ITERATIONS = 12;

export interface CategoricalCodes {
  readonly encoding: CategoricalEncoding;
  /** Training rows first. */
  readonly codes: Uint16Array;
}

/**
 * The same column with like categories in a class: the classes of more than one are halved again and again along the
 * first principal axis of their profiles over the companions. In a class the most frequent comes first. Without a
 * companion that depends on the column, and without classes, nothing changes.
 * @param rows training rows: only these are looked at
 */
export function arrangeCategories(
  column: CategoricalCodes,
  rows: number,
  companions: readonly Companion[],
): CategoricalCodes {
  const { encoding, codes } = column;
  const { classes, cardinality: total } = encoding.subColumns[0]!;
  if (!classes) return column;
  const profiles = profilesOf(codes, rows, total, companions);
  if (profiles.width === 0) return column;
  const order = Uint16Array.from({ length: total }, (_, code) => code);
  const first = classes.findIndex((start, k) => (classes[k + 1] ?? total) - start > 1);
  if (first >= 0) divide(profiles, order, [...classes, total], first, classes.length);
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

/** Sorts the codes of classes `first` … `last` − 1 so that those of a class are alike. */
function divide(
  profiles: Profiles,
  order: Uint16Array,
  starts: readonly number[],
  first: number,
  last: number,
): void {
  const part = order.subarray(starts[first]!, starts[last]!);
  if (last - first <= 1) {
    // Codes were given by frequency.
    part.sort();
    return;
  }
  const places = project(profiles, part);
  const ranked = Array.from(part.keys()).sort((a, b) => places[a]! - places[b]! || part[a]! - part[b]!);
  part.set(ranked.map((k) => part[k]!));
  const middle = (first + last) >> 1;
  divide(profiles, order, starts, first, middle);
  divide(profiles, order, starts, middle, last);
}

/** Places of some codes along the first principal axis of their profiles, weighted by their rows. */
function project({ values, width, weights }: Profiles, part: Uint16Array): Float64Array {
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
