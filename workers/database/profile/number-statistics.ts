import { numberText } from '../../../src/domain/cell-text';
import type { HistogramBar, StorageType, TopValue } from '../../../src/domain/columns';
import { barsOf, planBars } from './bars';
import { type ValueRuns, valueRuns } from './value-runs';

/** Statistics of the numbers of a column; dates and times in milliseconds. */
export interface NumberStatistics {
  /** Values in all. */
  readonly count: number;
  readonly distinctCount: number;
  /** Values that occur at least `nonRare` times: how many different ones, and in how many rows. */
  readonly nonRareDistinct: number;
  readonly nonRareRows: number;
  readonly uniqueRows: number;
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly max: number;
  /** Characters of the longest and the shortest value, as DuckDB prints them. */
  readonly longest: number;
  readonly shortest: number;
  readonly topValues: readonly TopValue[];
  readonly histogram: readonly HistogramBar[];
}

export interface NumberOptions {
  readonly type: StorageType;
  /** Occurrences from which a value is not rare. */
  readonly nonRare: number;
  readonly topValues: number;
}

/** From here on doubles do not tell integers apart. */
const UNSAFE = 2 ** 53;

/**
 * Statistics of numbers, or null where `runStatistics` gives none.
 * @param values not empty; they are overwritten
 */
export function numberStatistics(values: Float64Array, options: NumberOptions): NumberStatistics | null {
  const { type } = options;
  const [min, max] = endsOf(values);
  if (!isTold(min, max, type)) return null;
  const unit = type === 'date' ? DAY : type === 'datetime' ? SECOND : 1;
  return statisticsOf(valueRuns(values, unit), [min, max], options);
}

/**
 * Statistics of numbers in one pass over them in order: the same that SQL over groups of them gives. Null if that needs
 * more than doubles tell: infinities, integers beyond ±2^53, parts of milliseconds, years of other than four digits.
 *
 * @param runs of at least one number
 */
export function runStatistics(runs: ValueRuns, options: NumberOptions): NumberStatistics | null {
  const ends = [runs.values[0]!, runs.values[runs.values.length - 1]!] as const;
  return isTold(...ends, options.type) ? statisticsOf(runs, ends, options) : null;
}

function statisticsOf(
  runs: ValueRuns,
  [min, max]: readonly [min: number, max: number],
  { type, nonRare, topValues }: NumberOptions,
): NumberStatistics | null {
  const distinctCount = runs.values.length;
  const count = runs.times.reduce((sum, times) => sum + times, 0);
  const plan = planBars(type, min, max);
  const bars = new Float64Array(plan.last + 1);
  const lengths = new TextLengths(type);
  const top = new TopRuns(topValues);
  let nonRareDistinct = 0;
  let nonRareRows = 0;
  let uniqueRows = 0;
  let seen = 0;
  let lowerMiddle = 0;
  let upperMiddle = 0;
  // Compensated summation (Kahan 1965), as DuckDB's fsum.
  let sum = 0;
  let lost = 0;
  for (let run = 0; run < distinctCount; run++) {
    const value = runs.values[run]!;
    const times = runs.times[run]!;
    if (times === 1) uniqueRows++;
    if (times >= nonRare) {
      nonRareDistinct++;
      nonRareRows += times;
    }
    if (seen <= (count - 1) >> 1) lowerMiddle = value;
    if (seen <= count >> 1) upperMiddle = value;
    seen += times;
    top.add(value, times);
    if (!lengths.add(value)) return null;
    bars[plan.width === 0 ? 0 : Math.max(0, Math.min(plan.last, Math.floor((value - min) / plan.width)))]! +=
      times;
    const term = value * times - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return {
    ...{ count, distinctCount, nonRareDistinct, nonRareRows, uniqueRows, min, max },
    // Halved before they are added, because their sum may overflow.
    median: lowerMiddle / 2 + upperMiddle / 2,
    mean: Number.isFinite(sum) ? sum / count : meanOf(runs, count),
    ...{ longest: lengths.longest, shortest: lengths.shortest },
    topValues: top.runs.map(({ value, times }) => ({ value: numberText(value, type), count: times })),
    histogram: barsOf(plan, type, bars),
  };
}

/** The mean of values whose sum overflows. */
function meanOf({ values, times }: ValueRuns, count: number): number {
  return values.reduce((total, value, run) => total + value * (times[run]! / count), 0);
}

const SECOND = 1_000;
const DAY = 86_400_000;

/** The lowest and the highest value; NaN if one is none. */
function endsOf(values: Float64Array): [min: number, max: number] {
  let min = values[0]!;
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    else if (value > max) max = value;
    else if (Number.isNaN(value)) return [value, value];
  }
  return [min, max];
}

const FIRST_DAY = Date.parse('0001-01-01');
const LAST_DAY = Date.parse('9999-12-31');

function isTold(min: number, max: number, type: StorageType): boolean {
  if (type === 'integer') return min > -UNSAFE && max < UNSAFE;
  if (type === 'float') return Number.isFinite(min) && Number.isFinite(max);
  if (type === 'date') return min >= FIRST_DAY && max <= LAST_DAY;
  // They come as microseconds.
  return min > -UNSAFE / 1000 && max < UNSAFE / 1000;
}

/** The values that occur most often, the lower ones first among those as frequent. */
class TopRuns {
  readonly runs: { value: number; times: number }[] = [];
  readonly #limit: number;
  #least = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param value above those before */
  add(value: number, times: number): void {
    const { runs } = this;
    if (times <= this.#least) return;
    let at = runs.length;
    while (at > 0 && runs[at - 1]!.times < times) at--;
    runs.splice(at, 0, { value, times });
    if (runs.length > this.#limit) runs.pop();
    if (runs.length === this.#limit) this.#least = runs[runs.length - 1]!.times;
  }
}

/** More digits after the mark are counted in the printed number. */
const COUNTED_DIGITS = 8;
const POWERS = Array.from({ length: 16 }, (_, i) => 10 ** i);

/** How long values are as DuckDB prints them. */
class TextLengths {
  longest = 0;
  shortest = Number.POSITIVE_INFINITY;
  readonly #lengthOf: (value: number) => number;

  constructor(type: StorageType) {
    if (type === 'integer') this.#lengthOf = wholeLength;
    else if (type === 'float') this.#lengthOf = floatLength;
    else if (type === 'date') this.#lengthOf = () => 10;
    else this.#lengthOf = timeLength;
  }

  /** False if DuckDB would print the value in a way that is not known here. */
  add(value: number): boolean {
    const length = this.#lengthOf(value);
    if (length > this.longest) this.longest = length;
    if (length < this.shortest) this.shortest = length;
    return length > 0;
  }
}

/** @param value below 2^53 */
function wholeLength(value: number): number {
  const size = Math.abs(value);
  let length = value < 0 ? 2 : 1;
  for (let bound = 10; size >= bound; bound *= 10) length++;
  return length;
}

/** Seconds without a fraction are 19 characters; 0 for parts of milliseconds. */
function timeLength(value: number): number {
  if (value % 1000 === 0) return 19;
  if (value % 100 === 0) return 21;
  if (value % 10 === 0) return 22;
  return value % 1 === 0 ? 23 : 0;
}

/** Zero for those that DuckDB prints with an exponent. */
function floatLength(value: number): number {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return 0;
  const sign = value < 0 || Object.is(value, -0) ? 1 : 0;
  for (let digits = 0; digits <= COUNTED_DIGITS; digits++) {
    const scaled = Math.round(size * POWERS[digits]!);
    // A decimal of 15 digits is the shortest one that reads as its double.
    if (scaled >= 1e15) break;
    if (scaled / POWERS[digits]! === size) {
      return sign + wholeLength(Math.floor(size)) + 1 + Math.max(1, digits);
    }
  }
  return sign + String(size).length;
}
