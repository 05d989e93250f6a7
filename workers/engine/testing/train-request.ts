import { SourceTableConfig } from '../../../src/domain/generators';
import type { RowSelection } from '../../../src/domain/split';
import type { TrainRequest } from '../protocol';
import { type MemoryColumn, profileOf } from './memory-database';

/** The protection key of tests and benches: their results can be had again. */
export const TEST_KEY = '5eed'.repeat(16);

/** What a request says beside the defaults. */
export interface RequestOverrides {
  readonly configuration?: object;
  readonly columns?: readonly object[];
  readonly primaryKey?: string;
  readonly subjectColumns?: readonly string[] | null;
  readonly rules?: object;
  readonly randomState?: number;
  readonly protectionKey?: string;
  readonly rows?: Partial<RowSelection>;
}

/** A training of the table `source` with a tenth of its rows held back. */
export function trainRequest(
  columns: readonly MemoryColumn[],
  overrides: RequestOverrides = {},
): TrainRequest {
  const { configuration = {}, primaryKey = null, subjectColumns = null, randomState = 1, rows } = overrides;
  return {
    modelId: 'model',
    table: SourceTableConfig.parse({
      name: 'table',
      sourceId: 'file',
      tableId: 'source',
      primaryKey,
      subjectColumns,
      columns: overrides.columns ?? columns.map(({ name }) => ({ name })),
      rules: overrides.rules ?? {},
      tabularModelConfiguration: configuration,
    }),
    profiles: columns.map(profileOf),
    randomState,
    protectionKey: overrides.protectionKey ?? TEST_KEY,
    rows: {
      part: 'training',
      seed: randomState,
      validationShare: 0.1,
      maxValidation: 500,
      maxSampleSize: null,
      ...(subjectColumns?.length ? { subjectColumns } : {}),
      ...rows,
    },
  };
}
