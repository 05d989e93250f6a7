/** Lists of resources: what they are made of, what a line says, and which lines in which order. */
import type { Connector, ConnectorAccessType, ConnectorType } from './connectors';
import type { Dataset } from './datasets';
import type { Generator } from './generators';
import type { ProgressStatus } from './job';
import { currentProject, type InProject, type Project } from './projects';
import type { Recipe } from './recipes';
import type { Report } from './reports';
import type { Source } from './sources';
import type { SyntheticDataset } from './synthetic-datasets';
import { z } from './zod';

export const LISTED_KINDS = [
  'source',
  'dataset',
  'generator',
  'synthetic-dataset',
  'report',
  'recipe',
  'connector',
] as const;
export type ListedKind = (typeof LISTED_KINDS)[number];

/** Everything that lists are made of. */
export interface Stock {
  readonly sources: readonly Source[];
  /** Bundles of sources; `datasets` are the synthetic ones. */
  readonly sourceDatasets: readonly Dataset[];
  readonly generators: readonly Generator[];
  readonly datasets: readonly SyntheticDataset[];
  readonly reports: readonly Report[];
  readonly recipes: readonly Recipe[];
  readonly connectors: readonly Connector[];
  readonly projects: readonly Project[];
}

/** Every resource with its kind and what says which project it is in: of a report its synthetic dataset, if it has one. */
export function allResources(
  stock: Omit<Stock, 'projects'>,
): { readonly kind: ListedKind; readonly id: string; readonly within: InProject }[] {
  const { sources, sourceDatasets, generators, datasets, reports, recipes, connectors } = stock;
  const own = (kind: ListedKind, items: readonly (InProject & { readonly id: string })[]) =>
    items.map((item) => ({ kind, id: item.id, within: item }));
  const known = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  return [
    ...own('source', sources),
    ...own('dataset', sourceDatasets),
    ...own('generator', generators),
    ...own('synthetic-dataset', datasets),
    ...reports.map((report) => ({
      ...{ kind: 'report' as const, id: report.id },
      within: report.evaluated ? report : (known.get(report.syntheticDatasetId) ?? {}),
    })),
    ...own('recipe', recipes),
    ...own('connector', connectors),
  ];
}

/** What a record does not say of itself. */
export interface Surroundings {
  /** Epoch milliseconds; null = not known. */
  times(kind: ListedKind, id: string): { readonly createdAt: number; readonly updatedAt: number } | null;
  /** Of a file of the workspace; null = not known. */
  bytesOf(file: string): number | null;
}

/** A resource on one line, flat: `console.table` shows it as it is. */
export interface ResourceRow {
  readonly kind: ListedKind;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: ProgressStatus;
  /** Id of the model, as "argn"; of a source or dataset null. */
  readonly model: string | null;
  /** Of a generator that was trained further: name of the one whose model it goes on from; of others null. */
  readonly continues: string | null;
  /** Of a connector: what it leads to, and what may be done through it; of others null. */
  readonly type: ConnectorType | null;
  readonly access: ConnectorAccessType | null;
  /** Of a source or recipe: number of its latest version; of others null. */
  readonly version: number | null;
  /** Of a dataset: sources that it bundles and that are there; of others null. */
  readonly sources: number | null;
  /** Of a generator: rows trained on; of a dataset: of its sources. Null = not known yet, or none. */
  readonly rows: number | null;
  readonly columns: number | null;
  /** Of its files; null = not known. */
  readonly bytes: number | null;
  /** Epoch milliseconds; null = not known. */
  readonly created: number | null;
  readonly updated: number | null;
  /** Name of the project. */
  readonly project: string;
  readonly projectId: string;
  /** What was made of it and is still there: trainings, generations, rows generated. */
  readonly trainings: number;
  readonly generations: number;
  readonly rowsGenerated: number;
}

export const SORT_KEYS = ['name', 'created', 'updated', 'size'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** Which resources, in which order. What is left out matches all. */
export const ResourceFilter = z.strictObject({
  /** Words that stand in name or description, in any order and case. */
  text: z.string().max(1000).optional(),
  status: z
    .enum(['NEW', 'QUEUED', 'IN_PROGRESS', 'ON_HOLD', 'CONTINUE', 'DONE', 'FAILED', 'CANCELED'])
    .optional(),
  /** Id of a model, as "argn". */
  model: z.string().max(64).optional(),
  /** True: generators that were trained further from another one; false: all others. */
  continued: z.boolean().optional(),
  /** "current", "all" (all that are not archived), or the id of a project. */
  project: z.string().max(64).optional(),
  /** By default `updated`. */
  sort: z.enum(SORT_KEYS).optional(),
  /** By default ascending for names, else descending. */
  order: z.enum(['ascending', 'descending']).optional(),
  /** Resources to leave out at the beginning. */
  offset: z.number().int().min(0).optional(),
  /** Resources at most; by default all. */
  limit: z.number().int().min(1).optional(),
});
export type ResourceFilter = z.infer<typeof ResourceFilter>;

/** Lines that match, in order; `total` counts them before they are cut into a page. */
export function filterRows<R extends ResourceRow>(
  rows: readonly R[],
  filter: ResourceFilter,
  projects: readonly Project[],
  chosenProject: string,
): { readonly rows: readonly R[]; readonly total: number } {
  const {
    text = '',
    status,
    model,
    continued,
    project = 'all',
    sort = 'updated',
    offset = 0,
    limit,
  } = filter;
  const { order = sort === 'name' ? 'ascending' : 'descending' } = filter;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const archived = new Set(projects.filter((each) => each.archived).map(({ id }) => id));
  const wanted = project === 'current' ? currentProject(projects, chosenProject).id : project;
  const found = rows.filter((row) => {
    const said = words.length > 0 ? `${row.name}\n${row.description}`.toLowerCase() : '';
    return (
      words.every((word) => said.includes(word)) &&
      (status === undefined || row.status === status) &&
      (model === undefined || row.model === model) &&
      (continued === undefined || (row.continues !== null) === continued) &&
      (wanted === 'all' ? !archived.has(row.projectId) : row.projectId === wanted)
    );
  });
  const sorted = [...found].sort(COMPARE[sort]);
  if (order === 'descending') sorted.reverse();
  return {
    rows: sorted.slice(offset, limit === undefined ? undefined : offset + limit),
    total: found.length,
  };
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What is not known is less than all that is. */
function byNumber(of: (row: ResourceRow) => number | null) {
  return (a: ResourceRow, b: ResourceRow) => (of(a) ?? -1) - (of(b) ?? -1) || NAMES.compare(a.name, b.name);
}

const COMPARE: Record<SortKey, (a: ResourceRow, b: ResourceRow) => number> = {
  name: (a, b) => NAMES.compare(a.name, b.name) || (a.created ?? 0) - (b.created ?? 0),
  created: byNumber(({ created }) => created),
  updated: byNumber(({ updated }) => updated),
  size: byNumber(({ bytes }) => bytes),
};
