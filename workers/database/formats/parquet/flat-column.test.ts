import { readdirSync } from 'node:fs';
import {
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { expect, it } from 'vitest';
import { fixture } from '../testing/read-fixture';
import { flatPages } from './flat-column';
import { chunkOf } from './page-guard';

const FILES = readdirSync(new URL('../testing/files', import.meta.url)).filter((name) =>
  name.endsWith('.parquet'),
);

it.each(FILES)('of %s are those that the library reads, value by value', async (name) => {
  const bytes = fixture(name);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(buffer, { geoparquet: false });
  const stored = {
    ...metadata,
    schema: metadata.schema.map((element) => ({
      ...element,
      converted_type: undefined,
      logical_type: undefined,
    })),
  } as FileMetaData;
  const flat = parquetSchema(stored).children.filter(
    ({ element, children }) => children.length === 0 && element.repetition_type !== 'REPEATED',
  );
  expect(flat.length).toBeGreaterThan(0);
  for (const { element } of flat) {
    const own = metadata.row_groups.flatMap((group) => {
      const meta = group.columns.find(({ meta_data: one }) => one?.path_in_schema.join('.') === element.name)!
        .meta_data!;
      const { begin, end } = chunkOf(meta);
      const column = {
        bytes: buffer.slice(begin, end),
        meta,
        element: element as SchemaElement,
        compressors,
      };
      return Array.from(flatPages(column, 0)).flatMap(({ rowCount, values, nulls }) =>
        Array.from({ length: rowCount }, (_, row) => (nulls?.[row] === 1 ? null : (values[row] ?? null))),
      );
    });
    const theirs: unknown[] = [];
    await parquetRead({
      file: { byteLength: buffer.byteLength, slice: (from, to) => buffer.slice(from, to) },
      metadata: stored,
      columns: [element.name],
      compressors,
      utf8: false,
      geoparquet: false,
      parsers: { timestampFromNanoseconds: (nanos) => nanos as unknown as Date },
      onChunk: ({ columnData }) => theirs.push(...Array.from(columnData, (value) => value ?? null)),
    });
    expect([element.name, own]).toEqual([element.name, theirs]);
  }
});
