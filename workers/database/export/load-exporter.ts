import type { DownloadFormat } from '../../../src/domain/synthetic-datasets';
import type { Exporter } from './exporter';

/** Bytes of sql.js's WebAssembly, from our own origin. */
async function fetchSqlite(): Promise<ArrayBuffer> {
  const { default: url } = await import('sql.js/dist/sql-wasm-browser.wasm?url');
  const answer = await fetch(new URL(url, self.location.href));
  if (!answer.ok) throw new Error(`sql.js could not be loaded (HTTP ${answer.status})`);
  return answer.arrayBuffer();
}

/**
 * The exporter of a format, loaded when it is first asked for.
 * @param sqliteWasm reads sql.js's WebAssembly
 */
export async function loadExporter(
  format: Exclude<DownloadFormat, 'parquet'>,
  sqliteWasm: () => Promise<ArrayBuffer> = fetchSqlite,
): Promise<Exporter> {
  switch (format) {
    case 'csv':
      return (await import('./csv')).csv;
    case 'json':
      return (await import('./json')).json;
    case 'jsonl':
      return (await import('./json')).jsonLines;
    case 'xlsx':
      return (await import('./xlsx')).xlsx;
    case 'arrow':
      return (await import('./arrow')).arrow;
    case 'sqlite':
      return (await import('./sqlite')).sqlite(sqliteWasm);
  }
}
