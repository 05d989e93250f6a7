import type { RuleOf } from '../../../../src/domain/rules';
import { numbersOf, type RuleColumn } from '../../../rules/rule-column';

/** Share of the numbers of a stretch that has to be there: rows may be held back. */
const MIN_DENSITY = 0.5;
const MIN_ROWS = 20;

/** Numbers or instants that grow, or fall, by the same step from row to row; rows may have been left out. */
export function findRunningNumbers(columns: readonly RuleColumn[]): RuleOf<'running-number'>[] {
  return columns.flatMap((column) => {
    const rule = column.data.kind === 'number' && !column.data.nulls ? runningNumber(column) : null;
    return rule ? [rule] : [];
  });
}

function runningNumber(column: RuleColumn): RuleOf<'running-number'> | null {
  const values = numbersOf(column);
  const count = values.length;
  if (count < MIN_ROWS) return null;
  // Of rows that were left out at random, some neighbours follow each other without a gap.
  let step = Infinity;
  const sign = Math.sign(values[1]! - values[0]!);
  for (let row = 1; row < count; row++) {
    const rise = values[row]! - values[row - 1]!;
    if (Math.sign(rise) !== sign || sign === 0) return null;
    if (Math.abs(rise) < Math.abs(step)) step = rise;
  }
  const start = values[0]!;
  const steps = (values[count - 1]! - start) / step;
  if (count < MIN_DENSITY * steps) return null;
  const steady = values.every((value) => {
    const whole = Math.round((value - start) / step);
    return Math.abs(value - start - step * whole) <= 1e-9 * Math.max(Math.abs(value), Math.abs(step));
  });
  return steady ? { kind: 'running-number', column: column.name, start, step } : null;
}
