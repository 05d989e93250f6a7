import { cellText } from '../../../src/domain/cell-text';
import type { JobContext } from '../../../src/threads/run-job';
import { columnId, type SqlEngine } from '../duckdb/sql';
import { columnsToIpc, sqlType } from '../formats/columns-to-ipc';
import { TextBuffer } from '../formats/text-buffer';
import type { Table } from '../tables';

/** Rows that go in at once. */
const BLOCK_ROWS = 10_000;

/**
 * Puts the rows of a table in memory into DuckDB: through text, in the form that exports write, which DuckDB reads.
 * @param name of the table to make, an identifier of ours
 */
export async function insertRows(
  sql: SqlEngine,
  table: Table,
  name: string,
  job: Pick<JobContext, 'yield'>,
): Promise<void> {
  const { columns, rowCount } = table;
  const data = await Promise.all(columns.map(async (_, i) => (await table.readParts(i, [null]))[0]!));
  const text = `${name}_text`;
  const texts = columns.map((_, i) => `${columnId(i)} VARCHAR`);
  await sql.query(`CREATE OR REPLACE TABLE ${text} (${texts.join(', ')})`);
  try {
    for (let from = 0; from < rowCount; from += BLOCK_ROWS) {
      await job.yield();
      const to = Math.min(rowCount, from + BLOCK_ROWS);
      const block = columns.map(({ storageType }, i) => {
        const buffer = new TextBuffer(to - from);
        for (let row = from; row < to; row++) buffer.append(cellText(data[i]!, row, storageType));
        return buffer.finish();
      });
      await sql.insertArrow(columnsToIpc(block, to - from), text, false);
    }
    const casts = columns.map(({ storageType }, i) => {
      const id = columnId(i);
      return `TRY_CAST(${id} AS ${storageType === 'time' ? 'TIME' : sqlType(storageType)}) AS ${id}`;
    });
    await sql.query(`CREATE OR REPLACE TABLE ${name} AS SELECT ${casts.join(', ')} FROM ${text}`);
  } finally {
    await sql.query(`DROP TABLE IF EXISTS ${text}`);
  }
}
