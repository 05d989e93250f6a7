import { tableFromIPC } from '@uwdata/flechette';
import { parquetMetadata } from 'hyparquet';
import { readParquet } from 'parquet-wasm';
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../src/domain/cell-text';
import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import { columnLength, takeRows } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { ROW_GROUP_ROWS } from '../protocol';
import { DatasetWriter } from './dataset-writer';
import { readSample } from './read-sample';

const SCHEMA: ColumnSchema[] = [
  { name: 'whole', originalName: 'whole', storageType: 'integer' },
  { name: 'real', originalName: 'real', storageType: 'float' },
  { name: 'flag', originalName: 'flag', storageType: 'boolean' },
  { name: 'day', originalName: 'day', storageType: 'date' },
  { name: 'moment', originalName: 'moment', storageType: 'datetime' },
  { name: 'text', originalName: '<b>täxt</b>', storageType: 'text' },
  { name: 'many', originalName: 'many', storageType: 'text' },
];

const TEXTS = [
  'plain',
  '<script>',
  "'; DROP--",
  '😀👩‍👧',
  '\u202ertl',
  '\ufeffbom',
  '',
  'x'.repeat(100_000),
  'a\0b',
  'l\r\nb',
];
const REALS = [0, -0.5, 1e300, 1e-12, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1, -1e-300];
const WHOLES = [0, -1, 42, 2 ** 31, -(2 ** 53), 2 ** 53];
const DAYS = [0, -86_400_000, Date.UTC(2012, 1, 29), Date.UTC(9999, 11, 31), Date.UTC(1000, 0, 1)];
const MOMENTS = [0, -1, Date.UTC(2012, 1, 29, 13, 5, 7, 40), 1, Date.UTC(1600, 5, 1, 23, 59, 59, 999)];

/** A block of rows with every kind of value and a share of nulls. */
function makeRows(rows: number, nullShare: number): ColumnData[] {
  const random = new RandomStream(7, 'dataset-writer');
  const numbers = (pool: readonly number[]): ColumnData => {
    const nulls = Uint8Array.from({ length: rows }, () => (random.uniform() < nullShare ? 1 : 0));
    const values = Float64Array.from({ length: rows }, (_, i) =>
      nulls[i] ? Number.NaN : pool[random.below(pool.length)]!,
    );
    return { kind: 'number', values, nulls: nullShare > 0 ? nulls : null };
  };
  const texts = (dictionary: readonly string[]): ColumnData => ({
    kind: 'text',
    dictionary,
    codes: Int32Array.from({ length: rows }, () =>
      random.uniform() < nullShare ? -1 : random.below(dictionary.length),
    ),
  });
  return [
    numbers(WHOLES),
    numbers(REALS),
    texts(['true', 'false']),
    numbers(DAYS),
    numbers(MOMENTS),
    texts(rows > 1000 ? TEXTS.map((text) => text.slice(0, 50)) : TEXTS),
    texts(Array.from({ length: rows }, (_, i) => `value ${i}`)),
  ];
}

async function write(
  schema: ColumnSchema[],
  columns: ColumnData[],
  blockRows: number,
  sampleLimit = 100_000,
) {
  const rows = columnLength(columns[0]!);
  const parts: Uint8Array[] = [];
  const writer = new DatasetWriter(schema, rows, sampleLimit, async (bytes) => {
    parts.push(bytes);
  });
  for (let from = 0; from < rows; from += blockRows) {
    const some = Uint32Array.from({ length: Math.min(blockRows, rows - from) }, (_, i) => from + i);
    await writer.append(columns.map((column) => takeRows(column, some)));
  }
  const finished = await writer.finish();
  return { ...finished, file: new Uint8Array(Buffer.concat(parts)) };
}

/** Every cell as text, read by Rust's parquet crate. */
function readBack(file: Uint8Array, schema: ColumnSchema[]): (string | null)[][] {
  const table = tableFromIPC(readParquet(file, { batchSize: 65_536 }).intoIPCStream(), { useBigInt: true });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return schema.map(({ storageType }, i) => {
    const column = table.getChildAt(i)!;
    const isText = storageType === 'text';
    return column.data.flatMap((batch) => {
      const raw = batch as unknown as { offsets: Int32Array; values: Uint8Array; length: number };
      return Array.from({ length: raw.length }, (_, row): string | null => {
        const value: unknown = batch.at(row);
        if (value === null) return null;
        if (isText) return decoder.decode(raw.values.subarray(raw.offsets[row], raw.offsets[row + 1]));
        if (storageType === 'date' || storageType === 'datetime') return String(Number(value));
        return String(value);
      });
    });
  });
}

/** The same cells from what was written. */
function expectedCells(columns: ColumnData[], schema: ColumnSchema[]): (string | null)[][] {
  return columns.map((column, i) =>
    Array.from({ length: columnLength(column) }, (_, row) => {
      const { storageType } = schema[i]!;
      const isTime = storageType === 'date' || storageType === 'datetime';
      if (column.kind === 'number' && isTime) return column.nulls?.[row] ? null : String(column.values[row]);
      return cellText(column, row, storageType);
    }),
  );
}

describe('DatasetWriter', () => {
  it.each([0, 0.3, 1])(
    'writes what a second reader reads, cell by cell (null share %d)',
    async (nullShare) => {
      const columns = makeRows(500, nullShare);
      const { file } = await write(SCHEMA, columns, 77);
      expect(readBack(file, SCHEMA)).toEqual(expectedCells(columns, SCHEMA));
    },
  );

  it('agrees cell by cell over several row groups', async () => {
    const rows = ROW_GROUP_ROWS + 12_345;
    const columns = makeRows(rows, 0.1);
    const { file, rows: written } = await write(SCHEMA, columns, 9_999);
    expect(written).toBe(rows);
    const back = readBack(file, SCHEMA);
    const expected = expectedCells(columns, SCHEMA);
    for (const [i, cells] of expected.entries()) {
      expect(back[i]).toHaveLength(rows);
      expect(cells.findIndex((cell, row) => cell !== back[i]![row])).toBe(-1);
    }
    const groups = parquetMetadata(file.buffer as ArrayBuffer).row_groups;
    expect(groups.map((group) => Number(group.num_rows))).toEqual([ROW_GROUP_ROWS, 12_345]);
  });

  it('writes the same bytes whatever the size of the blocks', async () => {
    const columns = makeRows(2_500, 0.2);
    const [a, b] = await Promise.all([write(SCHEMA, columns, 2_500), write(SCHEMA, columns, 13)]);
    expect(Buffer.from(a.file).equals(Buffer.from(b.file))).toBe(true);
  });

  it('declares the logical types and original names, and dictionary-encodes text', async () => {
    const { file } = await write(SCHEMA, makeRows(100, 0.1), 100);
    const metadata = parquetMetadata(file.buffer as ArrayBuffer);
    const leaves = metadata.schema
      .slice(1)
      .map(({ name, type, logical_type, repetition_type }) => [
        name,
        type,
        logical_type?.type ?? null,
        repetition_type,
      ]);
    expect(leaves).toEqual([
      ['whole', 'INT64', null, 'OPTIONAL'],
      ['real', 'DOUBLE', null, 'OPTIONAL'],
      ['flag', 'BOOLEAN', null, 'OPTIONAL'],
      ['day', 'INT32', 'DATE', 'OPTIONAL'],
      ['moment', 'INT64', 'TIMESTAMP', 'OPTIONAL'],
      ['<b>täxt</b>', 'BYTE_ARRAY', 'STRING', 'OPTIONAL'],
      ['many', 'BYTE_ARRAY', 'STRING', 'OPTIONAL'],
    ]);
    const text = metadata.row_groups[0]!.columns[5]!.meta_data!;
    expect(text.encodings).toContain('RLE_DICTIONARY');
    expect(text.codec).toBe('SNAPPY');
  });

  it('gives repeated and empty names their safe name, and keeps all original ones in the metadata', async () => {
    const schema: ColumnSchema[] = [
      { name: 'a', originalName: 'a', storageType: 'integer' },
      { name: 'a_2', originalName: 'a', storageType: 'text' },
      { name: 'column_3', originalName: '', storageType: 'float' },
      { name: 'x.y', originalName: 'x.y', storageType: 'text' },
    ];
    const columns: ColumnData[] = [
      { kind: 'number', values: Float64Array.of(1), nulls: null },
      { kind: 'text', codes: Int32Array.of(0), dictionary: ['one'] },
      { kind: 'number', values: Float64Array.of(1.5), nulls: null },
      { kind: 'text', codes: Int32Array.of(0), dictionary: ['dotted'] },
    ];
    const { file } = await write(schema, columns, 1);
    const metadata = parquetMetadata(file.buffer as ArrayBuffer);
    expect(metadata.schema.slice(1).map(({ name }) => name)).toEqual(['a', 'a_2', 'column_3', 'x.y']);
    expect(metadata.key_value_metadata?.[0]?.value).toBe('["a","a","","x.y"]');
    expect(readBack(file, schema)).toEqual([['1'], ['one'], ['1.5'], ['dotted']]);
  });

  it('keeps an evenly thinned sample, or all rows when they are few', async () => {
    const columns: ColumnData[] = [
      { kind: 'number', values: Float64Array.from({ length: 10_000 }, (_, i) => i), nulls: null },
    ];
    const schema = SCHEMA.slice(0, 1);
    const { sample } = await write(schema, columns, 333, 1_000);
    expect(sample!.rowCount).toBe(1_000);
    const { values } = sample!.columns()[0] as Extract<ColumnData, { kind: 'number' }>;
    expect([...values].every((value, i) => Math.abs(value - 10 * i) < 10)).toBe(true);
    expect((await write(schema, columns, 333, 10_000)).sample!.rowCount).toBe(10_000);
  });

  it('gives none of fewer rows than were announced: it would be thinner than that of the file', async () => {
    const writer = new DatasetWriter(SCHEMA, 2_000, 500, async () => undefined);
    await writer.append(makeRows(400, 0.1));
    expect(await writer.finish()).toEqual({ rows: 400, sample: null });
  });

  it.each([500, 100])('gives the same sample of %d rows when its file is read again', async (limit) => {
    const columns = makeRows(500, 0.2);
    const { file, sample } = await write(SCHEMA, columns, 77, limit);
    const read = await readSample(new Blob([file]), SCHEMA, limit);
    expect(read.rows).toBe(500);
    expect(expectedCells(read.sample.columns(), SCHEMA)).toEqual(expectedCells(sample!.columns(), SCHEMA));
  });

  it('refuses blocks that do not fit', async () => {
    const writer = new DatasetWriter(SCHEMA.slice(0, 2), 3, 10, async () => {});
    const four: ColumnData = { kind: 'number', values: new Float64Array(4), nulls: null };
    const two: ColumnData = { kind: 'number', values: new Float64Array(2), nulls: null };
    await expect(writer.append([four])).rejects.toThrow('1 columns');
    await expect(writer.append([four, two])).rejects.toThrow('different numbers of rows');
    await expect(writer.append([four, four])).rejects.toThrow('4 rows were sent where 3');
  });
});
