import type { Cell, RuleOf } from '../../../../src/domain/rules';
import { chanceOfEmpty, crossTable, type LeveledColumn, unevenness } from './levels';
import type { Pacer } from './pacer';
import type { SampledColumn } from './sampled-column';

/** Two values that never meet. */
export interface Exclusion {
  readonly first: SampledColumn;
  readonly second: SampledColumn;
  readonly combinations: readonly (readonly [Cell, Cell])[];
}

const MIN_EXPECTED = 10;
/** So many expected rows, and this share of all, are a rule however uneven the table is. */
const SURE = 200;
const SURE_SHARE = 0.01;
/** Chance findings per table that are put up with. */
const ALPHA = 0.05;
/** Of an ordered column's neighbouring cells, this share of what independence expects has to be there. */
const FILLED = 0.3;

/**
 * Combinations of few-valued columns that never occur although chance would bring them often.
 * @param skip combinations that other rules exclude
 */
export async function findExclusions(
  columns: readonly LeveledColumn[],
  skip: (first: SampledColumn, second: SampledColumn, cells: readonly [Cell, Cell]) => boolean,
  pacer: Pacer,
): Promise<Exclusion[]> {
  const found: Exclusion[] = [];
  const table = new Uint32Array(64 * 64);
  const few = columns.filter(({ cells }) => cells.length > 1);
  const levels = few.reduce((sum, { cells }) => sum + cells.length, 0);
  const tests = Math.max(1, (levels * levels) / 2);
  for (const [i, first] of few.entries()) {
    for (const second of few.slice(i + 1)) {
      const empty = emptyCells(first, second, crossTable(first, second, table), tests);
      const combinations = empty.filter((cells) => !skip(first.column, second.column, cells));
      if (combinations.length > 0) found.push({ first: first.column, second: second.column, combinations });
      if (pacer.due) await pacer.tick();
    }
  }
  return found;
}

function emptyCells(
  first: LeveledColumn,
  second: LeveledColumn,
  table: Uint32Array,
  tests: number,
): (readonly [Cell, Cell])[] {
  const rows = first.levels.length;
  const width = second.cells.length;
  const expected = new Float64Array(first.cells.length * width);
  let promising = false;
  for (let a = 0; a < first.cells.length; a++) {
    for (let b = 0; b < width; b++) {
      const e = (first.counts[a]! * second.counts[b]!) / rows;
      expected[a * width + b] = e;
      if (e >= MIN_EXPECTED && table[a * width + b] === 0) promising = true;
    }
  }
  if (!promising) return [];
  const uneven = unevenness(table, expected);
  const sure = Math.max(SURE, SURE_SHARE * rows);
  const combinations: (readonly [Cell, Cell])[] = [];
  for (let a = 0; a < first.cells.length; a++) {
    for (let b = 0; b < width; b++) {
      const at = a * width + b;
      const [one, two] = [first.cells[a], second.cells[b]];
      if (table[at] !== 0 || one === undefined || two === undefined) continue;
      if (expected[at]! < MIN_EXPECTED) continue;
      if (expected[at]! < sure && chanceOfEmpty(expected[at]!, uneven) * tests > ALPHA) continue;
      if (!neighboursFilled(first, a, b, width, 0, table, expected)) continue;
      if (!neighboursFilled(second, a, b, width, 1, table, expected)) continue;
      combinations.push([one, two]);
    }
  }
  return combinations;
}

/** Along an ordered column, cells on both sides have to be filled: else rows thin out towards a corner. */
function neighboursFilled(
  { ordered, cells }: LeveledColumn,
  a: number,
  b: number,
  width: number,
  axis: 0 | 1,
  table: Uint32Array,
  expected: Float64Array,
): boolean {
  if (!ordered) return true;
  const level = axis === 0 ? a : b;
  const last = cells.at(-1) === null ? cells.length - 2 : cells.length - 1;
  if (level > last) return true;
  return [level - 1, level + 1].every((next) => {
    if (next < 0 || next > last) return false;
    const at = axis === 0 ? next * width + b : a * width + next;
    return table[at]! >= FILLED * expected[at]! && table[at]! > 0;
  });
}

/** Leaves out what coarser columns exclude already: a city never in a country whose region is never there. */
export function reduceExclusions(
  found: readonly Exclusion[],
  decides: (from: SampledColumn, to: SampledColumn) => boolean,
): RuleOf<'excluded-combinations'>[] {
  const pairs = new Set(found.map(({ first, second }) => `${first.at} ${second.at}`));
  const known = (a: SampledColumn, b: SampledColumn) =>
    pairs.has(`${a.at} ${b.at}`) || pairs.has(`${b.at} ${a.at}`);
  const sides = [...new Set(found.flatMap(({ first, second }) => [first, second]))];
  const coarser = (column: SampledColumn, other: SampledColumn) =>
    sides.some(
      (next) =>
        next !== column &&
        next !== other &&
        decides(column, next) &&
        (!decides(next, column) || next.at < column.at) &&
        known(next, other),
    );
  return found
    .filter(({ first, second }) => !coarser(first, second) && !coarser(second, first))
    .map(({ first, second, combinations }) => ({
      kind: 'excluded-combinations',
      columns: [first.name, second.name],
      combinations: combinations.map(([a, b]) => [a, b]),
    }));
}
