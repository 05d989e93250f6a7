import { RecordScanner, type Separators } from './record-scanner';

/** A record as strings, for looking at the head of a file. */
export interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly quoted: readonly boolean[];
}

/** What the head of a file looks like under one choice of separators. */
export interface ScannedHead {
  readonly records: readonly TextRecord[];
  readonly malformed: number;
  /** Lines that begin with the mark of a comment, without their end. */
  readonly comments: readonly { readonly line: number; readonly text: string }[];
}

/**
 * The first records of UTF-8 bytes.
 * @param complete false when the bytes end in the middle of the file: the last, possibly cut record is left out
 */
export function scanHead(
  bytes: Uint8Array,
  separators: Separators,
  complete: boolean,
  limit: number,
): ScannedHead {
  // Without ignoreBOM a U+FEFF that is part of a cell would vanish.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const { quote } = separators;
  const records: TextRecord[] = [];
  const comments: { line: number; text: string }[] = [];
  let malformed = 0;
  const scanner = new RecordScanner(separators, {
    record({ bytes, fields, starts, ends, quoting, line }) {
      if (records.length >= limit) return;
      const kinds = [...quoting.subarray(0, fields)];
      const cells = kinds.map((kind, i) => {
        const text = decoder.decode(bytes.subarray(starts[i], ends[i]));
        return kind === 2 ? text.replaceAll(quote + quote, quote) : text;
      });
      records.push({ line, cells, quoted: kinds.map((kind) => kind > 0) });
    },
    malformed() {
      if (records.length < limit) malformed++;
    },
    comment(line, text) {
      if (records.length < limit) comments.push({ line, text: decoder.decode(text) });
    },
  });
  scanner.push(bytes, complete);
  return { records, malformed, comments };
}
