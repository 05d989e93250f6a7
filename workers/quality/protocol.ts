import type { AttackedColumns } from '../../src/domain/attacked-columns';
import type { AuditOutcome } from '../../src/domain/model-audit';
import type { ModelScores } from '../../src/domain/model-scores';
import type { ReportLimits } from '../../src/domain/report-limits';
import type { WholeReport } from '../../src/domain/reports';
import type { ReportRows, TableRows } from '../../src/domain/row-plan';
import type { TableRule } from '../../src/domain/rules';

/** The page's door to the metrics. */
export interface QualityApi {
  open(ports: { database: MessagePort; events: MessagePort }): Promise<void>;
  /** Computes a report. Progress arrives as events of `jobId`. */
  evaluate(jobId: string, request: EvaluateRequest): Promise<WholeReport>;
  /** Sums up what models say of rows, and tells which rows stand out. */
  auditFigures(jobId: string, scores: ModelScores, seed: number): Promise<AuditOutcome>;
  cancel(jobId: string): Promise<void>;
}

export interface EvaluateRequest {
  readonly reportId: string;
  /** Of the synthetic dataset, or of the source of rows that were made elsewhere. */
  readonly syntheticDatasetId: string;
  readonly syntheticTableId: string;
  /** What the synthetic table calls columns by the names of the training table; absent = the same. */
  readonly synthetic?: { readonly names: Readonly<Record<string, string>> };
  /** Names of the modelled columns; keys and excluded columns take no part. None = nothing was learned. */
  readonly columns: readonly string[];
  /** Columns that tell the rows of the training table apart; absent = none. */
  readonly keyColumns?: readonly string[];
  /** Rules of the table with the rows of `training` that keep them. */
  readonly rules: readonly TableRule[];
  readonly training: TableRows;
  /** Null = no holdout: no distance share. `origin` is told in the report. */
  readonly holdout: (ReportRows['holdout'] & { readonly names?: Readonly<Record<string, string>> }) | null;
  /** Whether it says how far accuracies would swing with other synthetic rows, to compare files by; absent = no. */
  readonly withScoreErrors?: true;
  /** What an attacker knows of a person and wants to learn; absent or null = proposed from names and values. */
  readonly attacked?: AttackedColumns | null;
  /** Seed of every random choice in the report. */
  readonly randomState: number;
  /**
   * What "original" means for the accuracies: training and holdout together (mostlyai-qa since 1.6.1, the
   * default) or the training rows alone.
   */
  readonly original: 'training+holdout' | 'training';
  /** How much it compares at most; absent = as by default. */
  readonly limits?: ReportLimits;
  /** Columns whose prediction tells how useful the rows are; absent = proposed ones. */
  readonly targets?: readonly string[];
}
