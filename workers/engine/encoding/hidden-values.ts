import type { HiddenValues } from '../../../src/domain/hidden-values';
import type { ColumnEncoding } from './encoder';

/**
 * What the protection of a column hides, or null if that is nothing worth telling. Numbers are rounded to tens: exact ones
 * would give the thresholds away, and whether one person more has a rare value.
 */
export function hiddenValuesOf(column: string, encoding: ColumnEncoding): HiddenValues | null {
  if (encoding.type === 'TABULAR_NUMERIC_BINNED') {
    const { hidden } = encoding;
    return hidden && { kind: 'extremes', column, ...hidden, rows: tens(hidden.rows) };
  }
  if (encoding.type !== 'TABULAR_CATEGORICAL' || encoding.rareCategories === 0) return null;
  const become = encoding.invented ? 'invented' : encoding.emitsRare ? 'constant' : 'frequent';
  return { kind: 'rare', column, values: tens(encoding.rareCategories), become };
}

function tens(count: number): number {
  return Math.max(10, 10 * Math.round(count / 10));
}
