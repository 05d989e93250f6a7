import type { ProtectionPlan } from '../privacy/protection';
import type { Bounds } from './date-bounds';
import { DateParts, PART, PART_RANGES } from './date-parts';
import { nearestIndex } from './sorted-values';

/** Share of rows that the frequent values of a part must cover for the other values to be dropped. */
const COVERAGE = 0.99;
/** More years than this are thinned out evenly: all that a calendar date is written with have a code. */
const MAX_YEARS = 10_000;

/**
 * Values of one part: those that enough rows share, if they cover nearly all rows; else the part's natural range,
 * which tells nothing of the data.
 */
export function partValues(
  counts: ReadonlyMap<number, number>,
  part: number,
  bounds: Bounds,
  plan: ProtectionPlan,
): number[] {
  const kept: number[] = [];
  let rows = 0;
  let covered = 0;
  for (const [value, count] of counts) {
    rows += count;
    if (count < plan.threshold) continue;
    kept.push(value);
    covered += count;
  }
  const tooMany = part === PART.year && kept.length > MAX_YEARS;
  const range = PART_RANGES[part];
  // Listed dates are chosen so that they cover nearly all; what is left goes to the nearest one.
  const isEnough = part === PART.date || rows - covered < plan.threshold || covered >= COVERAGE * rows;
  if (!tooMany && kept.length > 0 && isEnough) return kept.sort((a, b) => a - b);
  return range ? integers(range[0], range[1], 1) : yearRange(bounds);
}

function yearRange(bounds: Bounds): number[] {
  const date = new DateParts({ dayCoding: 'month days', marks: [] });
  date.split(bounds.min);
  const first = date.parts[PART.year]!;
  date.split(bounds.max);
  const last = date.parts[PART.year]!;
  return integers(first, last, Math.ceil((last - first + 1) / MAX_YEARS));
}

function integers(first: number, last: number, step: number): number[] {
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(value);
  return values;
}

/** Code of the kept value nearest to a part's value. */
export function toLookup(values: readonly number[], part: number): (value: number) => number {
  if (values.length < 2) return () => 0;
  if (part === PART.date) return (value) => nearestIndex(values, value);
  const offset = values[0]!;
  const table = new Uint16Array(values[values.length - 1]! - offset + 1);
  for (let i = 0; i < table.length; i++) table[i] = nearestIndex(values, offset + i);
  return (value) => table[Math.min(Math.max(value - offset, 0), table.length - 1)]!;
}
