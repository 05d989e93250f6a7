import { TINY_ROWS } from '../../../../../src/domain/small-tables';
import { INPUT_LIMIT, type InputLimit } from './choose-inputs';

/** How fast the inputs kept grow with the rows: 41 % of a large table's at 300, 22 % at 100. */
const GROWTH = 0.6;
/** Sub-columns that a target keeps at least. */
const FEWEST_INPUTS = 3;

/**
 * Inputs that a target keeps of a table of so many training rows. What tells one row of a tiny table from all others is
 * the combination of many columns: fewer inputs let a model learn longer before it memorises, at more accuracy
 * (`bench/quality-log.md`, "Tiny tables with the privacy guard").
 * @param guarded the privacy guard is on; without it a tiny table is learned like a large one
 */
export function inputLimitOf(trainingRows: number, guarded: boolean): InputLimit {
  if (!guarded || trainingRows >= TINY_ROWS) return INPUT_LIMIT;
  const part = (trainingRows / TINY_ROWS) ** GROWTH;
  return {
    share: part * INPUT_LIMIT.share,
    fewest: Math.max(FEWEST_INPUTS, Math.round(part * INPUT_LIMIT.fewest)),
    most: Math.max(FEWEST_INPUTS, Math.round(part * INPUT_LIMIT.most)),
  };
}
