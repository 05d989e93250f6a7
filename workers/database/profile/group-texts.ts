import type { SqlEngine } from '../duckdb/sql';
import { columnsToIpc } from '../formats/columns-to-ipc';
import { TextBuffer } from '../formats/text-buffer';
import type { TextCounts } from './column-counts';

/** Texts of a column that were counted. */
interface CountedTexts {
  readonly index: number;
  readonly counts: TextCounts;
}

/**
 * Makes a table of groups of counted texts as a grouping in SQL gives it: the column's position `k`, the text `v` and its
 * number `n`.
 */
export async function groupTexts(
  sql: SqlEngine,
  table: string,
  columns: readonly CountedTexts[],
): Promise<void> {
  await sql.query(`CREATE OR REPLACE TABLE ${table} (k BIGINT, v VARCHAR, n BIGINT)`);
  const rows = columns.reduce((sum, { counts }) => sum + counts.times.length + 1, 0);
  const positions = new BigInt64Array(rows);
  const texts = new TextBuffer(rows);
  const times = new BigInt64Array(rows);
  let row = 0;
  for (const { index, counts } of columns) {
    const { values, offsets } = counts.texts;
    const all = [...counts.times, counts.nullCount];
    all.forEach((count, code) => {
      if (count === 0) return;
      positions[row] = BigInt(index);
      times[row++] = BigInt(count);
      texts.appendBytes(
        code < counts.times.length ? values.subarray(offsets[code], offsets[code + 1]) : null,
      );
    });
  }
  const groups = [
    { type: 'integer', values: positions.subarray(0, row), nulls: null },
    texts.finish(),
    { type: 'integer', values: times.subarray(0, row), nulls: null },
  ] as const;
  if (row > 0) await sql.insertArrow(columnsToIpc(groups, row), table, false);
}
