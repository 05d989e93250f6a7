import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import { DISTRACTORS } from './distractors';
import { EXTREME_BLOCKS } from './extreme-blocks';
import { FACTOR_BLOCKS } from './factor-blocks';
import { NUMBER_BLOCKS } from './number-blocks';
import { TableBuilder } from './table-builder';
import { THRESHOLD_BLOCKS } from './threshold-blocks';
import { VALUE_BLOCKS } from './value-blocks';

export interface RandomTable {
  readonly columns: readonly RuleColumn[];
  /** The rules that hold, without those that follow from them. */
  readonly planted: readonly Rule[];
}

/**
 * A table of 300–30,000 rows × about 4–40 columns in which some rules of all kinds hold, among columns without any.
 * @param seed decides columns and rules
 * @param rowSeed decides the values: another one gives further rows of the same table
 * @param rows overrides their number
 */
export function randomTable(seed: number, rowSeed = seed, rows?: number): RandomTable {
  const shape = new RandomStream(seed, 'shape');
  const drawnRows = Math.round(300 * 100 ** shape.uniform());
  const columns = 4 + shape.below(33);
  const t = new TableBuilder(rows ?? drawnRows, seed, rowSeed);
  const blocks = [...NUMBER_BLOCKS, ...VALUE_BLOCKS, ...THRESHOLD_BLOCKS];
  while (t.columns.length < columns) {
    const of = shape.uniform() < 0.45 ? DISTRACTORS : blocks;
    of[shape.below(of.length)]!(t);
  }
  // Drawn last, from streams of their own: the columns before are those of the same table without.
  const last = new RandomStream(seed, 'factors');
  if (last.uniform() < 0.7) FACTOR_BLOCKS[last.below(FACTOR_BLOCKS.length)]!(t);
  const extremes = new RandomStream(seed, 'extremes');
  if (extremes.uniform() < 0.4) EXTREME_BLOCKS[extremes.below(EXTREME_BLOCKS.length)]!(t);
  return { columns: t.columns, planted: t.planted };
}
