/** Resources as lines of a list: what each line says. */
import { onlyTable } from './only-table';
import { type InProject, projectIdOf } from './projects';
import { versionOf } from './recipes';
import { FILES_OF } from './records';
import type { Report, ReportCharts } from './reports';
import type { ListedKind, ResourceRow, Stock, Surroundings } from './resource-list';
import { filesOf } from './source-versions';
import type { Source } from './sources';

/** What a line has of its resource itself. */
type Own = Pick<ResourceRow, 'id' | 'name'> & {
  readonly description: string | undefined;
  readonly within: InProject;
} & Partial<
    Pick<
      ResourceRow,
      | 'status'
      | 'model'
      | 'continues'
      | 'type'
      | 'access'
      | 'version'
      | 'sources'
      | 'rows'
      | 'columns'
      | 'bytes'
    >
  >;

/** All resources of a kind as lines, in the order of the stock. */
export function resourceRows(kind: ListedKind, stock: Stock, around: Surroundings): ResourceRow[] {
  const home = projectIdOf(stock.projects);
  const names = new Map(stock.projects.map(({ id, name }) => [id, name]));
  const usage = usageOf(stock);
  return ownFields[kind](stock, around).map(({ within, description = '', ...own }) => {
    const times = around.times(kind, own.id);
    const projectId = home(within);
    return {
      kind,
      ...{
        status: 'DONE',
        model: null,
        continues: null,
        type: null,
        access: null,
        version: null,
        sources: null,
        rows: null,
        columns: null,
        bytes: null,
      },
      ...own,
      description,
      created: times?.createdAt ?? null,
      updated: times?.updatedAt ?? null,
      project: names.get(projectId) ?? '',
      projectId,
      ...(usage.get(own.id) ?? NO_USAGE),
    };
  });
}

/** What the lines of each kind say. */
const ownFields: Record<ListedKind, (stock: Stock, around: Surroundings) => Own[]> = {
  source: ({ sources }) =>
    sources.map((source) => {
      const { id, name, description, version = 1 } = source;
      const bytes = filesOf(source).reduce((all, { byteSize }) => all + byteSize, 0);
      return { ...{ id, name, description, within: source, version, bytes }, ...sizeOf([source]) };
    }),
  dataset: ({ sourceDatasets, sources }) => {
    const known = new Map(sources.map((source) => [source.id, source]));
    return sourceDatasets.map((dataset) => {
      const { id, name, description, sourceIds } = dataset;
      const bundled = sourceIds.flatMap((sourceId) => known.get(sourceId) ?? []);
      return { id, name, description, within: dataset, sources: bundled.length, ...sizeOf(bundled) };
    });
  },
  generator: ({ generators }, around) => {
    const names = new Map(generators.map(({ id, config }) => [id, config.name]));
    return generators.map((generator) => {
      const { id, config, continues, trainingStatus: status, summary, tables } = generator;
      return {
        ...{ id, name: config.name, description: config.description, within: generator, status },
        model: config.tables[0]?.tabularModelConfiguration.model ?? null,
        continues: continues ? (names.get(continues.generatorId) ?? continues.name) : null,
        rows: summary?.rows ? summary.rows.training + summary.rows.validation : null,
        columns: tables.reduce((all, table) => all + table.columns.length, 0),
        bytes: sumOf(FILES_OF.generator(generator), around),
      };
    });
  },
  'synthetic-dataset': (stock, around) => {
    const modelOf = modelsOf(stock);
    return stock.datasets.map((dataset) => {
      const { id, config, generationStatus: status, summary, tables } = dataset;
      return {
        ...{ id, name: config.name, description: config.description, within: dataset, status },
        model: modelOf(config.generatorId),
        rows: summary?.rows ?? null,
        columns: tables[0]?.stored?.columns.length ?? null,
        bytes: sumOf(FILES_OF['synthetic-dataset'](dataset), around) ?? summary?.parquetBytes ?? null,
      };
    });
  },
  report: (stock, around) => {
    const modelOf = modelsOf(stock);
    const datasets = new Map(stock.datasets.map((dataset) => [dataset.id, dataset]));
    return stock.reports.map((report) => {
      const { id, syntheticDatasetId, rows, evaluated } = report;
      const dataset = evaluated ? undefined : datasets.get(syntheticDatasetId);
      const name = evaluated?.files.synthetic.name ?? dataset?.config.name ?? 'Report';
      return {
        ...{ id, name, description: undefined, within: evaluated ? report : (dataset ?? {}) },
        model: dataset ? modelOf(dataset.config.generatorId) : null,
        rows: rows?.synthetic ?? null,
        columns: columnsOf(report),
        bytes: sumOf(FILES_OF.report(report), around),
      };
    });
  },
  recipe: ({ recipes }) =>
    recipes.map((recipe) => {
      const { id, name, description } = recipe;
      const { version, input, config } = versionOf(recipe);
      const { model } = onlyTable(config.generator).tabularModelConfiguration;
      const columns = input.columns.length;
      return { id, name, description, within: recipe, model, version, columns };
    }),
  connector: ({ connectors }, around) =>
    connectors.map((connector) => {
      const { id, name, description, type, accessType: access } = connector;
      const bytes = sumOf(FILES_OF.connector(connector), around);
      return { id, name, description, within: connector, type, access, bytes };
    }),
};

/** Rows and columns of all tables of sources. */
function sizeOf(sources: readonly Source[]): { readonly rows: number; readonly columns: number } {
  const tables = sources.flatMap((source) => source.tables);
  return {
    rows: tables.reduce((all, { rowCount }) => all + rowCount, 0),
    columns: tables.reduce((all, { columns }) => all + columns.length, 0),
  };
}

/** Bytes of files; null where there are none, or one is not known. */
function sumOf(files: readonly string[], { bytesOf }: Surroundings): number | null {
  if (files.length === 0) return null;
  return files.reduce<number | null>((all, file) => {
    const bytes = bytesOf(file);
    return all === null || bytes === null ? null : all + bytes;
  }, 0);
}

/** Tells the model of a generator. */
function modelsOf({ generators }: Stock): (generatorId: string) => string | null {
  const known = new Map(generators.map(({ id, config }) => [id, config]));
  return (id) => known.get(id)?.tables[0]?.tabularModelConfiguration.model ?? null;
}

interface Usage {
  readonly trainings: number;
  readonly generations: number;
  readonly rowsGenerated: number;
}

const NO_USAGE: Usage = { trainings: 0, generations: 0, rowsGenerated: 0 };

/** What was made of each source and generator, by each recipe, and of each dataset itself, by id. */
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
  for (const { id, config, summary, recipe } of datasets) {
    if (!summary) continue;
    const made = { trainings: 0, generations: 1, rowsGenerated: summary.rows };
    add(config.generatorId, made);
    add(id, made);
    if (recipe) add(recipe.id, made);
  }
  for (const { id, config, summary, imported, recipe } of generators) {
    const training = { ...NO_USAGE, trainings: 1 };
    const isOwn = summary && !imported;
    if (isOwn) add(id, training);
    if (isOwn && recipe) add(recipe.id, training);
    const made = usage.get(id);
    if (made)
      for (const sourceId of new Set(config.tables.map((table) => table.sourceId))) add(sourceId, made);
  }
  return usage;
}

/** Columns that a report compares: those of earlier versions hold their charts. Null = not known. */
function columnsOf({ columns, univariate }: Report & Partial<ReportCharts>): number | null {
  return columns ?? univariate?.length ?? null;
}
