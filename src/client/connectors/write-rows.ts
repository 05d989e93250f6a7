import { existsError, formatOfName, type IfExists } from '../../domain/connectors';
import { DOWNLOAD_FORMATS } from '../../domain/download-formats';
import { UserError } from '../../domain/errors';
import { onlyTable } from '../../domain/only-table';
import type { CsvExportOptions } from '../../domain/synthetic-datasets';
import type { SyntheticDatasetsApi } from '../api';
import type { ClientContext } from '../context';
import { askDatabase } from '../run-query';
import { rowsToAppend, whyNotAfter } from './append';
import type { WriteOptions, Written } from './connectors-api';
import type { FolderConnection } from './folder';

/** Writes rows into a folder, as a file in the format that its name ends with. */
export async function writeToFolder(
  { datasets, workers }: ClientContext,
  syntheticDatasets: Pick<SyntheticDatasetsApi, 'download'>,
  folder: FolderConnection,
  datasetId: string,
  location: string,
  { ifExists = 'FAIL', csv, signal, onProgress }: WriteOptions,
): Promise<Written> {
  const format = formatOfName(location);
  const rows = rowsOf(datasets.get(datasetId));
  const notes: string[] = [];
  const there = await folder.find(location);
  refuseExisting(there !== null, location, ifExists);
  const isAppended = there !== null && there.size > 0 && ifExists === 'APPEND';
  if (isAppended && format !== 'csv' && format !== 'jsonl')
    throw new UserError(
      'export/failed',
      `Rows cannot be appended to ${DOWNLOAD_FORMATS[format].title}: such a file is written as a whole. Replace “${location}”, choose another name, or append to CSV, JSON Lines or a table of a SQLite database.`,
    );
  const make = (form: CsvExportOptions | undefined) =>
    syntheticDatasets.download(datasetId, format, {
      ...(form && { csv: form }),
      ...(signal && { signal }),
      onProgress: (job) => {
        for (const sentence of job.notices) if (!notes.includes(sentence)) notes.push(sentence);
        onProgress?.(job);
      },
    });
  if (!isAppended) {
    const file = await make(csv);
    // Somebody may have made it meanwhile.
    if (ifExists === 'FAIL') refuseExisting((await folder.find(location)) !== null, location, ifExists);
    await folder.put(location, [file], undefined, signal);
    return { location, rows, notes };
  }
  const sniff = async (file: File) => (await workers.database()).sniff(file, {});
  const is = await sniff(there);
  const forms: (CsvExportOptions | undefined)[] =
    csv || format !== 'csv'
      ? [csv]
      : (['original', 'standard'] as const).map((form) => ({ neutraliseFormulas: false, form }));
  let why: string | null = null;
  for (const form of forms) {
    const file = await make(form);
    const be = await sniff(file);
    why = whyNotAfter(is, be, `“${location}”`);
    if (why !== null) continue;
    const parts = await rowsToAppend(there, file, format === 'csv' && be.dialect.header);
    refuseChanged(there, await folder.find(location), location);
    await folder.put(location, parts, there.size, signal);
    return { location, rows, notes };
  }
  throw new UserError('export/failed', `${why} Replace it, or choose another name.`);
}

/**
 * Writes rows into a table of a SQLite database.
 * @param put takes the finished database: the id of its file in the workspace, which is then the taker's
 */
export async function writeToSqlite(
  { datasets, restorer, workers }: ClientContext,
  database: { file(): Promise<File>; put(id: string, file: File): Promise<void> },
  datasetId: string,
  table: string,
  { ifExists = 'FAIL', signal }: WriteOptions,
): Promise<Written> {
  if (table.trim() === '') throw new UserError('config/invalid', 'Name the table that the rows go to.');
  const dataset = datasets.get(datasetId);
  rowsOf(dataset);
  await restorer.rows(dataset);
  const { id: tableId, stored } = onlyTable(dataset);
  const file = await database.file();
  const written = await askDatabase(workers, 'The writing', signal, (api, jobId) =>
    api.writeSqlite(jobId, tableId, { file, table, ifExists, original: stored?.original }),
  );
  try {
    refuseChanged(file, await database.file(), file.name);
    await database.put(written.id, written.file);
  } catch (error) {
    await (await workers.workspace()).remove(written.id);
    throw error;
  }
  return { location: table, rows: written.rows, notes: written.notes };
}

function rowsOf({ config, summary }: { config: { name: string }; summary: { rows: number } | null }): number {
  if (summary) return summary.rows;
  throw new UserError('not-found', `“${config.name}” has no rows yet. Generate it first.`);
}

function refuseExisting(isThere: boolean, location: string, ifExists: IfExists): void {
  if (isThere && ifExists === 'FAIL') throw existsError(`“${location}”`);
}

/** Another program may write, too: what it wrote is not to be lost. */
function refuseChanged(before: File, now: File | null, location: string): void {
  if (now && now.lastModified === before.lastModified && now.size === before.size) return;
  throw new UserError(
    'connector/unreachable',
    `“${location}” was changed by another program while the rows were made. Nothing was written: try again.`,
  );
}
