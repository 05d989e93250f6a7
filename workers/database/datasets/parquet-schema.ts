import type { SchemaElement } from 'hyparquet';
import type { ColumnSchema } from '../../../src/domain/column-data';

/**
 * Parquet schema of a dataset: INT64, DOUBLE, BOOLEAN, DATE (INT32), TIMESTAMP(μs) and TIME(ms) (UTC-normalised: false,
 * as they have no zone), STRING; every column nullable.
 */
export function parquetSchema(columns: readonly ColumnSchema[]): SchemaElement[] {
  const names = parquetNames(columns);
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map((column, i) => ({
      ...leaf(column),
      name: names[i]!,
      repetition_type: 'OPTIONAL' as const,
    })),
  ];
}

/**
 * Names in the file: the original ones, except that an empty name and the second of two equal ones take their safe
 * name, because Parquet addresses columns by name and readers (Arrow, Polars, this one) refuse or mix up the others.
 * All original names also stand in the file's metadata, see `ORIGINAL_NAMES_KEY`.
 */
export function parquetNames(columns: readonly ColumnSchema[]): string[] {
  const taken = new Set(columns.map((column) => column.originalName));
  const used = new Set<string>();
  return columns.map((column) => {
    let name = column.originalName;
    if (name === '' || used.has(name)) {
      name = column.name;
      while (used.has(name) || taken.has(name)) name = `${name}_`;
    }
    used.add(name);
    return name;
  });
}

/** Key of the file's metadata under which a JSON array of the original column names is kept. */
export const ORIGINAL_NAMES_KEY = 'doppelgrid.original_names';

function leaf(column: ColumnSchema): Omit<SchemaElement, 'name'> {
  switch (column.storageType) {
    case 'integer':
      return { type: 'INT64' };
    case 'float':
      return { type: 'DOUBLE' };
    case 'boolean':
      return { type: 'BOOLEAN' };
    case 'date':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'datetime':
      return {
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
      };
    case 'time':
      return {
        type: 'INT32',
        converted_type: 'TIME_MILLIS',
        logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MILLIS' },
      };
    case 'text':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}
