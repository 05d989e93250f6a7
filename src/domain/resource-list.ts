/** Resources as lines of a list: what each line says, and which of them in which order. */
import type { Generator } from './generators';
import type { ProgressStatus } from './job';
import { currentProject, type Project, projectIdOf } from './projects';
import { FILES_OF } from './records';
import { columnsOf } from './report-charts';
import type { Report } from './reports';
import type { Source } from './sources';
import type { SyntheticDataset } from './synthetic-datasets';
import { z } from './zod';

export const LISTED_KINDS = ['source', 'generator', 'synthetic-dataset', 'report'] as const;
export type ListedKind = (typeof LISTED_KINDS)[number];

/** Everything that lists are made of. */
export interface Stock {
  readonly sources: readonly Source[];
  readonly generators: readonly Generator[];
  readonly datasets: readonly SyntheticDataset[];
  readonly reports: readonly Report[];
  readonly projects: readonly Project[];
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
  /** Id of the model, as "argn"; of a source null. */
  readonly model: string | null;
  /** Of a generator: rows trained on. Null = not known yet. */
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

interface Usage {
  trainings: number;
  generations: number;
  rowsGenerated: number;
}

/** All resources of a kind as lines, in the order of the stock. */
export function resourceRows(kind: ListedKind, stock: Stock, around: Surroundings): ResourceRow[] {
  const home = projectIdOf(stock.projects);
  const names = new Map(stock.projects.map(({ id, name }) => [id, name]));
  const usage = usageOf(stock);
  const sum = (files: readonly string[]) =>
    files.length === 0
      ? null
      : files.reduce<number | null>((all, file) => {
          const bytes = around.bytesOf(file);
          return all === null || bytes === null ? null : all + bytes;
        }, 0);
  type Own = Pick<ResourceRow, 'id' | 'name' | 'status' | 'model' | 'rows' | 'columns' | 'bytes'>;
  const row = (own: Own, description: string | undefined, item: { readonly projectId?: string }) => {
    const times = around.times(kind, own.id);
    const projectId = home(item);
    return {
      kind,
      ...own,
      description: description ?? '',
      created: times?.createdAt ?? null,
      updated: times?.updatedAt ?? null,
      project: names.get(projectId) ?? '',
      projectId,
      ...(usage.get(own.id) ?? NO_USAGE),
    };
  };
  const generators = new Map(stock.generators.map((generator) => [generator.id, generator]));
  const modelOf = (id: string | undefined) =>
    (id === undefined ? undefined : generators.get(id))?.config.tables[0]?.tabularModelConfiguration.model ??
    null;

  if (kind === 'source') {
    return stock.sources.map((source) => {
      const { id, name, description, tables } = source;
      const rows = tables.reduce((all, { rowCount }) => all + rowCount, 0);
      const columns = tables.reduce((all, table) => all + table.columns.length, 0);
      const bytes = source.byteSize;
      return row({ id, name, status: 'DONE', model: null, rows, columns, bytes }, description, source);
    });
  }
  if (kind === 'generator') {
    return stock.generators.map((generator) => {
      const { id, config, trainingStatus: status, summary, tables } = generator;
      const rows = summary?.rows ? summary.rows.training + summary.rows.validation : null;
      const columns = tables.reduce((all, table) => all + table.columns.length, 0);
      const bytes = sum(FILES_OF.generator(generator));
      const own = { id, name: config.name, status, model: modelOf(id), rows, columns, bytes };
      return row(own, config.description, generator);
    });
  }
  if (kind === 'synthetic-dataset') {
    return stock.datasets.map((dataset) => {
      const { id, config, generationStatus: status, summary, tables } = dataset;
      const model = modelOf(config.generatorId);
      const rows = summary?.rows ?? null;
      const columns = tables[0]?.stored?.columns.length ?? null;
      const bytes = sum(FILES_OF['synthetic-dataset'](dataset)) ?? summary?.parquetBytes ?? null;
      return row({ id, name: config.name, status, model, rows, columns, bytes }, config.description, dataset);
    });
  }
  const datasets = new Map(stock.datasets.map((dataset) => [dataset.id, dataset]));
  return stock.reports.map((report) => {
    const dataset = datasets.get(report.syntheticDatasetId);
    const { id } = report;
    const bytes = sum(FILES_OF.report(report));
    const own = { id, name: dataset?.config.name ?? 'Report', status: 'DONE', bytes } as const;
    const rows = report.rows?.synthetic ?? null;
    const columns = columnsOf(report);
    return row({ ...own, model: modelOf(dataset?.config.generatorId), rows, columns }, '', dataset ?? {});
  });
}

const NO_USAGE: Readonly<Usage> = { trainings: 0, generations: 0, rowsGenerated: 0 };

/** What was made of each source, generator and dataset, by id. */
function usageOf({ generators, datasets }: Stock): ReadonlyMap<string, Usage> {
  const usage = new Map<string, Usage>();
  const add = (id: string, { trainings, generations, rowsGenerated }: Usage) => {
    const before = usage.get(id) ?? NO_USAGE;
    usage.set(id, {
      trainings: before.trainings + trainings,
      generations: before.generations + generations,
      rowsGenerated: before.rowsGenerated + rowsGenerated,
    });
  };
  for (const { id, config, summary } of datasets) {
    if (!summary) continue;
    const made = { trainings: 0, generations: 1, rowsGenerated: summary.rows };
    add(config.generatorId, made);
    add(id, made);
  }
  for (const { id, config, summary, imported } of generators) {
    if (summary && !imported) add(id, { ...NO_USAGE, trainings: 1 });
    const made = usage.get(id);
    if (made)
      for (const sourceId of new Set(config.tables.map((table) => table.sourceId))) add(sourceId, made);
  }
  return usage;
}

/** Lines that match, in order; `total` counts them before they are cut into a page. */
export function filterRows<R extends ResourceRow>(
  rows: readonly R[],
  filter: ResourceFilter,
  projects: readonly Project[],
  chosenProject: string,
): { readonly rows: readonly R[]; readonly total: number } {
  const { text = '', status, model, project = 'all', sort = 'updated', offset = 0, limit } = filter;
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
