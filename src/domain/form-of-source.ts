import type { OriginalForm } from './original-form';
import type { Source, SourceTable } from './sources';

/**
 * How the file of a source was written; absent = it was no delimited text, or was read before this was noted.
 * @param table of the source or of one of its versions
 */
export function originalForm(
  { layout }: Pick<Source, 'layout'>,
  { columns }: Pick<SourceTable, 'columns'>,
): OriginalForm | undefined {
  if (!layout) return undefined;
  const quoted = new Set(layout.quotedColumns);
  const sorted = columns.find(({ order }) => order !== undefined);
  return {
    layout,
    columns: columns.flatMap(({ name, index, format }) =>
      quoted.has(index) || format
        ? [{ name, ...(quoted.has(index) && { quoted: true as const }), ...(format && { format }) }]
        : [],
    ),
    ...(sorted && {
      sortedBy: { column: sorted.name, ...(sorted.order === 'descending' && { descending: true as const }) },
    }),
  };
}
