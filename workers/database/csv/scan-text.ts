import { unescaped } from './backslashes';
import { RecordScanner } from './record-scanner';
import { type ExpectedFields, QUOTING, type RecordReceiver, type Separators } from './scanned-record';

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
  /** Records among them that break the rules and could be read all the same. */
  readonly mended: number;
}

/**
 * The first records of UTF-8 bytes.
 * @param complete false when the bytes end in the middle of the file: the last, possibly cut record is left out
 * @param expected number of fields by which records that break the rules are read leniently
 */
export function scanHead(
  bytes: Uint8Array,
  separators: Separators,
  complete: boolean,
  limit: number,
  expected: ExpectedFields | null = null,
): ScannedHead {
  // Without ignoreBOM a U+FEFF that is part of a cell would vanish.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const { quote } = separators;
  const records: TextRecord[] = [];
  const comments: { line: number; text: string }[] = [];
  let malformed = 0;
  let mended = 0;
  const receiver: RecordReceiver = {
    record(record) {
      if (records.length >= limit) return;
      const { bytes, fields, starts, ends, quoting, line } = record;
      const kinds = [...quoting.subarray(0, fields)];
      const cells = kinds.map((kind, i) => {
        const field = bytes.subarray(starts[i], ends[i]);
        if (kind >= QUOTING.escaped) return decoder.decode(unescaped(field, separators));
        const text = decoder.decode(field);
        return kind === QUOTING.doubled ? text.replaceAll(quote + quote, quote) : text;
      });
      if (record.mended !== '') mended++;
      records.push({ line, cells, quoted: kinds.map(isQuoted) });
    },
    malformed() {
      if (records.length < limit) malformed++;
    },
    comment(line, text) {
      if (records.length < limit) comments.push({ line, text: decoder.decode(text) });
    },
  };
  new RecordScanner(separators, receiver, 1, expected).push(bytes, complete);
  return { records, malformed, mended, comments };
}

function isQuoted(kind: number): boolean {
  return kind !== QUOTING.plain && kind !== QUOTING.escaped;
}
