import { type ColumnData, concatenate, type NamedColumn, takeRows } from '../../src/domain/column-data';
import type { ColumnStatistics, Correlations, Likeness, SdColumn } from '../../src/domain/likeness';
import type { ReportLimits } from '../../src/domain/report-limits';
import type { RuleScore } from '../../src/domain/reports';
import type { OriginalRows } from './charts/original-rows';
import { asFamily, familyOf } from './columns';
import { KeptRows } from './kept-rows';
import type { Parts } from './parts/parts';
import type { EvaluateRequest } from './protocol';
import type { ColumnPlan } from './read-sets';
import { sdColumn } from './sdmetrics/column-scores';
import { sdMetrics } from './sdmetrics/sd-metrics';
import { columnStatistics } from './statistics/column-statistics';
import { MissingPatterns } from './statistics/missing-patterns';
import { RepeatedRows } from './statistics/repeated-rows';
import { detect } from './usefulness/detection';
import { usefulness } from './usefulness/usefulness';

/** What is told of each column when it is read, and the rows that are kept of it. */
export class LikenessColumns {
  readonly sdColumns: SdColumn[] = [];
  readonly statistics: ColumnStatistics[] = [];
  readonly missing = new MissingPatterns();
  readonly repeated = new RepeatedRows();
  readonly kept: KeptRows;

  /** @param columns that will come */
  constructor(columns: number, seed: number) {
    this.kept = new KeptRows(columns, seed);
  }

  /**
   * @param together whether the holdout's rows follow those of training in the original
   * @param oneOfEach rows of the original, one of each person; null = all
   */
  add(
    training: NamedColumn,
    holdout: ColumnData | null,
    synthetic: ColumnData,
    together: boolean,
    oneOfEach: Uint32Array | null,
  ): void {
    const family = familyOf(training.storageType);
    const [real, drawn] = [asFamily(training.data, family), asFamily(synthetic, family)];
    const unseen = holdout && asFamily(holdout, family);
    const original = unseen && together ? concatenate(real, unseen) : real;
    const people = oneOfEach ? takeRows(original, oneOfEach) : original;
    this.sdColumns.push(sdColumn(training.name, real, drawn, family));
    this.statistics.push(columnStatistics({ ...training, data: original }, people, drawn));
    this.missing.add(training.name, original, drawn);
    this.repeated.add(real, unseen, drawn);
    this.kept.add({ ...training, data: real }, unseen, drawn);
  }
}

/** Evidence beside accuracies and distances (docs/metrics.md). */
export async function likenessOf(
  { sdColumns, statistics, missing, repeated, kept }: LikenessColumns,
  correlations: Correlations,
  rows: OriginalRows,
  plan: ColumnPlan,
  { randomState, targets }: Pick<EvaluateRequest, 'randomState' | 'targets'>,
  validity: { readonly rules: readonly RuleScore[]; readonly key: number | null },
  limits: ReportLimits,
  parts: Parts,
): Promise<Likeness> {
  const all = plan.columns.length + plan.missing.length;
  const [detection, useful, sdmetrics] = await Promise.all([
    detect(kept, randomState, limits, parts),
    usefulness(kept, correlations, targets ?? null, randomState, limits, parts),
    sdMetrics(sdColumns, kept.training, kept.synthetic, plan.columns.length / all, validity, parts.pacer),
  ]);
  return {
    correlations,
    sdmetrics,
    usefulness: useful,
    ...(detection && { detection }),
    statistics,
    missing: missing.told(rows),
    duplicates: repeated.told(),
  };
}
