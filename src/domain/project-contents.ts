/** Everything in a project, and the same once more under other ids. */
import type { Generator } from './generators';
import { newId } from './ids';
import { type Project, projectIdOf } from './projects';
import { FILES_OF } from './records';
import type { Stock } from './resource-list';
import { withoutNewer } from './source-versions';
import type { SyntheticDataset } from './synthetic-datasets';

export interface ProjectContents extends Omit<Stock, 'projects'> {
  readonly project: Pick<Project, 'name' | 'description'>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Where a training or generation has not ended: in a copy it begins anew. */
const UNSETTLED: readonly string[] = ['QUEUED', 'IN_PROGRESS', 'ON_HOLD'];

/** What is in a project; what is under way there is as if it had not begun. */
export function contentsOf(id: string, stock: Stock): ProjectContents {
  const home = projectIdOf(stock.projects);
  const isIn = (item: { readonly projectId?: string }) => home(item) === id;
  const { name, description } = stock.projects.find((project) => project.id === id) ?? { name: 'Project' };
  const datasets = stock.datasets.filter(isIn);
  const known = new Set(datasets.map((dataset) => dataset.id));
  return {
    project: { name, ...(description !== undefined && { description }) },
    // A newer file that nobody has taken yet is no version.
    sources: stock.sources.filter(isIn).map(withoutNewer),
    sourceDatasets: stock.sourceDatasets.filter(isIn),
    generators: stock.generators.filter(isIn).map(settledGenerator),
    datasets: datasets.map(settledDataset),
    reports: stock.reports.filter((report) =>
      report.evaluated ? isIn(report) : known.has(report.syntheticDatasetId),
    ),
    recipes: stock.recipes.filter(isIn),
    connectors: stock.connectors.filter(isIn),
  };
}

function settledGenerator(generator: Generator): Generator {
  // Its last job is a record of its own, which stays where it is.
  if (!UNSETTLED.includes(generator.trainingStatus)) return { ...generator, progress: null };
  const { id, config, imported, projectId, continues, recipe } = generator;
  return {
    ...{ id, config, messages: [], progress: null, backend: null, summary: null, metrics: null, error: null },
    tables: generator.tables.map(({ model, rules, ...table }) => ({ ...table, rules: [] })),
    trainingStatus: generator.tables.some(({ base }) => base) ? 'CONTINUE' : 'NEW',
    ...(imported && { imported }),
    ...(continues && { continues }),
    ...(recipe && { recipe }),
    ...(projectId !== undefined && { projectId }),
  };
}

function settledDataset(dataset: SyntheticDataset): SyntheticDataset {
  if (!UNSETTLED.includes(dataset.generationStatus)) return { ...dataset, progress: null };
  const { id, config, unprotected, projectId, recipe } = dataset;
  return {
    ...{ id, config, unprotected, progress: null, summary: null, reportId: null, error: null },
    tables: dataset.tables.map((table) => ({ id: table.id })),
    generationStatus: 'NEW',
    ...(recipe && { recipe }),
    ...(projectId !== undefined && { projectId }),
  };
}

/** Ids of all files that the contents name. */
export function filesOfContents({
  sources,
  generators,
  datasets,
  reports,
  connectors,
}: ProjectContents): string[] {
  return [
    ...sources.flatMap(FILES_OF.source),
    ...generators.flatMap(FILES_OF.generator),
    ...datasets.flatMap(FILES_OF['synthetic-dataset']),
    ...reports.flatMap(FILES_OF.report),
    ...connectors.flatMap(FILES_OF.connector),
  ];
}

/**
 * The contents under new ids: of records, tables, models, jobs and files, with everything that names one of them. What
 * names something outside goes on to name it.
 * @param projectId of the project that they go to; undefined = the first one
 * @param files the new id of each file
 * @returns the contents, and the new id of each id
 */
export function withNewIds(
  contents: ProjectContents,
  projectId: string | undefined,
  files: ReadonlyMap<string, string>,
): { readonly contents: ProjectContents; readonly ids: ReadonlyMap<string, string> } {
  const ids = new Map(files);
  collectIds(contents, ids);
  const renamed = renameIds(contents, ids) as ProjectContents;
  const moved = <T extends { readonly projectId?: string }>(items: readonly T[]) =>
    items.map(({ projectId: _old, ...item }) => ({
      ...item,
      ...(projectId !== undefined && { projectId }),
    })) as unknown as T[];
  const { sources, sourceDatasets, generators, datasets, reports, recipes, connectors } = renamed;
  return {
    contents: {
      ...renamed,
      sources: moved(sources),
      sourceDatasets: moved(sourceDatasets),
      generators: moved(generators),
      datasets: moved(datasets),
      reports: moved(reports),
      recipes: moved(recipes),
      connectors: moved(connectors),
    },
    ids,
  };
}

/** Names of fields that give something its id; others name it. */
const OWN_ID = new Set(['id', 'modelId']);
/** Names of fields whose object has the id of something else: the recipe that a generator was made by. */
const REFERENCE = new Set(['recipe']);

function collectIds(value: unknown, ids: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === 'string') {
      if (OWN_ID.has(name) && UUID.test(field) && !ids.has(field)) ids.set(field, newId());
    } else if (!REFERENCE.has(name)) collectIds(field, ids);
  }
}

function renameIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renameIds(item, ids));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, renameIds(field, ids)]));
}

/** Whether a text has the form of an id that this app gives. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
