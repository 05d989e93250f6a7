import type { ColumnData, NamedColumn } from '../../../src/domain/column-data';
import { columnLength, concatenate, takeRows } from '../../../src/domain/column-data';
import type { Estimated } from '../../../src/domain/intervals';
import { normalInterval } from '../../../src/domain/intervals';
import type { Detection } from '../../../src/domain/likeness';
import { allowance, type ReportLimits } from '../../../src/domain/report-limits';
import { roundTo } from '../accuracy/distribution';
import type { Estimate } from '../attacks/attack-figures';
import { sampleRows } from '../distances/sampling';
import type { KeptRows } from '../kept-rows';
import type { Parts } from '../parts/parts';
import { crossValidatedAuc } from '../similarity/discriminator';
import { DEFAULT_BOOSTING } from '../trees/boosting';
import type { Feature } from '../trees/features';
import { columnFeatures } from './column-features';

/** Of the rows that other trees learn of: these are cross-validated. */
const SHARE = 0.5;
/** Cells of a set at most; more where more rows are asked for. */
const MAX_CELLS = 6e5;
/** Fewer rows of a set tell nothing. */
const MIN_ROWS = 50;

/**
 * The classifier two-sample test (Lopez-Paz & Oquab 2017, "Revisiting classifier two-sample tests") with boosted trees on the
 * columns themselves; null of few rows (docs/metrics.md, Detection).
 */
export async function detect(
  kept: KeptRows,
  seed: number,
  limits: ReportLimits,
  parts: Parts,
): Promise<Detection | null> {
  const against = kept.holdout.length > 0 ? 'holdout' : 'training';
  const sets = [kept.training, kept.holdout, kept.synthetic].filter((set) => set.length > 0);
  const smallest = Math.min(...sets.map((set) => columnLength(set[0]!.data)));
  const cells = MAX_CELLS * allowance(limits, 'treeRows');
  const rows = Math.floor(Math.min(smallest, SHARE * limits.treeRows, cells / kept.training.length));
  if (rows < MIN_ROWS) return null;
  const tell = async (first: readonly NamedColumn[], second: readonly NamedColumn[]) => {
    const features: Feature[] = [];
    for (const [c, { data }] of first.entries()) {
      const both = concatenate(take(data, rows, seed, 'first'), take(second[c]!.data, rows, seed, 'second'));
      features.push(columnFeatures([both])[0]!);
      if (parts.pacer.advance(0)) await parts.pacer.yield();
    }
    return estimated(await crossValidatedAuc(features, rows, seed, DEFAULT_BOOSTING, parts));
  };
  const [synthetic, reference] = await Promise.all([
    tell(kept[against], kept.synthetic),
    against === 'holdout' ? tell(kept.training, kept.holdout) : null,
  ]);
  return { synthetic, reference, against, rows };
}

function take(data: ColumnData, rows: number, seed: number, set: string): ColumnData {
  return takeRows(data, sampleRows(columnLength(data), rows, seed, `detection ${set}`));
}

/** With its 95 % interval, to 4 decimals. */
export function estimated({ value, error }: Estimate): Estimated {
  const { low, high } = normalInterval(value, error);
  return {
    value: roundTo(value, 4),
    low: roundTo(Math.max(Math.min(0, value), low), 4),
    high: roundTo(Math.min(1, high), 4),
  };
}
