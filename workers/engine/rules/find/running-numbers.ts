import type { RuleOf } from '../../../../src/domain/rules';
import { numbersOf, type RuleColumn } from '../rule-column';

/** Numbers or instants that grow by the same step from row to row, over all rows. */
export function findRunningNumbers(columns: readonly RuleColumn[]): RuleOf<'running-number'>[] {
  const found: RuleOf<'running-number'>[] = [];
  for (const column of columns) {
    if (column.data.kind === 'text') continue;
    const { values, nulls } = column.data;
    const start = values[0]!;
    const step = values[1]! - start;
    if (nulls || values.length < 20 || step === 0 || !startsRunning(values, start, step)) continue;
    const all = numbersOf(column);
    const steady = all.every(
      (value, row) =>
        Math.abs(value - start - step * row) <= 1e-9 * Math.max(Math.abs(start + step * row), Math.abs(step)),
    );
    if (steady) found.push({ kind: 'running-number', column: column.name, start, step });
  }
  return found;
}

function startsRunning(values: Float64Array, start: number, step: number): boolean {
  for (let row = 2; row < 20; row++) {
    if (Math.abs(values[row]! - start - step * row) > 1e-6 * Math.abs(step * row)) return false;
  }
  return true;
}
