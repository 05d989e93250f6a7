import { gzipSync, strToU8, unzipSync, zipSync } from 'fflate';
import type { FuzzSeeds } from '../../testing/fuzz';
import { fixture } from './read-fixture';

const RECORDS = Array.from({ length: 20 }, (_, i) => ({
  a: i,
  b: { c: `x${i}`, d: [i] },
  e: 123456789012345 + i,
}));
const LINES = strToU8(RECORDS.map((record) => JSON.stringify(record)).join('\n'));
const CSV = strToU8('a,b,c\n1,2,x\n3,4,"y, z"\n5,6,\n');

/** Small files of each format, from the outside: bytes of the file itself change. */
const OUTSIDE: readonly FuzzSeeds[] = [
  ...[
    ['mutant.parquet', 'types-none', 'types-snappy', 'types-gzip', 'types-brotli', 'types-lz4', 'types-zstd'],
    ['mutant.parquet', 'encodings', 'int96'],
    ['mutant.arrow', 'types-lz4'],
    ['mutant.feather', 'types-zstd'],
    ['mutant.arrows', 'types'],
    ['mutant.sqlite', 'shop'],
    ['mutant.xlsx', 'book', 'mac'],
    ['mutant.csv.zst', 'rows'],
  ].map(([fileName, ...names]) => ({
    fileName: fileName!,
    files: names.map((name) => fixture(`${name}${fileName!.slice('mutant'.length)}`)),
  })),
  { fileName: 'mutant.jsonl', files: [LINES] },
  { fileName: 'mutant.json', files: [strToU8(JSON.stringify({ data: RECORDS }, null, 1))] },
  { fileName: 'mutant.zip', files: [zipSync({ 'a.csv': CSV, 'b.jsonl': LINES })] },
  { fileName: 'mutant.csv.gz', files: [gzipSync(CSV)] },
];

/** As `OUTSIDE`, of what is packed in them: no checksum gives these away. */
const INSIDE: readonly FuzzSeeds[] = [
  { fileName: 'packed.csv.gz', files: [CSV], pack: gzipped },
  { fileName: 'packed.parquet.gz', files: [fixture('int96.parquet')], pack: gzipped },
  { fileName: 'packed.zip', files: [CSV], pack: (bytes) => zipSync({ 'a.csv': bytes, 'b.jsonl': LINES }) },
  ...['xl/worksheets/sheet2.xml', 'xl/worksheets/sheet3.xml', 'xl/workbook.xml', 'xl/styles.xml'].map(part),
];

/** A small file of each format, for mutants to be made of. */
export const INPUTS: readonly FuzzSeeds[] = [...OUTSIDE, ...INSIDE];

function gzipped(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 1 });
}

/** A workbook of which one part changes. */
function part(path: string): FuzzSeeds {
  const book = unzipSync(fixture('book.xlsx'));
  return {
    fileName: `${path.split('/').at(-1)!.replace('.xml', '')}.xlsx`,
    files: [book[path]!],
    pack: (bytes) => zipSync({ ...book, [path]: bytes }, { level: 1 }),
  };
}
