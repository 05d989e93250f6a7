import type { Generator } from '../domain/generators';
import { onlyTable } from '../domain/only-table';
import type { Resources } from './client-context';

/** What a page shows: a kind of resource and its id. */
export interface ResourceRef {
  readonly kind: 'source' | 'generator' | 'dataset' | 'report';
  readonly id: string;
}

/** Ids of what a resource was made of and of what was made of it; null where there is nothing yet. */
export type Lineage = Readonly<Record<ResourceRef['kind'], string | null>>;

/** The newest generator of a table of a source that was set up but never trained: the draft a person left. */
export function draftOf(
  sourceId: string,
  tableId: string,
  generators: readonly Generator[],
): Generator | undefined {
  return generators.findLast(
    ({ trainingStatus, config }) =>
      trainingStatus === 'NEW' &&
      config.tables.some((table) => table.sourceId === sourceId && table.tableId === tableId),
  );
}

/** Back to what a resource was made of, and forward to the newest that was made of it; without deleted ones. */
export function lineageOf({ kind, id }: ResourceRef, resources: Resources): Lineage {
  const { sources, generators, datasets, reports } = resources;
  const shown = <T extends { readonly id: string }>(items: readonly T[], wanted: string | undefined) =>
    items.find((item) => item.id === wanted);
  const ownReport = kind === 'report' ? shown(reports, id) : undefined;
  const ownDataset = shown(datasets, kind === 'dataset' ? id : ownReport?.syntheticDatasetId);
  const ownGenerator = shown(generators, kind === 'generator' ? id : ownDataset?.config.generatorId);
  const generator =
    ownGenerator ??
    (kind === 'source' ? generators.findLast((candidate) => usesSource(candidate, id)) : undefined);
  const dataset = ownDataset ?? datasets.findLast(({ config }) => config.generatorId === generator?.id);
  const report = ownReport ?? shown(reports, dataset?.reportId ?? undefined);
  const source = shown(
    sources,
    kind === 'source' ? id : ownGenerator && onlyTable(ownGenerator.config).sourceId,
  );
  return {
    source: source?.id ?? null,
    generator: generator?.id ?? null,
    dataset: dataset?.id ?? null,
    report: report?.id ?? null,
  };
}

function usesSource({ config }: Generator, id: string): boolean {
  return config.tables.some(({ sourceId }) => sourceId === id);
}
