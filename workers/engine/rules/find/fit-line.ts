import type { Rounding } from '../../../../src/domain/rules';
import { roundingSlack, type Slack } from '../../../rules/decimals';
import { shortestIn } from './short-number';

/** y = factor · x + constant within a rounding. */
export interface Line {
  readonly factor: number;
  readonly constant: number;
  readonly rounding: Rounding;
}

const ROUNDINGS: readonly Rounding[] = ['nearest', 'down', 'up'];

/**
 * The line that all rows but a few keep, with the shortest numbers that do.
 * @param factors factors that are allowed; null = any
 * @param share rows that may fail
 * @param inputUnit last unit of `x`, if `y` was computed before `x` was rounded; else 0
 * @returns null if there is none
 */
export function fitLine(
  x: Float64Array,
  y: Float64Array,
  decimals: number | null,
  factors: readonly number[] | null,
  share: number,
  inputUnit = 0,
): Line | null {
  const rough = roughLine(x, y, decimals, share, inputUnit);
  if (!rough) return null;
  const rows = rowsNear(x, y, rough, decimals, inputUnit);
  if (rows.length < (1 - share) * complete(x, y)) return null;
  // Rounding up is rounding plus half a unit, but for the halves: of several lines, one without a constant is meant.
  let first: Line | null = null;
  for (const rounding of ROUNDINGS) {
    if ((decimals === null || inputUnit > 0) && rounding !== 'nearest') break;
    const line = refine(x, y, rows, rough, { decimals, rounding, inputUnit }, factors);
    if (line?.constant === 0) return line;
    first ??= line;
  }
  return first;
}

interface Rough {
  readonly factor: number;
  readonly constant: number;
  readonly span: number;
}

/** A line through two rows far apart that the next rows keep; rows are in random order, so the first ones do. */
function roughLine(
  x: Float64Array,
  y: Float64Array,
  decimals: number | null,
  share: number,
  inputUnit: number,
): Rough | null {
  const attempts = share > 0 ? 3 : 1;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const ends = farApart(x, y, attempt * 48, attempt * 48 + 48);
    if (!ends) continue;
    const [first, last] = ends;
    const span = x[last]! - x[first]!;
    const factor = (y[last]! - y[first]!) / span;
    const constant = y[first]! - factor * x[first]!;
    const line = { factor, constant, span: Math.abs(span) };
    let wrong = 0;
    for (let row = 0; row < Math.min(48, x.length) && wrong <= 1; row++) {
      if (!near(x[row]!, y[row]!, line, decimals, inputUnit)) wrong++;
    }
    if (wrong <= (share > 0 ? 1 : 0)) return line;
  }
  return null;
}

function farApart(x: Float64Array, y: Float64Array, from: number, to: number): [number, number] | null {
  let first = -1;
  let last = -1;
  let seen = 0;
  for (let row = from; row < x.length && (row < to || seen < 2); row++) {
    if (Number.isNaN(x[row]! + y[row]!)) continue;
    seen++;
    if (first < 0 || x[row]! < x[first]!) first = row;
    if (last < 0 || x[row]! > x[last]!) last = row;
  }
  return first >= 0 && x[first] !== x[last] ? [first, last] : null;
}

/** The rough line's own error: its two rows are off by up to a unit each. */
function near(x: number, y: number, line: Rough, decimals: number | null, inputUnit: number): boolean {
  if (Number.isNaN(x + y)) return true;
  const value = line.factor * x + line.constant;
  const own = decimals === null ? 1e-10 * (Math.abs(y) + Math.abs(line.constant)) : 10 ** -decimals;
  const unit = own + Math.abs(line.factor) * inputUnit;
  const spread = 1 + Math.abs(x - 0) / line.span;
  return Math.abs(value - y) <= unit * (1.01 + 2 * Math.min(4, spread)) + 1e-11 * Math.abs(value);
}

function rowsNear(
  x: Float64Array,
  y: Float64Array,
  line: Rough,
  decimals: number | null,
  inputUnit: number,
): Int32Array {
  const rows = new Int32Array(x.length);
  let count = 0;
  for (let row = 0; row < x.length; row++) {
    if (!Number.isNaN(x[row]! + y[row]!) && near(x[row]!, y[row]!, line, decimals, inputUnit))
      rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function complete(x: Float64Array, y: Float64Array): number {
  let count = 0;
  for (let row = 0; row < x.length; row++) if (!Number.isNaN(x[row]! + y[row]!)) count++;
  return count;
}

function refine(
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  rough: Rough,
  { decimals, rounding, inputUnit }: { decimals: number | null; rounding: Rounding; inputUnit: number },
  factors: readonly number[] | null,
): Line | null {
  const own = roundingSlack(decimals, rounding, largest(y, rows));
  const free = (Math.abs(rough.factor) * inputUnit) / 2;
  const slack = { below: own.below + free, above: own.above + free };
  if (factors) {
    for (const factor of factors) {
      const constant = constantFor(x, y, rows, factor, slack);
      if (constant !== null) return { factor, constant, rounding };
    }
    return null;
  }
  const origin = factorThroughOrigin(x, y, rows, slack);
  if (origin !== null && origin !== 0) return { factor: origin, constant: 0, rounding };
  const width = (3 * (slack.below + slack.above)) / rough.span;
  for (let digits = 1; digits <= 12; digits++) {
    const factor = Number(rough.factor.toPrecision(digits));
    if (Math.abs(factor - rough.factor) > width) continue;
    const constant = constantFor(x, y, rows, factor, slack);
    if (constant !== null && factor !== 0) return { factor, constant, rounding };
  }
  return null;
}

/** The shortest factor with y = factor · x in all rows, or null. */
export function factorThroughOrigin(
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  { below, above }: Slack,
): number | null {
  let low = -Infinity;
  let high = Infinity;
  for (let i = 0; i < rows.length && low <= high; i++) {
    const value = x[rows[i]!]!;
    const cell = y[rows[i]!]!;
    if (value === 0) {
      if (cell - below > 0 || cell + above < 0) return null;
      continue;
    }
    const one = (cell - below) / value;
    const other = (cell + above) / value;
    low = Math.max(low, Math.min(one, other));
    high = Math.min(high, Math.max(one, other));
  }
  return Number.isFinite(low + high) ? shortestIn(low, high) : null;
}

/** The shortest constant with y = factor · x + constant in all rows, or null. */
export function constantFor(
  x: Float64Array,
  y: Float64Array,
  rows: Int32Array,
  factor: number,
  { below, above }: Slack,
): number | null {
  let low = -Infinity;
  let high = Infinity;
  for (let i = 0; i < rows.length && low <= high; i++) {
    const rest = y[rows[i]!]! - factor * x[rows[i]!]!;
    low = Math.max(low, rest - below);
    high = Math.min(high, rest + above);
  }
  return rows.length === 0 ? null : shortestIn(low, high);
}

function largest(y: Float64Array, rows: Int32Array): number {
  let max = 0;
  for (const row of rows) max = Math.max(max, Math.abs(y[row]!));
  return max;
}
