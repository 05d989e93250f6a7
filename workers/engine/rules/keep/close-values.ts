/** Values of the extra columns of numbers that follow from others: ratios, quotients, rates and rests. */
import type { ColumnData } from '../../../../src/domain/column-data';
import { nearestMultiple, roundTo } from '../../../rules/decimals';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';
import type { Measure } from '../../models/kept-rules';

/** `to` by its base where the two are close. */
export function ratiosOf(
  { tolerance }: Extract<Measure, { kind: 'ratio' }>,
  base: Float64Array,
  to: Float64Array,
): ColumnData {
  const isClose = base.map((value, row) => Number(areClose(value, to[row]!, tolerance)));
  return {
    kind: 'number',
    values: base.map((value, row) => (isClose[row] ? to[row]! / value : 0)),
    nulls: Uint8Array.from(isClose, (close) => 1 - close),
  };
}

/** `to` by `from` where both are positive. */
export function quotientsOf(from: Float64Array, to: Float64Array): ColumnData {
  const nulls = Uint8Array.from(from, (value, row) => Number(!(value > 0 && to[row]! > 0)));
  const values = from.map((value, row) => (nulls[row] ? 0 : to[row]! / value));
  return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
}

/** The rate at which `from` gives `to`, where one does. */
export function ratesOf(
  { rates, unit }: Extract<Measure, { kind: 'rate' }>,
  from: Float64Array,
  to: Float64Array,
): ColumnData {
  const found = from.map(
    (value, row) => rates.find((rate) => nearestMultiple(value * rate, unit) === to[row]) ?? 0,
  );
  // A rate of nothing is none: numbers of 0 have a code of their own.
  const nulls = Uint8Array.from(found, (rate, row) => Number(rate === 0 || !(to[row]! > 0)));
  return { kind: 'number', values: found, nulls };
}

/** What the first of the columns has beyond the terms, where that is little. */
export function restsOf(
  { terms, tolerance, decimals }: Extract<Measure, { kind: 'rest' }>,
  [target, ...inputs]: readonly RuleColumn[],
): ColumnData {
  const numbers = inputs.map(numbersOf);
  const rests = numbersOf(target!).map((value, row) => {
    const sum = terms.reduce((total, { factor }, k) => total + factor * numbers[k]![row]!, 0);
    return roundTo(value - sum, decimals, 'nearest');
  });
  const isClose = rests.map((rest) => Number(Math.abs(rest) <= tolerance));
  return {
    kind: 'number',
    values: rests.map((rest, row) => (isClose[row] ? rest : 0)),
    nulls: Uint8Array.from(isClose, (close) => 1 - close),
  };
}

/** Whether two positive numbers differ by at most a share of the larger. */
export function areClose(a: number, b: number, tolerance: number): boolean {
  return a > 0 && b > 0 && Math.abs(a - b) <= tolerance * Math.max(a, b);
}
