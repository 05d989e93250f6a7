import { type NumberColumn, takeRows } from '../../../src/domain/column-data';
import type { UnivariateChart } from '../../../src/domain/reports';
import { MIN_SHOWN_ROWS } from '../../../src/domain/shown-counts';
import { roundTo } from '../accuracy/distribution';
import { axisOf } from './round-range';

type Density = NonNullable<UnivariateChart['density']>;

const POINTS = 100;
const CELLS_PER_POINT = 16;
/** Kernels are cut off at this many bandwidths. */
const REACH = 4;
/** Rows, or people, within so many bandwidths are near. */
const NEAR = 2;

/**
 * Smoothed densities of both sets on the original's range, each with sum 1: Gaussian kernels of Scott's bandwidth
 * (docs/metrics.md) over a histogram of 1,600 cells, so that the cost does not grow with the rows. The range is the
 * protected one with its ends rounded outwards. Of the original, rows beyond the protected range are left out, and
 * there is no height where fewer than 8 people are near: no row is shown.
 *
 * @param oneOfEach a row of each person, if they have several: these tell the range, and how many are near
 * @returns null where the original has no spread to show
 */
export function density(
  original: NumberColumn,
  synthetic: NumberColumn,
  isDate: boolean,
  oneOfEach: Uint32Array | null = null,
): Density | null {
  const people = oneOfEach ? (takeRows(original, oneOfEach) as NumberColumn) : original;
  const axis = axisOf(people.values, people.nulls, isDate);
  if (!axis) return null;
  const { low, high, from, to } = axis;
  const range = { low, width: high - low };
  const x = Array.from({ length: POINTS }, (_, i) => {
    const value = low + (range.width * i) / (POINTS - 1);
    return isDate ? Math.round(value) : Number(value.toPrecision(6));
  });
  return {
    x,
    isDate,
    original: smooth(original, { ...range, from, to }, people),
    synthetic: smooth(synthetic, range, null),
  };
}

interface Range {
  readonly low: number;
  readonly width: number;
  /** Rows outside are left out; default: those outside the range. */
  readonly from?: number;
  readonly to?: number;
}

/** @param people of which fewer than 8 near have no height; null = all have one */
function smooth(column: NumberColumn, range: Range, people: NumberColumn | null): number[] {
  const { counts, rows, deviation } = histogram(column, range);
  const telling = people && (people === column ? counts : histogram(people, range).counts);
  // The kernel is at least half the distance of two points wide: a spike would fall between them.
  const bandwidth = Math.max(deviation * rows ** -0.2, 0.5 / POINTS);
  const heights = new Float64Array(POINTS);
  const cells = counts.length;
  for (let i = 0; i < POINTS; i++) {
    const at = i / (POINTS - 1);
    const first = Math.max(0, Math.floor((at - REACH * bandwidth) * cells));
    const last = Math.min(cells - 1, Math.ceil((at + REACH * bandwidth) * cells));
    let near = 0;
    for (let cell = first; cell <= last; cell++) {
      if (counts[cell] === 0) continue;
      const z = ((cell + 0.5) / cells - at) / bandwidth;
      if (telling && Math.abs(z) < NEAR) near += telling[cell]!;
      heights[i]! += counts[cell]! * Math.exp(-0.5 * z * z);
    }
    if (telling && near < MIN_SHOWN_ROWS) heights[i] = 0;
  }
  const sum = heights.reduce((total, height) => total + height, 0);
  return Array.from(heights, (height) => (sum > 0 ? roundTo(height / sum, 6) : 0));
}

/** Rows per cell of the range; values outside are left out. The deviation is in shares of the range. */
function histogram(column: NumberColumn, { low, width, from = low, to = low + width }: Range) {
  const counts = new Float64Array(POINTS * CELLS_PER_POINT);
  let rows = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < column.values.length; i++) {
    if (column.nulls?.[i] === 1) continue;
    const at = (column.values[i]! - low) / width;
    if (!(at >= 0 && at <= 1) || column.values[i]! < from || column.values[i]! > to) continue;
    counts[Math.min(counts.length - 1, Math.floor(at * counts.length))]!++;
    rows++;
    sum += at;
    squares += at * at;
  }
  const mean = sum / Math.max(1, rows);
  return { counts, rows, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, rows) - mean * mean)) };
}
