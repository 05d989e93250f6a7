import { tableFromIPC } from '@uwdata/flechette';
import type { CsvDialect } from '../../../src/domain/sources';
import type { RowCollector } from '../csv/row-collector';
import { type DetectedDialect, detectDialect } from '../dialect/detect';
import type { SqlEngine } from '../duckdb/sql';
import { toUtf8 } from '../files/file-chunks';
import { columnsToIpc } from '../formats/columns-to-ipc';
import { safeNames } from '../import/column-names';
import { loadRows, rowShape, usedColumns } from '../import/load-rows';

/** A file as texts: what is read before types are decided. */
export interface ReadTexts {
  readonly detected: DetectedDialect;
  readonly rows: RowCollector;
  readonly names: readonly string[];
  readonly cells: readonly (readonly (string | null)[])[];
}

/**
 * Reads a text as an import does, into no database: which lines are names, rows, and neither.
 * @param chunkBytes the file comes in pieces of so many bytes
 */
export async function readTexts(
  text: string | Uint8Array,
  overrides: Partial<CsvDialect> = {},
  chunkBytes = 1 << 20,
): Promise<ReadTexts> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const detected = detectDialect(bytes, true, overrides);
  const cells: (string | null)[][] = [];
  const nothing = columnsToIpc(
    [{ type: 'text', values: new Uint8Array(0), offsets: new Int32Array(2), nulls: null }],
    1,
  );
  const sql: SqlEngine = {
    query: async () => nothing.slice(),
    insertArrow: async (ipc) => {
      for (const row of tableFromIPC(ipc).toArray()) cells.push(Object.values(row));
    },
    openSession: () => Promise.reject(new Error('texts are not queried')),
    openFile: () => Promise.reject(new Error('texts are no databases')),
  };
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const rows = await loadRows(sql, 'texts', toUtf8(chunks(), detected.dialect.encoding), {
    ...{ detected, shape: rowShape(detected), spellings: [], onInvalidUtf8: 'mend' },
    checkpoint: () => {},
  });
  const used = usedColumns(rows, detected.header);
  return {
    ...{ detected, rows },
    names: safeNames(Array.from({ length: used }, (_, i) => detected.header[i] ?? '')),
    cells: cells.map((row) => row.slice(0, used)),
  };
}
