import { DAY } from '../../../src/domain/calendar';
import type { NumberColumn } from '../../../src/domain/column-data';
import { protectedRange } from './protected-range';
import type { axisOf } from './round-range';

type Axis = NonNullable<ReturnType<typeof axisOf>>;

/** Bins that a chart has about, and at most. */
const BINS = 24;
const MAX_BINS = 60;
/** Amounts are skewed if more rows than this lie in the lowest tenth of the range. */
const SKEWED = 0.7;
const HOUR = 3_600_000;
const DATE_STEPS = [1000, 60_000, 600_000, HOUR, 6 * HOUR, DAY, 7 * DAY, 14 * DAY] as const;
const MONTH = 30.4 * DAY;
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200] as const;

/** Edges of a histogram, all of them round: none is the value of a row for being one. */
export function histogramEdges(
  people: NumberColumn,
  axis: Axis,
  isDate: boolean,
): { readonly edges: number[]; readonly steps: 'equal' | 'logarithmic' } | null {
  const width = (axis.high - axis.low) / BINS;
  if (!(width > 0)) return null;
  if (isDate) return checked(dateEdges(axis, width), 'equal');
  if (isSkewed(people, axis)) {
    const edges = logarithmicEdges(people, axis);
    if (edges) return checked(edges, 'logarithmic');
  }
  const step = Math.max(niceStep(width), isWhole(people) ? 1 : 0);
  return checked(multiples(axis, step), 'equal');
}

function checked(edges: number[], steps: 'equal' | 'logarithmic') {
  const rising = edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!));
  return rising && edges.length > 2 && edges.length <= MAX_BINS + 1 ? { edges, steps } : null;
}

/** 1, 2 or 5 times a power of ten, the first at or above. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return clean(power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10));
}

function clean(value: number): number {
  return Number(value.toPrecision(12));
}

/** From the multiple at or below the low end to the one above the high end. */
function multiples({ from, to }: Axis, step: number): number[] {
  const first = Math.floor(from / step);
  const last = Math.max(first + 1, Math.floor(to / step) + 1);
  return Array.from({ length: Math.min(last - first, MAX_BINS + 1) + 1 }, (_, k) =>
    clean((first + k) * step),
  );
}

function dateEdges({ from, to }: Axis, width: number): number[] {
  const step = DATE_STEPS.find((size) => size >= width);
  if (step !== undefined) return multiples({ from, to } as Axis, step);
  const months = MONTH_STEPS.find((count) => count * MONTH >= width) ?? 2400;
  const first = new Date(from);
  const start = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
  const edges: number[] = [];
  for (let month = start; edges.length <= MAX_BINS; month += months) {
    // `Date.UTC` takes years below 100 for those of the 20th century.
    edges.push(new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1));
    if (edges.at(-1)! > to) break;
  }
  return edges;
}

/** 0, then 1, 2, 5, 10, … from where positive values begin. */
function logarithmicEdges(people: NumberColumn, { to }: Axis): number[] | null {
  const none = people.values.map((value, row) => (people.nulls?.[row] === 1 || !(value > 0) ? 1 : 0));
  const range = protectedRange(people.values, Uint8Array.from(none));
  if (!range || !(range.low > 0)) return null;
  const edges = [0];
  let power = 10 ** Math.floor(Math.log10(range.low));
  for (; edges.length <= MAX_BINS; power *= 10) {
    for (const factor of [1, 2, 5]) {
      const edge = clean(factor * power);
      if (edge * (factor === 2 ? 2.5 : 2) > range.low) edges.push(edge);
      if (edge > to) return edges;
    }
  }
  return null;
}

/** Whether amounts from 0 crowd at the low end. */
function isSkewed({ values, nulls }: NumberColumn, { from, to }: Axis): boolean {
  if (from < 0) return false;
  const tenth = from + (to - from) / 10;
  let [all, low] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (nulls?.[row] === 1) continue;
    if (values[row]! < 0) return false;
    all++;
    if (values[row]! <= tenth) low++;
  }
  return low > SKEWED * all;
}

function isWhole({ values, nulls }: NumberColumn): boolean {
  return values.every((value, row) => nulls?.[row] === 1 || Number.isInteger(value));
}
