import type { DownloadFormat } from '../../../src/domain/synthetic-datasets';
import type { Exporter } from './exporter';

/** The exporter of a format, loaded when it is first asked for. */
export async function loadExporter(format: Exclude<DownloadFormat, 'parquet'>): Promise<Exporter> {
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
      return (await import('./sqlite')).sqlite;
  }
}
