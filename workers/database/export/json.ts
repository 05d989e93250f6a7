import type { CellFormat } from '../../../src/domain/cell-format';
import { type CellValue, cellWriter } from '../../../src/domain/cell-writer';
import type { StorageType } from '../../../src/domain/columns';
import { parquetNames } from '../datasets/parquet-schema';
import { type Exporter, type ExportRequest, timeFormats } from './exporter';

/** A list of objects, one a line. */
export const json: Exporter = {
  id: 'json',
  async *write(request) {
    const encoder = new TextEncoder();
    yield encoder.encode('[');
    let isFirst = true;
    for await (const lines of objects(request)) {
      yield encoder.encode(`${isFirst ? '' : ','}\n${lines.join(',\n')}`);
      isFirst = false;
    }
    yield encoder.encode('\n]\n');
  },
};

/** JSON Lines (https://jsonlines.org): one object a line. */
export const jsonLines: Exporter = {
  id: 'jsonl',
  async *write(request) {
    const encoder = new TextEncoder();
    for await (const lines of objects(request)) yield encoder.encode(`${lines.join('\n')}\n`);
  },
};

/**
 * The rows as objects, under the names that a Parquet file has. Whole numbers have all their digits, dates and times
 * are texts by ISO 8601 without a zone, times of day as the original writes them, and no value is null; so is an infinite number, which JSON lacks.
 */
async function* objects({ rows, schema, note, original }: ExportRequest): AsyncGenerator<string[]> {
  const keys = parquetNames(schema).map((name) => `${JSON.stringify(name)}:`);
  const counts = { infinite: 0 };
  const formats = timeFormats(original);
  const writers = schema.map(({ name, storageType }) => valueWriter(storageType, counts, formats.get(name)));
  for await (const { columns, rows: size } of rows.blocks()) {
    const lines: string[] = [];
    for (let row = 0; row < size; row++) {
      const fields = keys.map((key, c) => {
        const value: unknown = columns[c]![row];
        return key + (value === null || value === undefined ? 'null' : writers[c]!(value as CellValue));
      });
      lines.push(`{${fields.join(',')}}`);
    }
    yield lines;
  }
  if (counts.infinite > 0)
    note(`${counts.infinite.toLocaleString('en')} infinite numbers became null: JSON has none.`);
}

function valueWriter(
  type: StorageType,
  counts: { infinite: number },
  timeFormat: CellFormat | undefined,
): (value: CellValue) => string {
  const text = cellWriter(type, type === 'time' ? timeFormat : undefined);
  switch (type) {
    case 'text':
    case 'time':
    case 'date':
      return (value) => JSON.stringify(text(value));
    case 'datetime':
      return (value) => JSON.stringify(text(value).replace(' ', 'T'));
    case 'float':
      return (value) => {
        if (Number.isFinite(Number(value))) return text(value);
        counts.infinite++;
        return 'null';
      };
    default:
      return text;
  }
}
