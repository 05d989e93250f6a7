import { RecordScanner } from '../csv/record-scanner';
import { RowCollector, type RowShape } from '../csv/row-collector';
import { withLeading } from '../csv/scan-text';
import type { DetectedDialect } from '../dialect/detect';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { LineSkipper } from './line-skipper';
import { reasonsOutside } from './outside-lines';
import { RowInserter } from './row-inserter';

/** Thrown when a file whose head is UTF-8 turns out to hold other bytes. */
export class NotUtf8Error extends Error {
  override readonly name = 'NotUtf8Error';
}

export interface LoadOptions {
  readonly detected: DetectedDialect;
  readonly shape: RowShape;
  /** Spellings of "no value" to count. */
  readonly spellings: readonly string[];
  /** `throw`: the caller looks at the whole file and tries again; `mend`: the bytes become text, the rows are listed. */
  readonly onInvalidUtf8: 'throw' | 'mend';
  /** Throws when the job was cancelled. */
  readonly checkpoint: () => void;
}

/** Columns of the table that was detected, and what its rows must have. */
export function rowShape({ header, rowFields, widestFields, numeric }: DetectedDialect): RowShape {
  const columns = Math.max(header.length, rowFields, widestFields);
  return { columns, minimum: rowFields === 0 ? columns : Math.min(columns, rowFields), numeric };
}

/** Columns but for the last ones that have neither a name nor a value: a delimiter too many ends the lines. */
export function usedColumns({ filled }: RowCollector, names: readonly string[]): number {
  let used = filled.length;
  while (used > 1 && filled[used - 1] === 0 && (names[used - 1] ?? '').trim() === '') used--;
  return used;
}

/**
 * Cuts UTF-8 chunks into rows and loads them as text into a new staging table. The next chunk is cut while DuckDB
 * inserts the previous one in its own worker.
 *
 * @param chunks UTF-8 bytes from the start of the file
 * @returns the collector, which knows rows, rejections and null spellings
 * @throws MemoryFullError before memory is full
 */
export async function loadRows(
  sql: SqlEngine,
  table: string,
  chunks: AsyncIterable<Uint8Array>,
  options: LoadOptions,
): Promise<RowCollector> {
  const {
    detected,
    detected: { dialect, newline, isHeaderComment },
    shape,
  } = options;
  const separators = { ...dialect, newline };
  const reasonOutside = reasonsOutside(detected);
  const frame = {
    headerRows: dialect.header && !isHeaderComment ? (dialect.headerRows ?? 1) : 0,
    unitRows: dialect.header && dialect.unitsRow ? (dialect.unitRows ?? 1) : 0,
    endLine: dialect.endLine,
    reasonOutside,
  };
  const collector = new RowCollector(shape, options.spellings, frame, separators);
  // A comment that holds the names is no comment to the reader: it is passed over as the lines above it are.
  const skipLines = dialect.skipLines + (isHeaderComment ? 1 : 0);
  const scanner = new RecordScanner(separators, collector, skipLines + 1, withLeading(shape, separators));
  const skip = new LineSkipper(
    dialect.skipLines,
    newline === 'cr',
    collector.skipped,
    reasonOutside,
    isHeaderComment,
  );
  const isRecoded = dialect.encoding !== 'utf-8';
  const validator = new TextDecoder('utf-8', { fatal: true });
  const columns = Array.from({ length: shape.columns }, (_, i) => `${columnId(i)} VARCHAR`);
  await sql.query(`CREATE OR REPLACE TABLE ${table} (${columns.join(', ')})`);
  const inserter = await RowInserter.open(sql, table, shape.columns);
  const take = async (bytes: Uint8Array, last: boolean) => {
    options.checkpoint();
    if (isRecoded) collector.suspicious ||= holdsReplacement(bytes);
    else if (!collector.suspicious && !isUtf8(validator, bytes, last)) {
      if (options.onInvalidUtf8 === 'throw') throw new NotUtf8Error();
      collector.suspicious = true;
    }
    scanner.push(skip.take(bytes, last), last);
    for (const { ipc, rows } of collector.drain(last)) await inserter.add(ipc, rows);
  };
  try {
    for await (const bytes of chunks) await take(bytes, false);
    await take(new Uint8Array(0), true);
    await inserter.finish();
  } finally {
    await inserter.abandon();
  }
  return collector;
}

/** The validator keeps the bytes of a character that the end of a chunk cuts. */
function isUtf8(validator: TextDecoder, bytes: Uint8Array, last: boolean): boolean {
  try {
    validator.decode(bytes, { stream: !last });
    return true;
  } catch {
    return false;
  }
}

/** Whether the lead byte of U+FFFD is there: decoders write it for what they cannot read. */
function holdsReplacement(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) return true;
  }
  return false;
}
