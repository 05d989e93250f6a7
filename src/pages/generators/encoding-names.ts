import type { ColumnProfile, ModelEncodingType } from '../../domain/columns';

const NAMES: Record<ModelEncodingType, string> = {
  AUTO: 'Automatic',
  TABULAR_CATEGORICAL: 'Categorical',
  TABULAR_NUMERIC_AUTO: 'Numeric, automatic',
  TABULAR_NUMERIC_DISCRETE: 'Numeric, discrete',
  TABULAR_NUMERIC_BINNED: 'Numeric, binned',
  TABULAR_DATETIME: 'Date and time',
  TABULAR_NUMERIC_DIGIT: 'Numeric, digit by digit',
  TABULAR_CHARACTER: 'Character by character',
  TABULAR_LAT_LONG: 'Coordinates',
  TABULAR_DATETIME_RELATIVE: 'Date and time, relative',
};

/** An encoding type in plain words. */
export function encodingName(type: ModelEncodingType): string {
  return NAMES[type];
}

/**
 * The types a column of this storage type can take.
 * @param isCoordinate its values are coordinates, or it is one of a pair
 */
export function fittingTypes(
  storageType: ColumnProfile['storageType'],
  isCoordinate = false,
): readonly ModelEncodingType[] {
  const coordinates: readonly ModelEncodingType[] = isCoordinate ? ['TABULAR_LAT_LONG'] : [];
  switch (storageType) {
    case 'integer':
    case 'float':
      return [
        'AUTO',
        'TABULAR_NUMERIC_AUTO',
        'TABULAR_NUMERIC_DISCRETE',
        'TABULAR_NUMERIC_BINNED',
        'TABULAR_NUMERIC_DIGIT',
        ...coordinates,
        'TABULAR_CATEGORICAL',
      ];
    case 'time':
      return [
        ...(['AUTO', 'TABULAR_NUMERIC_AUTO', 'TABULAR_NUMERIC_DISCRETE', 'TABULAR_NUMERIC_BINNED'] as const),
        'TABULAR_CATEGORICAL',
      ];
    case 'date':
    case 'datetime':
      return ['AUTO', 'TABULAR_DATETIME', 'TABULAR_DATETIME_RELATIVE', 'TABULAR_CATEGORICAL'];
    case 'boolean':
      return ['AUTO', 'TABULAR_CATEGORICAL'];
    case 'text':
      return ['AUTO', 'TABULAR_CATEGORICAL', 'TABULAR_CHARACTER', ...coordinates];
  }
}
