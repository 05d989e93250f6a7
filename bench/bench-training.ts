/** What the benches that train and generate without a page have in common. */
import { SourceTableConfig } from '../src/domain/generators';
import type { TrainRequest } from '../workers/engine/protocol';
import { type MemoryDatabase, profileOf } from '../workers/engine/testing/memory-database';
import { concatenate, type NamedColumn } from '../workers/quality/columns';

/**
 * A training of all columns as the app asks for it when it is given no holdout file.
 * @param columns kept in the database as `training`
 * @param model settings of the model that differ from the defaults
 */
export function trainRequest(
  name: string,
  columns: readonly NamedColumn[],
  seed: number,
  model: Readonly<Record<string, unknown>> = {},
): TrainRequest {
  return {
    modelId: 'bench',
    table: SourceTableConfig.parse({
      name,
      sourceId: 'file',
      tableId: 'training',
      columns: columns.map((column) => ({ name: column.name })),
      tabularModelConfiguration: model,
    }),
    profiles: columns.map(profileOf),
    randomState: seed,
    rows: { part: 'training', seed, validationShare: 0.1, maxValidation: 5000, maxSampleSize: null },
  };
}

/** Takes a finished dataset out of the database. */
export function takeDataset(database: MemoryDatabase, datasetId: string): NamedColumn[] {
  const { columns, blocks } = database.datasets.get(datasetId)!;
  database.datasets.delete(datasetId);
  return columns.map((schema, i) => ({
    ...schema,
    data: blocks.map((block) => block[i]!).reduce((all, block) => concatenate(all, block)),
  }));
}
