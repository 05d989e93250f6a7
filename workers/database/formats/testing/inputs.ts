import { gzipSync, strToU8, unzipSync, zipSync } from 'fflate';
import type { FuzzSeeds } from '../../testing/fuzz';
import { ARROW_CHANGES } from '../../testing/mutations/arrow';
import { JSON_CHANGES } from '../../testing/mutations/json';
import { MARKUP_CHANGES } from '../../testing/mutations/markup';
import { PARQUET_CHANGES } from '../../testing/mutations/parquet';
import { SQLITE_CHANGES } from '../../testing/mutations/sqlite';
import { TEXT_CHANGES } from '../../testing/mutations/text';
import { ZIP_CHANGES } from '../../testing/mutations/zip';
import { fixture } from './read-fixture';

const RECORDS = Array.from({ length: 20 }, (_, i) => ({
  a: i,
  b: { c: `x${i}`, d: [i] },
  e: 123456789012345 + i,
}));
const LINES = strToU8(RECORDS.map((record) => JSON.stringify(record)).join('\n'));
const DOCUMENT = strToU8(JSON.stringify({ data: RECORDS }, null, 1));
const CSV = strToU8('a,b,c\n1,2,x\n3,4,"y, z"\n5,6,\n');
const CODECS = ['none', 'snappy', 'gzip', 'brotli', 'lz4', 'zstd'];

/** Small files of each format, from the outside: bytes of the file itself change. */
const OUTSIDE: readonly FuzzSeeds[] = [
  {
    format: 'Parquet',
    fileName: 'mutant.parquet',
    files: CODECS.map((codec) => fixture(`types-${codec}.parquet`)),
    changes: PARQUET_CHANGES,
  },
  {
    format: 'Parquet',
    fileName: 'encodings.parquet',
    files: [fixture('encodings.parquet'), fixture('int96.parquet')],
    changes: PARQUET_CHANGES,
  },
  ...['types-lz4.arrow', 'types-zstd.feather', 'types.arrows'].map((name) => ({
    format: 'Arrow',
    fileName: name.replace(/^[\w-]+/, 'mutant'),
    files: [fixture(name)],
    changes: ARROW_CHANGES,
  })),
  { format: 'SQLite', fileName: 'mutant.sqlite', files: [fixture('shop.sqlite')], changes: SQLITE_CHANGES },
  {
    format: 'Excel',
    fileName: 'mutant.xlsx',
    files: [fixture('book.xlsx'), fixture('mac.xlsx')],
    changes: ZIP_CHANGES,
  },
  { format: 'Zstandard', fileName: 'mutant.csv.zst', files: [fixture('rows.csv.zst')] },
  { format: 'JSON', fileName: 'mutant.jsonl', files: [LINES], changes: JSON_CHANGES },
  { format: 'JSON', fileName: 'mutant.json', files: [DOCUMENT], changes: JSON_CHANGES },
  {
    format: 'ZIP',
    fileName: 'mutant.zip',
    files: [zipSync({ 'a.csv': CSV, 'b.jsonl': LINES }), zipSync({ 'a.csv': CSV }, { level: 0 })],
    changes: ZIP_CHANGES,
  },
  { format: 'gzip', fileName: 'mutant.csv.gz', files: [gzipSync(CSV)] },
];

/** As `OUTSIDE`, of what is packed in them: no checksum gives these away. */
const INSIDE: readonly FuzzSeeds[] = [
  { format: 'gzip', fileName: 'packed.csv.gz', files: [CSV], changes: TEXT_CHANGES, pack: gzipped },
  {
    format: 'gzip',
    fileName: 'packed.parquet.gz',
    files: [fixture('int96.parquet')],
    changes: PARQUET_CHANGES,
    pack: gzipped,
  },
  {
    format: 'ZIP',
    fileName: 'packed.zip',
    files: [CSV],
    changes: TEXT_CHANGES,
    pack: (bytes) => zipSync({ 'a.csv': bytes, 'b.jsonl': LINES }),
  },
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
    format: 'Excel',
    fileName: `${path.split('/').at(-1)!.replace('.xml', '')}.xlsx`,
    files: [book[path]!],
    changes: MARKUP_CHANGES,
    pack: (bytes) => zipSync({ ...book, [path]: bytes }, { level: 1 }),
  };
}
