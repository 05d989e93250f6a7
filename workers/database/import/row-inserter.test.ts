import { expect, it } from 'vitest';
import { queryRow } from '../duckdb/arrow';
import { columnsToIpc } from '../formats/columns-to-ipc';
import { TextBuffer } from '../formats/text-buffer';
import { sharedEngine } from '../testing/shared-engine';
import { RowInserter } from './row-inserter';

const TABLE = 'inserted_rows';

/** A batch of the numbers from `first` on as text, and of a column that has every third alone. */
function batch(first: number, rows: number): Uint8Array {
  const texts = Array.from({ length: rows }, (_, i) => String(first + i));
  const encode = (values: readonly (string | null)[]) => {
    const buffer = new TextBuffer(rows);
    for (const value of values) buffer.append(value);
    return buffer.finish();
  };
  return columnsToIpc(
    [encode(texts), encode(texts.map((text, i) => ((first + i) % 3 === 0 ? text : null)))],
    rows,
  );
}

it('appends all rows in order, those that are joined and the rest', async () => {
  const engine = await sharedEngine();
  await engine.query(`CREATE OR REPLACE TABLE ${TABLE} (c0 VARCHAR, c1 VARCHAR)`);
  let inserts = 0;
  const counting: typeof engine = {
    ...engine,
    insertArrow: (...args) => {
      inserts++;
      return engine.insertArrow(...args);
    },
  };
  const inserter = await RowInserter.open(counting, TABLE, 2);
  const sizes = [80_000, 80_000, 50_000, 1_000, 7];
  let rows = 0;
  for (const size of sizes) {
    await inserter.add(batch(rows, size), size);
    rows += size;
  }
  await inserter.finish();
  expect(inserts).toBe(3);
  const right = '(c0 = rowid::VARCHAR AND c1 IS NOT DISTINCT FROM CASE WHEN rowid % 3 = 0 THEN c0 END)';
  const found = await queryRow(
    engine,
    `SELECT count(*)::DOUBLE AS n, bool_and(${right}) AS same FROM ${TABLE}`,
  );
  expect(found).toEqual({ n: rows, same: true });
  await engine.query(`DROP TABLE ${TABLE}`);
}, 60_000);
