import { columnLength, type NamedColumn } from '../../../src/domain/column-data';
import type { SdColumn, SdMetrics } from '../../../src/domain/likeness';
import type { RuleScore } from '../../../src/domain/reports';
import type { Pacer } from '../pacing';
import { constraintScores } from './constraint-scores';
import { sdPairs } from './pair-scores';

/**
 * SDMetrics' Quality and Diagnostic reports of the compared columns (docs/metrics.md, SDMetrics).
 * @param columns scores of whole columns
 * @param real,synthetic rows whose pairs are compared, in the order of the columns
 * @param structure share of columns and types that both tables have
 * @param kept how synthetic rows keep the rules, and the share of keys that no earlier row has; null = there is no key
 */
export async function sdMetrics(
  columns: readonly SdColumn[],
  real: readonly NamedColumn[],
  synthetic: readonly NamedColumn[],
  structure: number,
  kept: { readonly rules: readonly RuleScore[]; readonly key: number | null },
  pacer: Pacer,
): Promise<SdMetrics> {
  const { pairs, weakPairs } = await sdPairs(real, synthetic, pacer);
  const columnShapes = mean(columns.map(({ shape }) => shape));
  const columnPairTrends = mean(pairs.map(({ score }) => score));
  const dataValidity = mean([...columns.map(({ validity }) => validity), kept.key]);
  const constraints = constraintScores(kept.rules);
  const lowest = ({ shape, validity, format }: SdColumn) => Math.min(shape ?? 1, validity ?? 1, format ?? 1);
  return {
    quality: { score: mean([columnShapes, columnPairTrends]), columnShapes, columnPairTrends },
    diagnostic: {
      ...{ score: mean([dataValidity, structure])!, dataValidity, dataStructure: structure },
      formatValidity: mean(columns.map(({ format }) => format ?? null)),
      constraintValidity: mean(constraints.map(({ validity }) => validity)),
      ...(kept.key !== null && { keyUniqueness: kept.key }),
    },
    constraints,
    columns: [...columns].sort((a, b) => lowest(a) - lowest(b)),
    pairs,
    weakPairs,
    pairRows: real[0] ? columnLength(real[0].data) : 0,
  };
}

/** Of those that exist. */
function mean(scores: readonly (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}
