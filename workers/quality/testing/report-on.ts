import type { NamedColumn } from '../../../src/domain/column-data';
import type { WholeReport } from '../../../src/domain/reports';
import { ALL_ROWS } from '../../../src/domain/split';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import type { ThreadSource } from '../../../src/threads/thread';
import { MemoryDatabase } from '../../engine/testing/memory-database';
import { evaluate } from '../evaluate';
import type { EvaluateRequest } from '../protocol';
import type { ReportThreadApi } from '../report-thread-api';

/** A report on whole tables in memory. @param threads null = made on this thread alone */
export function reportOn(
  tables: {
    readonly training: readonly NamedColumn[];
    readonly holdout?: readonly NamedColumn[];
    readonly synthetic: readonly NamedColumn[];
  },
  overrides: Partial<EvaluateRequest> = {},
  threads: ThreadSource<ReportThreadApi> | null = null,
  job = quietJob(),
): Promise<WholeReport> {
  const { training, holdout, synthetic } = tables;
  const request: EvaluateRequest = {
    reportId: 'report',
    syntheticDatasetId: 'dataset',
    syntheticTableId: 'synthetic',
    columns: training.map(({ name }) => name),
    rules: [],
    training: { tableId: 'training', rows: ALL_ROWS },
    holdout: holdout ? { tableId: 'holdout', rows: ALL_ROWS, origin: 'file' } : null,
    randomState: 1,
    original: 'training+holdout',
    ...overrides,
  };
  const database = new MemoryDatabase({ training, synthetic, ...(holdout && { holdout }) });
  return evaluate(request, database, job, { update: () => undefined }, threads);
}
