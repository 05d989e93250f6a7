import type { SourceTable } from '../../domain/sources';

/** Names of the columns whose cells were converted when the file was read; what was undone is not among them. */
export function convertedColumns({
  conversions = [],
}: Pick<SourceTable, 'conversions'>): ReadonlySet<string> {
  return new Set(conversions.flatMap(({ column, undone }) => (undone ? [] : column)));
}
