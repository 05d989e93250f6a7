import type { HiddenValues } from '../../../src/domain/hidden-values';
import type { ColumnEncoding } from './encoder';

/**
 * What the protection of a column hides, or null if that is nothing worth telling. Numbers are rounded to tens: exact ones
 * would give the thresholds away, and whether one person more has a rare value.
 */
export function hiddenValuesOf(column: string, encoding: ColumnEncoding): HiddenValues | null {
  if (encoding.type === 'TABULAR_NUMERIC_BINNED' || encoding.type === 'TABULAR_NUMERIC_DIGIT') {
    const { hidden } = encoding;
    return hidden && { kind: 'extremes', column, ...hidden, rows: tens(hidden.rows) };
  }
  if (encoding.type === 'TABULAR_DATETIME') {
    const rows = encoding.hiddenRows ?? 0;
    return rows === 0 ? null : { kind: 'ends', column, rows: tens(rows) };
  }
  if (encoding.type === 'TABULAR_CATEGORICAL') {
    const { invented, emitsRare } = encoding;
    const made = invented?.isNumbered ? 'numbered' : 'invented';
    return rare(column, encoding.rareCategories, invented ? made : emitsRare ? 'constant' : 'frequent');
  }
  const become = encoding.type === 'TABULAR_CHARACTER' ? 'redrawn' : 'near';
  return rare(column, encoding.hiddenValues ?? 0, become);
}

function rare(
  column: string,
  values: number,
  become: Extract<HiddenValues, { kind: 'rare' }>['become'],
): HiddenValues | null {
  return values === 0 ? null : { kind: 'rare', column, values: tens(values), become };
}

function tens(count: number): number {
  return Math.max(10, 10 * Math.round(count / 10));
}
