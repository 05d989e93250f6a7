import { type DecodedArray, type ParquetParsers, type ParquetScan, parquetScan } from 'hyparquet';
import { toMilliseconds } from './microseconds';

const DAY = 86_400_000;

/** Values stay numbers: `numberText` makes dates texts everywhere in the app. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const PARSERS: Partial<ParquetParsers> = {
  // Of files that were written before microseconds were.
  timestampFromMilliseconds: (millis: bigint) => Number(millis),
  timestampFromMicroseconds: toMilliseconds,
  dateFromDays: (days: number) => days * DAY,
  // ignoreBOM: a U+FEFF at the start of a cell is part of it.
  stringFromBytes: (bytes: Uint8Array) => bytes && decoder.decode(bytes),
};

export type { DecodedArray, ParquetScan };

/** A finished dataset, to be read column by column; dates and times are numbers of milliseconds. */
export function scanParquet(file: Blob): Promise<ParquetScan> {
  return parquetScan({
    file: {
      byteLength: file.size,
      slice: (start: number, end?: number) => file.slice(start, end).arrayBuffer(),
    },
    parsers: PARSERS,
  });
}
