import type { ColumnData, NamedColumn } from '../../../src/domain/column-data';
import type { Correlations } from '../../../src/domain/likeness';

/** A column with more values is no set of classes. */
const MAX_VALUES = 10;
/** A column that another one determines, more or less, is predicted by it alone: nothing is learned from that. */
const DETERMINED = 0.95;

/**
 * Columns worth predicting: the last one with few values, which is mostly the outcome, the one with few values that others tell most
 * of, and such a number.
 */
export function proposeTargets(columns: readonly NamedColumn[], correlations: Correlations): string[] {
  const size = columns.length;
  const strength = columns.map((_, a) => {
    const row = correlations.original.slice(a * size, (a + 1) * size).filter((_, b) => b !== a);
    return row.some((value) => value >= DETERMINED) ? 0 : row.reduce((sum, value) => sum + value * value, 0);
  });
  const few = columns.flatMap(({ data }, c) => (isFewValued(data) ? [c] : []));
  const numbers = columns.flatMap(({ data, storageType }, c) =>
    data.kind === 'number' && !few.includes(c) && ['integer', 'float'].includes(storageType) ? [c] : [],
  );
  const strongest = (among: readonly number[]) =>
    among.toSorted((a, b) => strength[b]! - strength[a]!).slice(0, 1);
  const chosen = [...few.slice(-1), ...strongest(few), ...strongest(numbers)];
  return [...new Set(chosen)].map((c) => columns[c]!.name);
}

/** Why columns that were asked for were not predicted; empty = all were. */
export function notPredicted(wanted: readonly string[], predicted: readonly string[]): string[] {
  const left = wanted.filter((name) => !predicted.includes(name));
  if (left.length === 0) return [];
  return [
    `Not predicted: ${left.map((name) => `“${name.slice(0, 60)}”`).join(', ')}. That takes numbers, or two to ten values of which 20 holdout rows or more have each, and 50 rows of each set.`,
  ];
}

/** Whether a column has two to ten values. */
export function isFewValued(data: ColumnData): boolean {
  const seen = new Set<number>();
  if (data.kind === 'text') {
    for (const code of data.codes) {
      if (code >= 0 && seen.add(code).size > MAX_VALUES) return false;
    }
  } else {
    for (let row = 0; row < data.values.length; row++) {
      if (data.nulls?.[row] !== 1 && seen.add(data.values[row]!).size > MAX_VALUES) return false;
    }
  }
  return seen.size > 1;
}
