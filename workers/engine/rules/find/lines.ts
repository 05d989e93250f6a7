import type { RuleOf } from '../../../../src/domain/rules';
import { NEARLY, neededViolations, overwhelming } from './evidence';
import { fitLine, type Line } from './fit-line';
import type { Pacer } from './pacer';
import { collision, type SampledColumn } from './sampled-column';
import { stepsOf } from './units';

type Linear = RuleOf<'linear'>;

/** Information, in nats, that the points of a line beyond the two that fix it have to carry. */
export const MIN_SURPRISE = 20;
/** Times its leeway that the values of a line of rounded numbers have to spread. */
const MIN_SPREAD = 100;

/** Columns that are a multiple of another, plus a constant: both ways round, the simpler one first. */
export async function findLines(columns: readonly SampledColumn[], pacer: Pacer): Promise<Linear[]> {
  const numeric = columns.filter(({ numbers, cells }) => numbers && cells.length >= 2);
  const found: Linear[] = [];
  for (const [i, source] of numeric.entries()) {
    for (const target of numeric.slice(i + 1)) {
      if (source.type !== target.type) continue;
      const rule = equality(source, target, numeric.length) ?? lineBetween(source, target);
      if (rule) found.push(rule);
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

function equality(source: SampledColumn, target: SampledColumn, columns: number): Linear | null {
  const [x, y] = [source.numbers!, target.numbers!];
  let differing = 0;
  let present = 0;
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]! + y[row]!)) continue;
    present++;
    if (x[row] !== y[row] && ++differing > 2 + NEARLY * x.length) return null;
  }
  const expected = present * (1 - Math.max(collision(source), collision(target)));
  if (differing > NEARLY * present || !overwhelming(differing, expected)) return null;
  if (expected < neededViolations(columns * columns)) return null;
  return linear(target, [[source, 1]], { factor: 1, constant: 0, rounding: 'nearest' });
}

function lineBetween(a: SampledColumn, b: SampledColumn): Linear | null {
  if (a.cells.length < 5 || b.cells.length < 3) return null;
  const shift = a.type === 'date' ? [1] : null;
  const exact = better(
    a,
    b,
    pointsOnLine(a, b, shift),
    shift || b.cells.length < 5 ? null : pointsOnLine(b, a, shift),
  );
  if (exact || shift) return exact;
  const loose = better(a, b, roundedOnLine(a, b), b.cells.length < 5 ? null : roundedOnLine(b, a));
  if (!loose) return null;
  const input = loose.target === a.name ? b : a;
  return { ...loose, inputDecimals: [input.decimals!] };
}

/** The simpler of two lines: of b by a, and of a by b. */
function better(a: SampledColumn, b: SampledColumn, there: Line | null, back: Line | null): Linear | null {
  if (there && back) {
    // The column of more steps has room for what the other says exactly; else the simpler numbers decide.
    const ratio = stepsOf(a) / stepsOf(b);
    return ratio > 1.5 || (ratio > 1 / 1.5 && digits(back) < digits(there))
      ? linear(a, [[b, back.factor]], back)
      : linear(b, [[a, there.factor]], there);
  }
  if (there) return linear(b, [[a, there.factor]], there);
  return back && linear(a, [[b, back.factor]], back);
}

function pointsOnLine(x: SampledColumn, y: SampledColumn, factors: readonly number[] | null): Line | null {
  const line = fitLine(x.numbers!, y.numbers!, y.type === 'date' ? 0 : y.decimals, factors, NEARLY);
  return line && surprise(x, y) >= MIN_SURPRISE ? line : null;
}

/**
 * A line of two columns that were both rounded after the one was computed from the other. Any points lie on a line that
 * may be off by much: the leeway has to be small against the spread.
 */
function roundedOnLine(x: SampledColumn, y: SampledColumn): Line | null {
  if (!x.decimals || !y.decimals || x.decimals < 1 || y.decimals < 1) return null;
  const line = fitLine(x.numbers!, y.numbers!, y.decimals, null, NEARLY, 10 ** -x.decimals);
  if (!line) return null;
  const leeway = 0.5 * (10 ** -y.decimals + Math.abs(line.factor) * 10 ** -x.decimals);
  const sorted = y.numbers!.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  return at(0.95) - at(0.05) >= MIN_SPREAD * leeway && surprise(x, y) >= MIN_SURPRISE ? line : null;
}

/** How unlikely the distinct points beyond the first two fall on a line by chance. */
export function surprise(x: SampledColumn, y: SampledColumn): number {
  const values = y.cells as readonly number[];
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const fine = Math.max(Math.abs(low), Math.abs(high)) * 1e-10;
  const unit = y.type === 'date' ? 1 : y.decimals === null ? fine : 10 ** -y.decimals;
  const choices = (high - low) / unit + 1;
  return (Math.min(x.cells.length, y.cells.length) - 2) * Math.log(Math.min(1e6, choices / 2));
}

/** Characters that a line's numbers take. */
function digits({ factor, constant, rounding }: Line): number {
  const length = (value: number) => (value === 0 || value === 1 ? 0 : String(Math.abs(value)).length);
  return length(factor) + length(constant) + (rounding === 'nearest' ? 0 : 1);
}

/** The rule of a line: target = Σ factor · column + constant, rounded to the target's own decimals. */
export function linear(
  target: SampledColumn,
  terms: readonly (readonly [SampledColumn, number])[],
  { constant, rounding }: Line,
): Linear {
  return {
    kind: 'linear',
    target: target.name,
    terms: terms.map(([column, factor]) => ({ column: column.name, factor })),
    constant,
    decimals: target.type === 'date' ? null : target.decimals,
    rounding,
  };
}
