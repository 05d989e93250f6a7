import type { ColumnData, NamedColumn } from '../../src/domain/column-data';
import type { Likeness, SdColumn } from '../../src/domain/likeness';
import { asFamily, familyOf } from './columns';
import { KeptRows } from './kept-rows';
import type { Pacer } from './pacing';
import type { ColumnPlan } from './read-sets';
import { sdColumn } from './sdmetrics/column-scores';
import { sdMetrics } from './sdmetrics/sd-metrics';

/** What is told of each column when it is read, and the rows that are kept of it. */
export class LikenessColumns {
  readonly sdColumns: SdColumn[] = [];
  readonly kept: KeptRows;

  /** @param columns that will come */
  constructor(columns: number, seed: number) {
    this.kept = new KeptRows(columns, seed);
  }

  add(training: NamedColumn, holdout: ColumnData | null, synthetic: ColumnData): void {
    const family = familyOf(training.storageType);
    const [real, drawn] = [asFamily(training.data, family), asFamily(synthetic, family)];
    this.sdColumns.push(sdColumn(training.name, real, drawn));
    this.kept.add({ ...training, data: real }, holdout && asFamily(holdout, family), drawn);
  }
}

/** Evidence beside accuracies and distances (docs/metrics.md). */
export async function likenessOf(
  { sdColumns, kept }: LikenessColumns,
  plan: ColumnPlan,
  pacer: Pacer,
): Promise<Likeness> {
  const all = plan.columns.length + plan.missing.length;
  const sdmetrics = await sdMetrics(
    sdColumns,
    kept.training,
    kept.synthetic,
    plan.columns.length / all,
    pacer,
  );
  return { sdmetrics };
}
