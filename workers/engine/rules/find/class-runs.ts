import type { CodedColumn } from '../../../rules/rule-column';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

/** Intervals of a rule: classes may come back, seasons for instance. */
export const MAX_RUNS = 12;
/** Rows of which the nearest to a threshold are looked at, on either side. */
const WINDOW = 0.1;
/** Full rows that are read without a pause. */
const STRETCH = 100_000;

/** Neighbouring numbers that all go with one class. */
export interface ClassRun {
  readonly code: number;
  low: number;
  high: number;
  rows: number;
  /** Rows at the ends themselves. */
  lowRows: number;
  highRows: number;
}

function newRun(code: number, value: number): ClassRun {
  return { code, low: value, high: value, rows: 1, lowRows: 1, highRows: 1 };
}

/**
 * The runs of classes along ascending numbers; null if they are too many, or a number goes with two classes.
 * @param order rows by number
 * @param classes of the rows; those of few rows are passed over, and an interval has as many as a class
 */
export function runsAlong(
  order: Int32Array,
  numbers: Float64Array,
  { codes, counts, minRows }: Pick<SampledColumn, 'codes' | 'counts' | 'minRows'>,
): ClassRun[] | null {
  const runs: ClassRun[] = [];
  let last: ClassRun | null = null;
  for (const row of order) {
    const code = codes[row]!;
    if (code < 0 || counts[code]! < minRows) continue;
    const value = numbers[row]!;
    if (last?.code === code) {
      last.high = value;
      last.rows++;
      continue;
    }
    if (last && (last.high === value || last.rows < minRows)) return null;
    if (runs.length === MAX_RUNS) return null;
    last = newRun(code, value);
    runs.push(last);
  }
  return runs.length >= 2 && last!.rows >= minRows ? runs : null;
}

/**
 * Rows out of order that a smooth dependence would bring beside each threshold. Of one class, m rows lie within δ of it
 * and k within δ and 2δ: a log-concave density goes on with at most m²/k beyond, and with no more than m, nor than rows
 * that are there; half of it is taken. 2δ reaches the nearest tenth of all rows, and two numbers of a coarse grid.
 * @param ascending numbers of the runs' rows
 * @returns for each threshold what the class below and the class above would bring
 */
export function expectedAcross(
  ascending: Float64Array,
  runs: readonly ClassRun[],
): (readonly [number, number])[] {
  const window = Math.max(1, Math.round(WINDOW * ascending.length));
  const expected: [number, number][] = [];
  let start = 0;
  for (const [i, run] of runs.slice(1).entries()) {
    const at = start + runs[i]!.rows;
    const end = at + run.rows;
    const threshold = runs[i]!.high / 2 + run.low / 2;
    const below = nearest(at - start, window, (k) => threshold - ascending[at - 1 - k]!);
    const above = nearest(end - at, window, (k) => ascending[at + k]! - threshold);
    expected.push([across(below, above), across(above, below)]);
    start = at;
  }
  return expected;
}

/** Ascending distances of as many rows as the window has, or as hold the first two numbers of a coarse grid. */
function nearest(rows: number, window: number, distance: (k: number) => number): number[] {
  let count = Math.min(window, rows);
  if (distance(count - 1) === distance(0)) {
    while (count < rows && distance(count) === distance(0)) count++;
    const second = count < rows ? distance(count) : 0;
    while (count < rows && distance(count) === second) count++;
  }
  return Array.from({ length: count }, (_, k) => distance(k));
}

/** @param own ascending distances of a class's rows, `others` those on the far side */
function across(own: readonly number[], others: readonly number[]): number {
  const reach = own.at(-1)! / 2;
  const near = own.filter((distance) => distance <= reach).length;
  const there = others.filter((distance) => distance <= reach).length;
  return 0.5 * Math.min(near, near ** 2 / Math.max(1, own.length - near), there);
}

/**
 * The runs of a sample, stretched to those of all rows; classes that the sample lacks are added.
 * @param numbers of all rows, NaN = missing
 * @param classes of all rows, by whose codes the runs go
 * @param minRows rows that make a class
 * @returns null if a row contradicts them
 */
export async function stretchedRuns(
  sample: readonly ClassRun[],
  numbers: Float64Array,
  { codes }: CodedColumn,
  minRows: number,
  pacer: Pacer,
): Promise<ClassRun[] | null> {
  const runs = sample.map((run) => ({ ...run, rows: 0, lowRows: 0, highRows: 0 }));
  const known = new Set(runs.map(({ code }) => code));
  const news = new Map<number, ClassRun>();
  for (let row = 0; row < numbers.length; row++) {
    if (row % STRETCH === 0) await pacer.tick();
    const value = numbers[row]!;
    const code = codes[row]!;
    if (code < 0 || Number.isNaN(value)) continue;
    if (!known.has(code)) {
      const run = news.get(code);
      if (run) take(run, value);
      else news.set(code, newRun(code, value));
      continue;
    }
    let at = runs.findIndex(({ high }) => value <= high);
    if (at < 0) at = runs.length;
    const inside = at < runs.length && value >= runs[at]!.low;
    const run = [runs[at], inside ? undefined : runs[at - 1]].find((other) => other?.code === code);
    if (!run) return null;
    take(run, value);
  }
  for (const run of news.values()) if (run.rows >= minRows) runs.push(run);
  runs.sort((a, b) => a.low - b.low);
  const apart = runs.every((run, i) => i === 0 || runs[i - 1]!.high < run.low);
  return apart && runs.length <= MAX_RUNS ? runs : null;
}

function take(run: ClassRun, value: number): void {
  run.rows++;
  if (value < run.low) [run.low, run.lowRows] = [value, 1];
  else if (value === run.low) run.lowRows++;
  if (value > run.high) [run.high, run.highRows] = [value, 1];
  else if (value === run.high) run.highRows++;
}
