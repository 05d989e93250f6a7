import type { NamedColumn } from '../../../src/domain/column-data';
import type { SdColumn, SdMetrics } from '../../../src/domain/likeness';
import type { Pacer } from '../pacing';
import { sdPairs } from './pair-scores';

/**
 * SDMetrics' Quality and Diagnostic reports of the compared columns (docs/metrics.md, SDMetrics).
 * @param columns scores of whole columns
 * @param real,synthetic rows whose pairs are compared, in the order of the columns
 * @param structure share of columns and types that both tables have
 */
export async function sdMetrics(
  columns: readonly SdColumn[],
  real: readonly NamedColumn[],
  synthetic: readonly NamedColumn[],
  structure: number,
  pacer: Pacer,
): Promise<SdMetrics> {
  const { pairs, weakPairs } = await sdPairs(real, synthetic, pacer);
  const columnShapes = mean(columns.map(({ shape }) => shape));
  const columnPairTrends = mean(pairs.map(({ score }) => score));
  const dataValidity = mean(columns.map(({ validity }) => validity));
  const lowest = ({ shape, validity }: SdColumn) => Math.min(shape ?? 1, validity ?? 1);
  return {
    quality: { score: mean([columnShapes, columnPairTrends]), columnShapes, columnPairTrends },
    diagnostic: { score: mean([dataValidity, structure])!, dataValidity, dataStructure: structure },
    columns: [...columns].sort((a, b) => lowest(a) - lowest(b)),
    pairs,
    weakPairs,
  };
}

/** Of those that exist. */
function mean(scores: readonly (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}
