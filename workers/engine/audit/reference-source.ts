import { type ColumnData, takeRows } from '../../../src/domain/column-data';
import type { TableRows } from '../../../src/domain/row-plan';
import { type RowSelection, selectRows } from '../../../src/domain/split';
import type { DatabasePeerApi } from '../../database/protocol';

/** What a training asks of the database. */
type TrainingSource = Pick<DatabasePeerApi, 'describe' | 'readParts' | 'readSubjects'>;

/** Some rows of a table as a table of their own: what a reference model learns. */
export class ReferenceSource implements TrainingSource {
  readonly #inner: TrainingSource;
  readonly #table: TableRows;
  readonly #rows: Uint32Array;
  readonly #owners: Uint32Array;

  /**
   * @param table the selection that the rows are of
   * @param rows their numbers in it, ascending
   * @param owners [rows] whose they are
   */
  constructor(inner: TrainingSource, table: TableRows, rows: Uint32Array, owners: Uint32Array) {
    this.#inner = inner;
    this.#table = table;
    this.#rows = rows;
    this.#owners = renumbered(owners);
  }

  async describe(): ReturnType<DatabasePeerApi['describe']> {
    return { ...(await this.#inner.describe(this.#table.tableId)), rowCount: this.#rows.length };
  }

  async readParts(_: string, column: string, parts: readonly RowSelection[]): Promise<ColumnData[]> {
    const [whole] = await this.#inner.readParts(this.#table.tableId, column, [this.#table.rows]);
    const own = takeRows(whole!, this.#rows);
    return parts.map((part) => takeRows(own, this.#selected(part)));
  }

  async readSubjects(_: string, parts: readonly RowSelection[]): Promise<Uint32Array[]> {
    return parts.map((part) => this.#selected(part).map((row) => this.#owners[row]!));
  }

  #selected(part: RowSelection): Uint32Array {
    return selectRows(this.#rows.length, part, part.subjectColumns ? this.#owners : undefined);
  }
}

/** Numbers from 0 without gaps. */
function renumbered(owners: Uint32Array): Uint32Array {
  const numbers = new Map<number, number>();
  return owners.map((owner) => {
    if (!numbers.has(owner)) numbers.set(owner, numbers.size);
    return numbers.get(owner)!;
  });
}
