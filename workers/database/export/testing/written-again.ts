import { originalForm } from '../../../../src/domain/form-of-source';
import { ParquetFile } from '../../datasets/parquet-file';
import { fileLayout, isOpenEnd } from '../../dialect/file-layout';
import { importTable } from '../../import/import-table';
import { openHead } from '../../import/open-head';
import { SqlTable } from '../../tables';
import { sharedEngine } from '../../testing/shared-engine';
import { csv } from '../csv';
import { StoredTable, storedRows } from '../read-rows';

/** The rows of a file, read and written again as the original. @throws if a cell could not be written as it was */
export async function writtenAgain(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const sql = await sharedEngine();
  const file = new File([bytes], 'original.csv');
  const head = await openHead(file);
  const options = {
    overrides: {},
    sqlTable: 'own_rows',
    onProgress: () => undefined,
    checkpoint: () => undefined,
  };
  const table = await importTable(sql, file, head, options);
  const texts = new Set(
    table.columns.flatMap(({ storageType, index }) => (storageType === 'text' ? [index] : [])),
  );
  const layout = fileLayout(head.bytes, head.complete, table.dialect, texts, isOpenEnd(bytes.slice(-2)));
  const read = new SqlTable(table.columns, table.rowCount, sql, 'own_rows');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const parquet = new ParquetFile(table.columns, async (part) => {
    parts.push(part);
  });
  const columns = await Promise.all(table.columns.map(async (_, i) => (await read.readParts(i, [null]))[0]!));
  await parquet.writeRowGroup(columns, table.rowCount);
  await parquet.finish();
  const rows = storedRows(await StoredTable.open(new Blob(parts), table.columns), () => undefined);
  const written: Uint8Array<ArrayBuffer>[] = [];
  const request = { rows, schema: table.columns, name: 'own', csv: { neutraliseFormulas: false } };
  const note = (sentence: string) => {
    throw new Error(sentence);
  };
  for await (const chunk of csv.write({ ...request, original: originalForm({ layout }, table), note }))
    written.push(chunk);
  return new Uint8Array(await new Blob(written).arrayBuffer());
}
