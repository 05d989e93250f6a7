import { codeColumn, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import type { ReadColumn } from './extra-columns';

/** Stretches of rows that are compared, and levels of a column. */
const STRETCHES = 20;
const LEVELS = 8;
/** Standard deviations by which the χ² of levels and stretches must exceed what chance brings. */
const MIN_EXCESS = 6;

/**
 * Whether a column besides those that are numbered goes with the order of the rows: values rise, fall or come in turns.
 * Rows in such an order cannot be numbered anew.
 */
export async function followsRows(
  features: readonly FeatureColumn[],
  numbered: ReadonlySet<string>,
  read: ReadColumn,
): Promise<boolean> {
  for (const { schema } of features) {
    if (!numbered.has(schema.name) && changesAlong(await read(schema.name))) return true;
  }
  return false;
}

/** χ² test of independence between stretches of rows and levels of a column (Pearson 1900), as a normal deviate. */
export function changesAlong(column: RuleColumn): boolean {
  const levels = levelsOf(column);
  const width = LEVELS + 1;
  const stretches = Math.min(STRETCHES, Math.floor(levels.length / 10));
  if (stretches < 2) return false;
  const counts = new Float64Array(stretches * width);
  const byLevel = new Float64Array(width);
  const byStretch = new Float64Array(stretches);
  levels.forEach((level, row) => {
    const stretch = Math.floor((row * stretches) / levels.length);
    counts[stretch * width + level]!++;
    byLevel[level]!++;
    byStretch[stretch]!++;
  });
  let chi = 0;
  const used = byLevel.filter((count) => count > 0).length;
  for (let s = 0; s < stretches; s++) {
    for (let l = 0; l < width; l++) {
      const expected = (byStretch[s]! * byLevel[l]!) / levels.length;
      if (expected > 0) chi += (counts[s * width + l]! - expected) ** 2 / expected;
    }
  }
  const freedom = (stretches - 1) * (used - 1);
  if (freedom <= 0) return false;
  return (chi - freedom) / Math.sqrt(2 * freedom) > MIN_EXCESS || repeats(levels, byLevel);
}

/** Whether neighbouring rows share their level more or less often than others: what comes in turns. */
function repeats(levels: Int32Array, byLevel: Float64Array): boolean {
  const pairs = levels.length - 1;
  const share = byLevel.reduce((sum, count) => sum + (count / levels.length) ** 2, 0);
  let equal = 0;
  for (let row = 0; row < pairs; row++) if (levels[row] === levels[row + 1]) equal++;
  return Math.abs(equal - share * pairs) > MIN_EXCESS * Math.sqrt(Math.max(1, pairs * share * (1 - share)));
}

/** Levels of about as many rows: ranges of numbers, the most frequent texts; missing values and other texts are one each. */
function levelsOf(column: RuleColumn): Int32Array {
  if (column.data.kind === 'text') {
    const { codes, cells } = codeColumn(column);
    const counts = new Uint32Array(cells.length);
    for (const code of codes) if (code >= 0) counts[code]!++;
    const order = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!);
    const level = new Int32Array(cells.length).fill(LEVELS);
    for (const [rank, code] of order.slice(0, LEVELS - 1).entries()) level[code] = rank;
    return codes.map((code) => (code < 0 ? LEVELS - 1 : level[code]!));
  }
  const values = numbersOf(column);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const ends = Array.from(
    { length: LEVELS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / LEVELS)]!,
  );
  return Int32Array.from(values, (value) =>
    Number.isNaN(value) ? LEVELS : ends.filter((end) => value >= end).length,
  );
}
