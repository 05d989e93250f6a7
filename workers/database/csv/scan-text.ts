import { unescaped } from './backslashes';
import { isRule, withoutFirst } from './record-forms';
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
  /** Drawn lines, which are no records. */
  readonly rules: readonly string[];
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
  const rules: string[] = [];
  let malformed = 0;
  let mended = 0;
  const receiver: RecordReceiver = {
    record(scanned) {
      if (records.length >= limit) return;
      if (isRule(scanned)) {
        rules.push(decoder.decode(scanned.bytes.subarray(scanned.begin, scanned.end)));
        return;
      }
      const record = separators.leadingDelimiter ? withoutFirst(scanned) : scanned;
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
  new RecordScanner(separators, receiver, 1, withLeading(expected, separators)).push(bytes, complete);
  return { records, malformed, mended, comments, rules };
}

/** Fields as the scanner counts them: with the empty one before a delimiter that lines begin with. */
export function withLeading<Expected extends ExpectedFields | null>(
  expected: Expected,
  { leadingDelimiter }: Separators,
): Expected {
  if (!leadingDelimiter || expected === null) return expected;
  return { ...expected, columns: expected.columns + 1, minimum: expected.minimum + 1 };
}

function isQuoted(kind: number): boolean {
  return kind !== QUOTING.plain && kind !== QUOTING.escaped;
}
