import type { ColumnProfile } from '../domain/columns';

/** Names under which numbers stand; grids align them right. Previews name columns as the file does. */
export function numericColumns(columns: readonly ColumnProfile[]): ReadonlySet<string> {
  return new Set(
    columns
      .filter(({ storageType }) => storageType === 'integer' || storageType === 'float')
      .flatMap(({ name, originalName }) => [name, originalName]),
  );
}
