import { cellText, numberText } from '../../src/domain/cell-text';
import { type ColumnData, type ColumnSchema, takeRows } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import type { TablePreview } from '../../src/domain/sources';
import { readParts } from './columns/read-column';
import { queryRows, type Scalar } from './duckdb/arrow';
import { columnId, type SqlEngine, unreadId } from './duckdb/sql';

/** Rows of a preview at most. */
const MAX_PREVIEW_ROWS = 1_000;

/** A table that can be read: an imported source, or the sample kept of a synthetic dataset. */
export abstract class Table {
  readonly rowCount: number;
  readonly columns: readonly ColumnSchema[];

  constructor(columns: readonly ColumnSchema[], rowCount: number) {
    this.columns = columns;
    this.rowCount = rowCount;
  }

  /** @param parts ascending row numbers, null for all; the column is read once for all of them */
  abstract readParts(index: number, parts: readonly (Uint32Array | null)[]): Promise<ColumnData[]>;

  /** Rows from … to − 1 as texts, null for no value. */
  protected abstract texts(from: number, to: number): Promise<(string | null)[][]>;

  async drop(): Promise<void> {}

  async preview(offset: number, limit: number): Promise<TablePreview> {
    const { rowCount } = this;
    const from = Math.min(Math.max(0, Math.floor(offset) || 0), rowCount);
    const size = Math.min(Math.max(0, Math.floor(limit) || 0), MAX_PREVIEW_ROWS);
    const rows = await this.texts(from, Math.min(rowCount, from + size));
    return { columns: this.columns.map(({ name }) => name), rows, offset: from, rowCount };
  }
}

/** The sample of a synthetic dataset, kept as typed arrays. */
export class MemoryTable extends Table {
  readonly #data: readonly ColumnData[];

  constructor(columns: readonly ColumnSchema[], rowCount: number, data: readonly ColumnData[]) {
    super(columns, rowCount);
    this.#data = data;
  }

  async readParts(index: number, parts: readonly (Uint32Array | null)[]): Promise<ColumnData[]> {
    return parts.map((rows) => takeRows(this.#data[index]!, rows));
  }

  protected async texts(from: number, to: number): Promise<(string | null)[][]> {
    return Array.from({ length: to - from }, (_, i) =>
      this.columns.map(({ storageType }, c) => cellText(this.#data[c]!, from + i, storageType)),
    );
  }
}

/** An imported source in DuckDB. */
export class SqlTable extends Table {
  readonly #sql: Pick<SqlEngine, 'query'>;
  /** In DuckDB. */
  readonly name: string;
  readonly #unread: ReadonlySet<number>;

  /** @param unread positions of typed columns of which a few texts did not parse: previews show these */
  constructor(
    columns: readonly ColumnSchema[],
    rowCount: number,
    sql: Pick<SqlEngine, 'query'>,
    name: string,
    unread: readonly number[] = [],
  ) {
    super(columns, rowCount);
    this.#unread = new Set(unread);
    this.#sql = sql;
    this.name = name;
  }

  readParts(index: number, parts: readonly (Uint32Array | null)[]): Promise<ColumnData[]> {
    return readParts(this.#sql, this.name, this.rowCount, index, this.columns[index]!.storageType, parts);
  }

  protected async texts(from: number, to: number): Promise<(string | null)[][]> {
    const select = [
      ...this.columns.map(({ storageType }, i) => previewExpression(i, storageType)),
      ...Array.from(this.#unread, unreadId),
    ];
    const rows = await queryRows(
      this.#sql,
      `SELECT ${select.join(', ')} FROM ${this.name} WHERE rowid >= ${from} AND rowid < ${to} ORDER BY rowid`,
    );
    return rows.map((row) =>
      this.columns.map(({ storageType }, i) => {
        const unread = this.#unread.has(i) ? row[unreadId(i)]! : null;
        return unread === null ? previewText(row[columnId(i)]!, storageType) : String(unread);
      }),
    );
  }

  override async drop(): Promise<void> {
    await this.#sql.query(`DROP TABLE IF EXISTS ${this.name}`);
  }
}

/** Integers travel as text: a double would round those beyond 2^53. */
function previewExpression(index: number, type: StorageType): string {
  const id = columnId(index);
  if (type === 'float') return id;
  // Microseconds, which doubles of milliseconds hold exactly enough.
  if (type === 'datetime') return `(epoch_us(${id}) / 1000.0)::DOUBLE AS ${id}`;
  if (type === 'time') return `(epoch_us(${id}) / 1000.0)::DOUBLE AS ${id}`;
  if (type === 'date') return `epoch_ms(${id}::TIMESTAMP)::DOUBLE AS ${id}`;
  return `${id}::VARCHAR AS ${id}`;
}

function previewText(value: Scalar, type: StorageType): string | null {
  if (value === null) return null;
  return typeof value === 'number' ? numberText(value, type) : String(value);
}
