import type { Generator } from '../domain/generators';
import { onlyTable } from '../domain/only-table';
import type { Resources } from './resource-store';

/** Where a person is: a kind of resource and its id. */
export interface Place {
  readonly kind: 'source' | 'generator' | 'dataset' | 'report';
  readonly id: string;
}

/** The line from a source to a report that a place lies on; null where nothing is yet. */
export interface Chain {
  readonly sourceId: string | null;
  readonly generatorId: string | null;
  readonly datasetId: string | null;
  readonly reportId: string | null;
}

/** The newest generator of a source that was set up but never trained: the draft a person left. */
export function draftOf(sourceId: string, generators: readonly Generator[]): Generator | undefined {
  return generators.findLast(
    ({ trainingStatus, config }) =>
      trainingStatus === 'NEW' && config.tables.some((table) => table.sourceId === sourceId),
  );
}

/**
 * Back from a place to what it was made of, and forward to the newest that was made of it.
 * Ids of deleted resources are left out.
 */
export function chainOf(place: Place, resources: Resources): Chain {
  const { sources, generators, datasets, reports } = resources;
  const reportAt = place.kind === 'report' ? reports.find(({ id }) => id === place.id) : undefined;
  const datasetAt =
    place.kind === 'dataset' ? place.id : place.kind === 'report' ? reportAt?.syntheticDatasetId : undefined;
  const above = datasets.find(({ id }) => id === datasetAt);
  const generatorAt = place.kind === 'generator' ? place.id : above?.config.generatorId;
  const owner = generators.find(({ id }) => id === generatorAt);
  const sourceAt = place.kind === 'source' ? place.id : owner && onlyTable(owner.config).sourceId;

  const generator =
    owner ??
    (place.kind === 'source'
      ? generators.findLast(({ config }) => config.tables.some(({ sourceId }) => sourceId === place.id))
      : undefined);
  const dataset = above ?? datasets.findLast(({ config }) => config.generatorId === generator?.id);
  const report = reportAt ?? reports.find(({ id }) => id === dataset?.reportId);
  return {
    sourceId: sources.some(({ id }) => id === sourceAt) ? (sourceAt ?? null) : null,
    generatorId: generator?.id ?? null,
    datasetId: dataset?.id ?? null,
    reportId: report?.id ?? null,
  };
}
