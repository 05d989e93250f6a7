import { MIN_EDGE, massAtBoundary } from './boundary';
import type { SampledColumn } from './sampled-column';

/** Rows of a level for it to say anything. */
const MIN_ROWS = 20;
const MIN_LEVELS = 3;
/** Share of the rows whose level is a boundary. */
const MIN_SHARE = 0.8;
/** Levels that the others' rows would break often enough. */
const MIN_TESTED = 2;

/**
 * Whether one of two numbers is a limit of few levels (sizes of shelves) and the other never passes it: rows come up to
 * the limit of their level and end there, although rows of other levels pass it.
 * @param needed violations that chance has to bring, for a level to be tested
 */
export function keepsLevels(low: SampledColumn, high: SampledColumn, needed: number): boolean {
  const isCap = high.cells.length < low.cells.length;
  const [levels, other] = isCap ? [high, low] : [low, high];
  if (low.type !== 'number' || levels.cells.length < MIN_LEVELS) return false;
  const gaps: number[][] = levels.cells.map(() => []);
  const sign = isCap ? 1 : -1;
  let rows = 0;
  for (let row = 0; row < levels.codes.length; row++) {
    const code = levels.codes[row]!;
    const gap = sign * (levels.numbers![row]! - other.numbers![row]!);
    if (code < 0 || Number.isNaN(gap)) continue;
    if (gap < 0) return false;
    gaps[code]!.push(gap);
    rows++;
  }
  let [ending, endingRows, tested] = [0, 0, 0];
  for (const [code, own] of gaps.entries()) {
    if (own.length < MIN_ROWS) continue;
    const positive = Float64Array.from(own.filter((gap) => gap > 0)).sort();
    if (massAtBoundary(positive, own.length - positive.length) < MIN_EDGE) continue;
    ending++;
    endingRows += own.length;
    if (own.length * passing(gaps, levels.cells as readonly number[], code, sign) >= needed) tested++;
  }
  return ending >= MIN_LEVELS && endingRows >= MIN_SHARE * rows && tested >= MIN_TESTED;
}

/** Share of the rows of other levels that pass the limit of this one. */
function passing(
  gaps: readonly (readonly number[])[],
  cells: readonly number[],
  code: number,
  sign: number,
): number {
  let [passed, compared] = [0, 0];
  for (const [other, own] of gaps.entries()) {
    if (other === code) continue;
    const step = sign * (cells[other]! - cells[code]!);
    for (const gap of own) if (gap < step) passed++;
    compared += own.length;
  }
  return compared === 0 ? 0 : passed / compared;
}
