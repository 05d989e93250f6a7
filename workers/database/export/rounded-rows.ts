import type { ColumnSchema } from '../../../src/domain/column-data';
import { numberRounder } from '../../../src/domain/number-format';
import type { OriginalForm } from '../../../src/domain/original-form';
import type { ExportRows } from './exporter';

/** Rows whose floats have the decimals of the original at most, in every format. */
export function roundedRows(
  rows: ExportRows,
  schema: readonly ColumnSchema[],
  original: OriginalForm | undefined,
): ExportRows {
  const formats = new Map(original?.columns.map(({ name, format }) => [name, format?.number]));
  const rounders = schema.map(({ name, storageType }) =>
    storageType === 'float' ? numberRounder(formats.get(name) ?? {}) : null,
  );
  if (rounders.every((round) => round === null)) return rows;
  return {
    count: rows.count,
    async *blocks() {
      for await (const { columns, ...block } of rows.blocks())
        yield {
          ...block,
          columns: columns.map((values, i) => {
            const round = rounders[i];
            if (!round) return values;
            return Array.from(values as ArrayLike<unknown>, (value) =>
              typeof value === 'number' ? round(value) : value,
            );
          }),
        };
    },
  };
}
