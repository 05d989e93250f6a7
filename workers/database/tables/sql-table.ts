import { numberText } from '../../../src/domain/cell-text';
import type { ColumnData, ColumnSchema } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import type { TablePreview } from '../../../src/domain/sources';
import { readParts } from '../columns/read-column';
import { readRows, type Scalar } from '../duckdb/arrow';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { clampRange, type Table } from './table';

/** An imported source in DuckDB. */
export class SqlTable implements Table {
  readonly #sql: SqlEngine;
  readonly #name: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnSchema[];

  constructor(sql: SqlEngine, name: string, rowCount: number, columns: readonly ColumnSchema[]) {
    this.#sql = sql;
    this.#name = name;
    this.rowCount = rowCount;
    this.columns = columns;
  }

  readParts(index: number, parts: readonly (Uint32Array | null)[]): Promise<ColumnData[]> {
    return readParts(this.#sql, this.#name, this.rowCount, index, this.columns[index]!.storageType, parts);
  }

  async preview(offset: number, limit: number): Promise<TablePreview> {
    const { from, to } = clampRange(offset, limit, this.rowCount);
    const select = this.columns.map(
      ({ storageType }, i) => `${previewExpression(i, storageType)} AS ${columnId(i)}`,
    );
    const rows = readRows(
      await this.#sql.query(
        `SELECT ${select.join(', ')} FROM ${this.#name} WHERE rowid >= ${from} AND rowid < ${to} ORDER BY rowid`,
      ),
    );
    return {
      columns: this.columns.map(({ name }) => name),
      rows: rows.map((row) =>
        this.columns.map(({ storageType }, i) => previewText(row[columnId(i)]!, storageType)),
      ),
      offset: from,
      rowCount: this.rowCount,
    };
  }

  async drop(): Promise<void> {
    await this.#sql.query(`DROP TABLE IF EXISTS ${this.#name}`);
  }
}

/** Integers travel as text: a double would round those beyond 2^53. */
function previewExpression(index: number, type: StorageType): string {
  const id = columnId(index);
  if (type === 'float') return id;
  if (type === 'date' || type === 'datetime') return `epoch_ms(${id}::TIMESTAMP)::DOUBLE`;
  return `${id}::VARCHAR`;
}

function previewText(value: Scalar, type: StorageType): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' ? numberText(value, type) : String(value);
}
