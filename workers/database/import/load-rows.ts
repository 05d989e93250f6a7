import { holdsReplacement } from '../csv/record-forms';
import { RecordScanner } from '../csv/record-scanner';
import type { RowBatch } from '../csv/row-batches';
import { RowCollector } from '../csv/row-collector';
import type { RowShape } from '../csv/row-shape';
import { withLeading } from '../csv/scan-text';
import type { BytesNotation } from '../csv/typed-column-builder';
import { Utf8Validator } from '../csv/utf8-validator';
import type { DetectedDialect } from '../dialect/detect';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { sqlType } from '../formats/columns-to-ipc';
import type { ValueType } from '../formats/table-format';
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
  /** Told the rows of the first batch: by what columns are read while they are scanned; without it, all are texts. */
  readonly choose?: (rows: RowCollector) => readonly (BytesNotation | null)[];
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
 * Cuts UTF-8 chunks into rows and loads them into a new staging table: as values where the notation of a column is known,
 * else as texts. The next chunk is cut while DuckDB inserts the previous one in its own worker.
 *
 * @param chunks UTF-8 bytes from the start of the file
 * @returns the collector, which knows rows, rejections and null spellings
 * @throws MemoryFullError before memory is full
 * @throws UnexpectedCellError for a cell of another notation than those before: the column has to be read as texts
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
  const { choose } = options;
  const collector: RowCollector = new RowCollector(
    shape,
    options.spellings,
    frame,
    separators,
    choose && (() => choose(collector)),
  );
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
  const validator = new Utf8Validator();
  const inserter = await RowInserter.open(sql, table, shape.columns);
  let types: readonly ValueType[] | null = null;
  const insert = async (batch: RowBatch) => {
    types = await preparedFor(batch, types, sql, table, inserter);
    await inserter.add(batch.ipc, batch.rows);
  };
  const take = async (bytes: Uint8Array, last: boolean) => {
    options.checkpoint();
    if (isRecoded) collector.suspicious ||= holdsReplacement(bytes, 0, bytes.length);
    else if (!collector.suspicious && !validator.accepts(bytes, last)) {
      if (options.onInvalidUtf8 === 'throw') throw new NotUtf8Error();
      collector.suspicious = true;
    }
    scanner.push(skip.take(bytes, last), last);
    for (const batch of collector.drain(last)) await insert(batch);
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

/** Makes the table for the first batch; for later ones, makes columns texts that are no longer values. */
async function preparedFor(
  { types }: RowBatch,
  before: readonly ValueType[] | null,
  sql: SqlEngine,
  table: string,
  inserter: RowInserter,
): Promise<readonly ValueType[]> {
  if (before === null) {
    const columns = types.map((type, i) => `${columnId(i)} ${sqlType(type)}`);
    await sql.query(`CREATE OR REPLACE TABLE ${table} (${columns.join(', ')})`);
    return types;
  }
  const changed = types.flatMap((type, i) => (type === before[i] ? [] : [i]));
  if (changed.length > 0) await inserter.finish();
  for (const i of changed) await sql.query(`ALTER TABLE ${table} ALTER COLUMN ${columnId(i)} TYPE VARCHAR`);
  return types;
}
