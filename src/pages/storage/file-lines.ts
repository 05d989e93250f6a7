import type { WorkspaceUsage } from '../../client/api';
import { jobName } from '../../domain/job';
import { FILES_OF } from '../../domain/records';
import type { Resources } from '../client-context';
import type { ListedRef } from '../delete-button';
import { pathOfResource } from '../kinds';

export type NamedFile = WorkspaceUsage['files'][number];

/** A file and what names it: an item, or a job that was cut short; null = nothing does. */
export interface FileLine extends NamedFile {
  readonly type: string;
  readonly owner: { readonly name: string; readonly path: string } | null;
}

/** Types by the ending of the name. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.parquet$/i, 'Parquet rows'],
  [/\.safetensors$/i, 'Model weights'],
  [/\.json$/i, 'JSON'],
  [/\.(csv|tsv|tab|psv|txt)(\.gz)?$/i, 'Delimited text'],
  [/\.zip$/i, 'ZIP archive'],
  [/\.(sqlite3?|duckdb|ddb|db)$/i, 'Database'],
];

/** All files, the largest first. */
export function fileLines(
  {
    sources,
    generators,
    datasets,
    reports,
    jobs,
    connectors,
  }: Pick<Resources, 'sources' | 'generators' | 'datasets' | 'reports' | 'jobs' | 'connectors'>,
  files: readonly NamedFile[],
): FileLine[] {
  const owners = new Map<string, NonNullable<FileLine['owner']>>();
  const own = (ids: readonly string[], { name, ...ref }: ListedRef & { readonly name: string }) => {
    for (const id of ids) owners.set(id, { name, path: pathOfResource(ref) });
  };
  for (const source of sources)
    own(FILES_OF.source(source), { kind: 'source', id: source.id, name: source.name });
  for (const generator of generators) {
    const { id, config } = generator;
    own(FILES_OF.generator(generator), { kind: 'generator', id, name: config.name });
  }
  for (const dataset of datasets) {
    const { id, config } = dataset;
    own(FILES_OF['synthetic-dataset'](dataset), { kind: 'synthetic-dataset', id, name: config.name });
  }
  for (const connector of connectors)
    own(FILES_OF.connector(connector), { kind: 'connector', id: connector.id, name: connector.name });
  const names = new Map(datasets.map(({ id, config }) => [id, config.name]));
  for (const report of reports) {
    const name = report.evaluated?.files.synthetic.name ?? names.get(report.syntheticDatasetId) ?? 'Report';
    own(FILES_OF.report(report), { kind: 'report', id: report.id, name });
  }
  for (const job of jobs)
    for (const id of FILES_OF.job(job)) owners.set(id, { name: jobName(job), path: '/jobs' });
  return files
    .map((file) => {
      const type = TYPES.find(([ending]) => ending.test(file.name))?.[1] ?? (file.mimeType || 'File');
      return { ...file, type, owner: owners.get(file.id) ?? null };
    })
    .sort((a, b) => b.bytes - a.bytes || a.name.localeCompare(b.name));
}
