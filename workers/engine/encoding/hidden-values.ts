import type { HiddenValues } from '../../../src/domain/hidden-values';
import type { ColumnEncoding } from './encoder';

/** What the protection of a column hides, or null if that is nothing worth telling. */
export function hiddenValuesOf(column: string, encoding: ColumnEncoding): HiddenValues | null {
  if (encoding.type === 'TABULAR_NUMERIC_BINNED') {
    return encoding.hidden && { kind: 'extremes', column, ...encoding.hidden };
  }
  if (encoding.type !== 'TABULAR_CATEGORICAL' || encoding.rareCategories === 0) return null;
  const become = encoding.invented ? 'invented' : encoding.emitsRare ? 'constant' : 'frequent';
  return { kind: 'rare', column, values: encoding.rareCategories, become };
}
