import type { FeatureColumn } from '../../models/model';

/** Whether a column holds numbers, in bins: its codes tell a number roughly. */
export function isBinnedNumber({ encodingType, schema }: FeatureColumn): boolean {
  return encodingType === 'TABULAR_NUMERIC_BINNED' && isNumber(schema.storageType);
}

/** Whether a column holds numbers, in bins or each with a code of its own. */
export function isCodedNumber(feature: FeatureColumn): boolean {
  const { encodingType, schema } = feature;
  return (
    isBinnedNumber(feature) || (encodingType === 'TABULAR_NUMERIC_DISCRETE' && isNumber(schema.storageType))
  );
}

function isNumber(type: FeatureColumn['schema']['storageType']): boolean {
  return type === 'integer' || type === 'float';
}
