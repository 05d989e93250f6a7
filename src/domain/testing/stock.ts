/** A few resources, as far as lists and deletions look at them. */
import type { Connector } from '../connectors';
import type { Dataset } from '../datasets';
import type { Generator } from '../generators';
import type { ProgressStatus } from '../job';
import type { Recipe } from '../recipes';
import type { Report } from '../reports';
import type { Stock } from '../resource-list';
import type { Source } from '../sources';
import type { SyntheticDataset } from '../synthetic-datasets';

export function aStock(parts: Partial<Stock>): Stock {
  return {
    ...{ sources: [], sourceDatasets: [], generators: [], datasets: [], reports: [], recipes: [] },
    ...{ connectors: [], projects: [], ...parts },
  };
}

export function aSource(id: string, more: Partial<Source> = {}): Source {
  const tables = [{ id: `${id} table`, rowCount: 10, columns: [{ name: 'a' }, { name: 'b' }] }];
  return { id, name: id, byteSize: 100, tables, ...more } as unknown as Source;
}

interface GeneratorParts {
  readonly isTrained?: boolean;
  readonly status?: ProgressStatus;
  /** Id of the recipe that it is made by. */
  readonly recipe?: string;
  readonly holdout?: string;
  readonly projectId?: string;
  readonly model?: string;
  /** Id and name of the generator whose model it goes on from. */
  readonly continues?: string;
  readonly files?: { readonly manifest: string; readonly tensors: string };
}

export function aGenerator(id: string, sourceId: string, parts: GeneratorParts): Generator {
  const { isTrained = false, status = isTrained ? 'DONE' : 'NEW', holdout = null, projectId, files } = parts;
  const table = {
    sourceId,
    holdoutSourceId: holdout,
    tabularModelConfiguration: { model: parts.model ?? 'argn' },
  };
  return {
    id,
    config: { name: id, tables: [table] },
    tables: [{ columns: [{ name: 'a' }, { name: 'b' }], ...(files && { model: files }) }],
    trainingStatus: status,
    summary: isTrained ? { rows: { training: 8, validation: 2 } } : null,
    ...(projectId !== undefined && { projectId }),
    ...(parts.continues !== undefined && {
      continues: { generatorId: parts.continues, name: parts.continues },
    }),
    ...(parts.recipe !== undefined && { recipe: { id: parts.recipe } }),
  } as unknown as Generator;
}

interface DatasetParts {
  readonly rows?: number;
  readonly reportId?: string;
  readonly projectId?: string;
  readonly name?: string;
}

export function aDataset(id: string, generatorId: string, parts: DatasetParts): SyntheticDataset {
  const { rows, reportId = null, projectId, name = id } = parts;
  return {
    id,
    config: { name, generatorId, tables: [] },
    tables: [{ id: `${id} table` }],
    generationStatus: rows === undefined ? 'NEW' : 'DONE',
    summary: rows === undefined ? null : { rows, parquetBytes: rows * 2 },
    reportId,
    ...(projectId !== undefined && { projectId }),
  } as unknown as SyntheticDataset;
}

/** A dataset of sources. */
export function aBundle(id: string, sourceIds: string[], more: Partial<Dataset> = {}): Dataset {
  return { id, name: id, sourceIds, ...more };
}

export function aConnector(id: string, more: Partial<Connector> = {}): Connector {
  return { id, name: id, type: 'FOLDER', accessType: 'WRITE_DATA', ...more };
}

export function aRecipe(id: string, more: Partial<Recipe> = {}): Recipe {
  const tables = [{ tabularModelConfiguration: { model: 'argn' } }];
  const input = { columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] };
  const version = { version: 1, input, config: { generator: { tables } }, checks: {} };
  return { id, name: id, versions: [version, { ...version, version: 2 }], ...more } as unknown as Recipe;
}

export function aReport(id: string, syntheticDatasetId: string): Report {
  return { id, syntheticDatasetId, univariate: [{}, {}], rows: { synthetic: 5 } } as unknown as Report;
}
