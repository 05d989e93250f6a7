import { type RecordReceiver, RecordScanner, type ScannedRecord, type ScannerLayout } from './record-scanner';

/** A record as strings, for looking at the head of a file. */
export interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly quoted: readonly boolean[];
}

/** What the head of a file looks like under one layout. */
export interface ScannedHead {
  readonly records: readonly TextRecord[];
  readonly malformed: number;
}

/**
 * The first records of UTF-8 bytes.
 * @param complete false when the bytes end in the middle of the file: the last, possibly cut record is left out
 */
export function scanHead(
  bytes: Uint8Array,
  layout: ScannerLayout,
  complete: boolean,
  limit: number,
): ScannedHead {
  const receiver = new TextReceiver(limit);
  const scanner = new RecordScanner(layout, receiver);
  scanner.push(bytes, complete);
  return { records: receiver.records, malformed: receiver.malformedLines };
}

class TextReceiver implements RecordReceiver {
  readonly records: TextRecord[] = [];
  malformedLines = 0;
  readonly #limit: number;
  // Without ignoreBOM a U+FEFF that is part of a cell would vanish.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(limit: number) {
    this.#limit = limit;
  }

  record(record: ScannedRecord): void {
    if (this.records.length >= this.#limit) return;
    const cells: string[] = [];
    const quoted: boolean[] = [];
    for (let i = 0; i < record.fields; i++) {
      const text = this.#decoder.decode(record.bytes.subarray(record.starts[i], record.ends[i]));
      const quote = String.fromCharCode(record.bytes[record.ends[i]!] ?? 0);
      cells.push(record.quoting[i] === 2 ? text.replaceAll(quote + quote, quote) : text);
      quoted.push(record.quoting[i]! > 0);
    }
    this.records.push({ line: record.line, cells, quoted });
  }

  malformed(): void {
    if (this.records.length < this.#limit) this.malformedLines++;
  }
}
