import { tableFromIPC } from '@uwdata/flechette';
import type { ColumnData } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { kindOf } from '../datasets/column-buffer';
import { isNull, type RawBatch } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { ByteDictionary } from './byte-dictionary';

/** Rows of one query. DuckDB holds the whole result beside the tables, and long tables leave little memory. */
const PIECE_ROWS = 1_000_000;

/**
 * Some rows of one column of a typed table as `ColumnData`, one entry a part.
 * @param rowCount rows of the table
 * @param parts ascending row numbers, null for all
 */
export async function readParts(
  sql: Pick<SqlEngine, 'query'>,
  table: string,
  rowCount: number,
  index: number,
  type: StorageType,
  parts: readonly (Uint32Array | null)[],
  pieceRows = PIECE_ROWS,
): Promise<ColumnData[]> {
  const select = `SELECT ${selectExpression(index, type)} AS v FROM ${table}`;
  const Part = kindOf(type) === 'text' ? TextPart : NumberPart;
  const readers = parts.map((rows) => new Part(rows, rowCount));
  for (let from = 0; from < rowCount; from += pieceRows) {
    const range = rowCount > pieceRows ? ` WHERE rowid >= ${from} AND rowid < ${from + pieceRows}` : '';
    const column = tableFromIPC(await sql.query(select + range)).children[0];
    let begin = from;
    for (const batch of (column?.data ?? []) as unknown as RawBatch[]) {
      for (const reader of readers) reader.add(batch, begin);
      begin += batch.length;
    }
  }
  return readers.map((reader) => reader.finish());
}

function selectExpression(index: number, type: StorageType): string {
  const id = columnId(index);
  if (type === 'text') return id;
  if (type === 'boolean') return `${id}::VARCHAR`;
  if (type === 'date' || type === 'datetime') return `epoch_ms(${id}::TIMESTAMP)::DOUBLE`;
  if (type === 'time') return `(epoch_us(${id}) / 1000.0)::DOUBLE`;
  return `${id}::DOUBLE`;
}

/** Takes the selected rows from batches that come one after the other. */
class RowPicker {
  /** Ascending row numbers, null for all. */
  readonly rows: Uint32Array | null;
  readonly length: number;
  /** The current batch has the rows `rows[first … last)` of the selection. */
  first = 0;
  last = 0;

  constructor(rows: Uint32Array | null, rowCount: number) {
    this.rows = rows;
    this.length = rows?.length ?? rowCount;
  }

  /** @param begin row number of the batch's first row */
  next(batch: RawBatch, begin: number): void {
    this.first = this.last;
    const end = begin + batch.length;
    if (!this.rows) this.last = end;
    else while (this.last < this.rows.length && this.rows[this.last]! < end) this.last++;
  }
}

class NumberPart extends RowPicker {
  readonly #values = new Float64Array(this.length);
  #nulls: Uint8Array | null = null;

  add(batch: RawBatch, begin: number): void {
    this.next(batch, begin);
    const { rows, first, last } = this;
    const source = batch.values as Float64Array;
    const values = this.#values;
    if (rows) for (let k = first; k < last; k++) values[k] = source[rows[k]! - begin]!;
    else values.set(source.subarray(0, batch.length), first);
    if (batch.nullCount === 0) return;
    for (let k = first; k < last; k++) {
      if (!isNull(batch, rows ? rows[k]! - begin : k - first)) continue;
      this.#nulls ??= new Uint8Array(this.length);
      this.#nulls[k] = 1;
      // Values under nulls are arbitrary memory, denormals included.
      values[k] = 0;
    }
  }

  finish(): ColumnData {
    return { kind: 'number', values: this.#values, nulls: this.#nulls };
  }
}

class TextPart extends RowPicker {
  readonly #codes = new Int32Array(this.length);
  readonly #dictionary = new ByteDictionary();

  add(batch: RawBatch, begin: number): void {
    this.next(batch, begin);
    const { rows, first, last } = this;
    const bytes = batch.values as Uint8Array;
    const { offsets } = batch;
    const dictionary = this.#dictionary;
    for (let k = first; k < last; k++) {
      const row = rows ? rows[k]! - begin : k - first;
      this.#codes[k] =
        batch.nullCount > 0 && isNull(batch, row)
          ? -1
          : dictionary.code(bytes, offsets[row]!, offsets[row + 1]!);
    }
  }

  finish(): ColumnData {
    return { kind: 'text', codes: this.#codes, dictionary: this.#dictionary.strings() };
  }
}
