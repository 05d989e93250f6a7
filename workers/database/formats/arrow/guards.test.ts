import {
  columnFromArray,
  type DataType,
  decimal,
  fixedSizeList,
  int32,
  list,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import { expect, it } from 'vitest';
import { readFile } from '../testing/read-fixture';
import { tableAt, vectorAt } from './flatbuffers';

/** Where the metadata of a stream's first message begins. */
const SCHEMA_AT = 8;

/** A stream of one column. */
function stream(values: readonly unknown[], type: DataType) {
  const table = tableFromColumns({ c: columnFromArray(values as unknown[], type) });
  const bytes = tableToIPC(table, { format: 'stream' })!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view };
}

/** Where the numbers of a column's type are. */
function typeOf(view: DataView) {
  const schema = tableAt(view, tableAt(view, SCHEMA_AT)(2)!);
  const { start } = vectorAt(view, schema(1), 4);
  return { fields: schema(1)!, type: tableAt(view, tableAt(view, start)(3)!) };
}

/** Where the record batch's metadata and its body are. */
function batchOf(view: DataView) {
  const begin = SCHEMA_AT + view.getInt32(4, true) + 8;
  return {
    batch: tableAt(view, tableAt(view, begin)(2)!),
    body: begin + view.getInt32(begin - 4, true),
  };
}

const read = (bytes: Uint8Array) => readFile(bytes, 'x.arrow');
const DECIMALS = [[1, 2, 3], decimal(10, 2, 128)] as const;

it('reads what writers write', async () => {
  expect((await read(stream(...DECIMALS).bytes)).columns['c']).toEqual(['1', '2', '3']);
  expect((await read(stream([[1], [2, 3], []], list(int32())).bytes)).columns['c']).toEqual([
    '[1]',
    '[2,3]',
    '[]',
  ]);
});

it.each([
  ['scale', 1, 67_109_888],
  ['scale', 1, -2_000_000_000],
  ['precision', 0, 2_147_483_647],
])('refuses a decimal whose %s is none', async (_, field, digits) => {
  const { bytes, view } = stream(...DECIMALS);
  view.setInt32(typeOf(view).type(field)!, digits, true);
  await expect(read(bytes)).rejects.toThrow(/cannot be read as one: a decimal has .* digits, .* Write it/);
});

it('refuses lists that are longer than the file', async () => {
  const { bytes, view } = stream(...DECIMALS);
  const { fields } = typeOf(view);
  view.setInt32(fields + view.getInt32(fields, true), 2 ** 30, true);
  await expect(read(bytes)).rejects.toThrow(/a list of 1073741824 entries is longer than its file/);
});

it('refuses more rows than the bytes of a batch may hold', async () => {
  const { bytes, view } = stream(...DECIMALS);
  const { start } = vectorAt(view, batchOf(view).batch(1), 16);
  view.setBigInt64(start, 2n ** 40n, true);
  await expect(read(bytes)).rejects.toThrow(/a batch says that it has 1099511627776 rows/);
});

it.each([
  ['texts', ['a', 'bc', 'd'], utf8(), 1],
  ['lists', [[1], [2, 3], []], list(int32()), 1],
] as const)('refuses %s that end behind their buffer', async (_, values, type, buffer) => {
  for (const offset of [2 ** 30, -5]) {
    const { bytes, view } = stream(values, type);
    const { batch, body } = batchOf(view);
    const { start } = vectorAt(view, batch(2), 16);
    const begin = body + Number(view.getBigInt64(start + 16 * buffer, true));
    view.setInt32(begin + 4, offset, true);
    await expect(read(bytes)).rejects.toThrow(/its values lie outside of their buffer/);
  }
});

it('refuses lists of fixed length that are longer than their entries', async () => {
  const values = [
    [1, 2],
    [3, 4],
  ];
  const { bytes, view } = stream(values, fixedSizeList(int32(), 2));
  expect((await read(bytes.slice())).columns['c']).toEqual(['[1,2]', '[3,4]']);
  view.setInt32(typeOf(view).type(0)!, 2 ** 29, true);
  await expect(read(bytes)).rejects.toThrow(/its buffers are shorter than its rows/);
});
