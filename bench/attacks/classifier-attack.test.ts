import { expect, test } from 'vitest';
import { aucOf, codeRows, type NamedColumn, separation } from '../engine';
import { classifierAttack } from './classifier-attack';
import { independentColumns, memorised } from './controls';
import { normalColumns, rowRange } from './populations';

const ROWS = 500;

function attackOn(synthetic: readonly NamedColumn[], table: readonly NamedColumn[]) {
  const targets = rowRange(table, 0, 2 * ROWS);
  const rows = codeRows({ targets, synthetic, reference: rowRange(table, 3 * ROWS, 4 * ROWS) });
  const scores = classifierAttack(rows, 1);
  return aucOf(separation(scores.slice(0, ROWS), scores.slice(ROWS)));
}

test('boosted trees find those whose rows are copied or whose columns are redrawn, and nobody in a fresh sample', () => {
  const table = normalColumns(12)(4 * ROWS, 1);
  const [training, fresh] = [rowRange(table, 0, ROWS), rowRange(table, 2 * ROWS, 3 * ROWS)];
  const ideal = attackOn(fresh, table);
  expect(Math.abs(ideal.value - 0.5)).toBeLessThan(4 * ideal.error);
  for (const synthetic of [memorised(training, fresh, ROWS, 0.9, 1), independentColumns(training, ROWS, 1)]) {
    const { value, error } = attackOn(synthetic, table);
    expect(value).toBeGreaterThan(0.5 + 4 * error);
  }
});
