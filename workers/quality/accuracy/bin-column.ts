import type { ColumnData, NamedColumn } from '../../../src/domain/column-data';
import { asFamily, familyOf } from '../columns';
import { applyBins, type Bins, binCount, learnBins } from './bins';
import type { BinCodes } from './joint-scores';
import { drawTokens, isFreeText } from './text-tokens';

/** A column cut into the original's bins. */
export interface BinnedColumn extends BinCodes {
  readonly name: string;
  readonly bins: Bins;
  /** True if the bins are of tokens of its texts instead of whole values. */
  readonly freeText: boolean;
}

/**
 * Learns bins on `original` and sorts both sets into them (docs/metrics.md, Bins and Free text).
 * @param count bins where values allow; by default those of the accuracies
 */
export function binColumn(
  original: NamedColumn,
  synthetic: ColumnData,
  seed: number,
  count?: number,
): BinnedColumn {
  const family = familyOf(original.storageType);
  let ours = asFamily(original.data, family);
  let theirs = asFamily(synthetic, family);
  const freeText = ours.kind === 'text' && isFreeText(ours);
  if (freeText && ours.kind === 'text' && theirs.kind === 'text') {
    ours = drawTokens(ours, seed, `tokens of original ${original.name}`);
    theirs = drawTokens(theirs, seed, `tokens of synthetic ${original.name}`);
  }
  const bins = learnBins(ours, family, count);
  return {
    name: original.name,
    bins,
    freeText,
    size: binCount(bins),
    original: applyBins(bins, ours),
    synthetic: applyBins(bins, theirs),
  };
}
