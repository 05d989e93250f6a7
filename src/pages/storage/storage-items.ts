import type { WorkspaceUsage } from '../../client/api';
import { formatPlural } from '../../components/format';
import { FILES_OF } from '../../domain/records';
import type { Resources } from '../client-context';

/** A line of the storage page. */
export interface StorageItem {
  readonly kind: 'source' | 'generator' | 'dataset' | 'report' | 'connector';
  readonly id: string;
  readonly name: string;
  /** Bytes of its files. */
  readonly bytes: number;
  /** What is made of it, e.g. "2 generators, 1 synthetic dataset"; empty = nothing. */
  readonly dependents: string;
}

/** Everything that has files, the largest first. */
export function storageItems(
  { sources, generators, datasets, reports, connectors }: Resources,
  files: readonly Pick<WorkspaceUsage['files'][number], 'id' | 'bytes'>[],
): StorageItem[] {
  const bytesOf = new Map(files.map(({ id, bytes }) => [id, bytes]));
  const sizeOf = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (bytesOf.get(id) ?? 0), 0);
  const [charts, made] = [new Map<string, number>(), new Map<string, number>()];
  const add = (to: Map<string, number>, id: string, value: number) => to.set(id, (to.get(id) ?? 0) + value);
  for (const report of reports)
    if (!report.evaluated) add(charts, report.syntheticDatasetId, sizeOf(FILES_OF.report(report)));
  for (const { config } of datasets) add(made, config.generatorId, 1);
  const madeBy = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (made.get(id) ?? 0), 0);
  const items: StorageItem[] = [
    ...sources.map((source): StorageItem => {
      const { id, name } = source;
      const trained = generators.filter(({ config }) =>
        config.tables.some(({ sourceId, holdoutSourceId }) => sourceId === id || holdoutSourceId === id),
      );
      const dependents = inWords(trained.length, madeBy(trained.map((generator) => generator.id)));
      return { kind: 'source', id, name, bytes: sizeOf(FILES_OF.source(source)), dependents };
    }),
    ...generators.map((generator): StorageItem => {
      const { id, config } = generator;
      const bytes = sizeOf(FILES_OF.generator(generator));
      return { kind: 'generator', id, name: config.name, bytes, dependents: inWords(0, madeBy([id])) };
    }),
    ...datasets.map(
      (dataset): StorageItem => ({
        ...{ kind: 'dataset', id: dataset.id, name: dataset.config.name, dependents: '' },
        // A report goes with its dataset.
        bytes: sizeOf(FILES_OF['synthetic-dataset'](dataset)) + (charts.get(dataset.id) ?? 0),
      }),
    ),
    // Those on files of one's own: they go with nothing.
    ...reports.flatMap((report): StorageItem[] => {
      const { id, evaluated } = report;
      const name = evaluated?.files.synthetic.name ?? '';
      return evaluated
        ? [{ kind: 'report', id, name, bytes: sizeOf(FILES_OF.report(report)), dependents: '' }]
        : [];
    }),
    // Those that keep a copy of a database.
    ...connectors.flatMap((connector): StorageItem[] => {
      const files = FILES_OF.connector(connector);
      const { id, name } = connector;
      return files.length === 0
        ? []
        : [{ kind: 'connector', id, name, bytes: sizeOf(files), dependents: '' }];
    }),
  ];
  return items.sort((a, b) => b.bytes - a.bytes);
}

function inWords(generators: number, datasets: number): string {
  return [
    ...(generators > 0 ? [formatPlural(generators, 'generator')] : []),
    ...(datasets > 0 ? [formatPlural(datasets, 'synthetic dataset')] : []),
  ].join(', ');
}
