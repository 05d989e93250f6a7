import { gzipSync, strToU8, zipSync } from 'fflate';
import { fixture } from './read-fixture';

const RECORDS = Array.from({ length: 20 }, (_, i) => ({
  a: i,
  b: { c: `x${i}`, d: [i] },
  e: 123456789012345 + i,
}));
const LINES = strToU8(RECORDS.map((record) => JSON.stringify(record)).join('\n'));

/** A small file of each format. */
export const INPUTS: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(
    [
      'types-none.parquet',
      'types-zstd.parquet',
      'encodings.parquet',
      'types-lz4.arrow',
      'types.arrows',
      'shop.sqlite',
      'book.xlsx',
      'rows.csv.zst',
    ].map((name) => [name, fixture(name)]),
  ),
  'a.jsonl': LINES,
  'a.json': strToU8(JSON.stringify({ data: RECORDS }, null, 1)),
  'a.zip': zipSync({ 'a.csv': strToU8('a,b\n1,2\n3,4\n'), 'b.jsonl': LINES }),
  'a.parquet.gz': gzipSync(fixture('int96.parquet')),
};
