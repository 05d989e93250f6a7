import type { Comparison } from '../domain/comparison';
import type { EvaluationConfig, TableDifferences } from '../domain/evaluations';
import type { Report } from '../domain/reports';
import type { z } from '../domain/zod';
import type { LongCall } from './long-call';

/** What a person says of an evaluation; the rest has defaults. */
export type AskedEvaluation = z.input<typeof EvaluationConfig>;

/** What became of an evaluation. */
export interface Evaluation {
  /** The same in all its reports. */
  readonly id: string;
  /** In the order of the synthetic files. */
  readonly reports: readonly Report[];
  /** Files that could not be compared, and why. */
  readonly failed: readonly { readonly name: string; readonly problem: string }[];
}

/** Differences of one file from the original, before anything is computed. */
export interface FileDifferences extends TableDifferences {
  readonly set: 'holdout' | 'synthetic';
  readonly id: string;
  readonly name: string;
}

/**
 * Reports on any files: an original that a generator learned from, rows that it never saw, and one or more files of synthetic
 * rows, made here or elsewhere.
 */
export interface EvaluationsApi {
  /**
   * How names and types differ among the files; nothing is computed. The holdout comes first.
   * @example
   * const { id } = doppelgrid.sources.list().at(-1);
   * const config = { trainingSourceId: id, synthetic: [{ id }] };
   * console.table((await doppelgrid.evaluations.differences(config)).flatMap(({ sentences }) => sentences));
   */
  differences(config: AskedEvaluation): Promise<readonly FileDifferences[]>;
  /**
   * Writes a report for each file of synthetic rows. One that cannot be compared is told and does not keep the others.
   * @throws UserError `report/failed` if none can be, `config/invalid`
   */
  create(config: AskedEvaluation, options?: LongCall): Promise<Evaluation>;
  /** The reports that were asked for together, in the order of their files. @throws UserError `not-found` */
  reports(evaluationId: string): Promise<readonly Report[]>;
  /** The files of an evaluation side by side, with the best of each metric. */
  compare(evaluationId: string): Promise<Comparison>;
  /** The same as a file. */
  download(evaluationId: string, format: 'html' | 'json' | 'csv'): Promise<File>;
}
