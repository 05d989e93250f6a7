import type { WholeReport } from '../../src/domain/reports';
import type { ReportRows, TableRows } from '../../src/domain/row-plan';
import type { TableRule } from '../../src/domain/rules';

/** The page's door to the metrics. */
export interface QualityApi {
  open(ports: { database: MessagePort; events: MessagePort }): Promise<void>;
  /** Computes a report. Progress arrives as events of `jobId`. */
  evaluate(jobId: string, request: EvaluateRequest): Promise<WholeReport>;
  cancel(jobId: string): Promise<void>;
}

export interface EvaluateRequest {
  readonly reportId: string;
  readonly syntheticDatasetId: string;
  readonly syntheticTableId: string;
  /** Names of the modelled columns; keys and excluded columns take no part. None = nothing was learned. */
  readonly columns: readonly string[];
  /** Rules of the table with the rows of `training` that keep them. */
  readonly rules: readonly TableRule[];
  readonly training: TableRows;
  /** Null = no holdout: no distance share. `origin` is told in the report. */
  readonly holdout: ReportRows['holdout'] | null;
  /** Seed of every random choice in the report. */
  readonly randomState: number;
  /**
   * What "original" means for the accuracies: training and holdout together (mostlyai-qa since 1.6.1, the
   * default) or the training rows alone.
   */
  readonly original: 'training+holdout' | 'training';
  /** Columns whose prediction tells how useful the rows are; absent = proposed ones. */
  readonly targets?: readonly string[];
}
