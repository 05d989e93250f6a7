import { type AttackRows, type CodedRows, countBetween } from './attack-rows';

/** Equal stretches of ranks that a column is cut into; all rows of one value lie in one stretch. */
const RESOLUTIONS = [25, 50, 100, 200] as const;

/** Rows that a window around a value is as wide as. */
const WINDOW_ROWS = [20, 30, 45] as const;

/** Stretches per column of a cell, coarse to fine. */
const LEVELS = { pairs: [32, 64, 128], triples: [32, 64] } as const;

/** Combinations of columns that are counted; of more, so many evenly spread. */
const MAX_COMBINATIONS = 500;

/** Added to each count, in synthetic rows. */
const PRIOR = 0.5;

/**
 * The marginals attack: what each column alone says, summed. Per column the logarithm of the share of synthetic rows in
 * the target's bin over the share of reference rows, averaged over bins of several widths (the likelihood-ratio test of
 * Homer et al. 2008, "Resolving individuals contributing trace amounts of DNA", in the form of Sankararaman et al.
 * 2009, "Genomic privacy and limits of individual detection in a pool").
 * @returns [target], larger for members
 */
export function marginalsAttack({ ordered, targets, synthetic, reference }: AttackRows): Float64Array {
  const scores = new Float64Array(targets[0]?.length ?? 0);
  targets.forEach((_, c) => {
    const resolutions = ordered[c] ? RESOLUTIONS : [1];
    for (const resolution of resolutions) {
      const [own, drawn, known] = [targets, synthetic, reference].map((set) =>
        levels(set[c]!, ordered[c]!, resolution),
      );
      addRatios(own!, drawn!, known!, 1 / resolutions.length, scores);
    }
  });
  return scores;
}

/**
 * The same with windows around each value that are as wide as few rows: a model may follow the data that closely.
 * Categories count as they are. @returns [target]
 */
export function fineMarginalsAttack(rows: AttackRows): Float64Array {
  const { ordered, targets, synthetic, reference, trained } = rows;
  const scores = new Float64Array(targets[0]?.length ?? 0);
  targets.forEach((own, c) => {
    const [drawn, known] = [synthetic[c]!.slice().sort(), reference[c]!.slice().sort()];
    const scale = drawn.length / known.length;
    const reaches = ordered[c] ? WINDOW_ROWS.map((count) => count / 2 / trained) : [0];
    for (const reach of reaches) {
      for (let row = 0; row < scores.length; row++) {
        const [from, to] = [own[row]! - reach, own[row]! + reach];
        const expected = countBetween(known, from, to) * scale;
        const ratio = (countBetween(drawn, from, to) + PRIOR) / (expected + PRIOR);
        scores[row]! += Math.log(ratio) / reaches.length;
      }
    }
  });
  return scores;
}

/** Which cells are counted. */
export interface CountedCells {
  /** Stretches per column. */
  readonly levels: readonly number[];
  /** Combinations of columns at most. */
  readonly combinations: number;
}

/**
 * The same with the cells of pairs or triples of columns, averaged over cells of several sizes.
 * @returns [target]
 */
export function cellsAttack(rows: AttackRows, kind: keyof typeof LEVELS): Float64Array {
  const steps = cellsSteps(rows, kind, { levels: LEVELS[kind], combinations: MAX_COMBINATIONS });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The cells attack, combination by combination. @returns [target], once all are counted */
export function* cellsSteps(
  { ordered, targets, synthetic, reference }: AttackRows,
  kind: keyof typeof LEVELS,
  counted: CountedCells,
): Generator<undefined, Float64Array> {
  const scores = new Float64Array(targets[0]?.length ?? 0);
  const all = combinations(ordered.length, kind === 'pairs' ? 2 : 3);
  const step = Math.max(1, all.length / counted.combinations);
  for (const resolution of counted.levels) {
    const [own, drawn, known] = [targets, synthetic, reference].map((rows: CodedRows) =>
      rows.map((column, c) => levels(column, ordered[c]!, resolution)),
    );
    const cells = [own!, drawn!, known!].map((rows) => new Float64Array(rows[0]!.length));
    for (let at = 0; at < all.length; at += step) {
      const columns = all[Math.floor(at)]!;
      const [targetCells, drawnCells, knownCells] = [own!, drawn!, known!].map((rows, set) =>
        joined(rows, columns, cells[set]),
      );
      addRatios(targetCells!, drawnCells!, knownCells!, 1 / counted.levels.length, scores);
      yield;
    }
  }
  return scores;
}

/** Sets of so many of the first whole numbers. */
export function combinations(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, last) =>
    combinations(last, size - 1).map((others) => [...others, last]),
  ).flat();
}

/** Level of each value, from 0; missing values have one of their own. */
export function levels(column: Float32Array, ordered: boolean, resolution: number): Int32Array {
  const result = new Int32Array(column.length);
  for (let row = 0; row < result.length; row++) {
    const value = column[row]!;
    if (!ordered) result[row] = value + 1;
    else result[row] = value < 0 ? 0 : 1 + Math.floor(value * resolution);
  }
  return result;
}

const STRIDE = 1 << 15;

/** The cell of each row in some columns together. @param cells is written over */
export function joined(
  rows: readonly Int32Array[],
  columns: readonly number[],
  cells = new Float64Array(rows[0]!.length),
): Float64Array {
  cells.fill(0);
  for (const column of columns) {
    const own = rows[column]!;
    for (let row = 0; row < cells.length; row++)
      cells[row] = cells[row]! * STRIDE + Math.min(own[row]!, STRIDE - 1);
  }
  return cells;
}

type Cells = Int32Array | Float64Array;

function addRatios(
  targets: Cells,
  synthetic: Cells,
  reference: Cells,
  weight: number,
  scores: Float64Array,
): void {
  const { slots, counts } = countCells(targets, [synthetic, reference]);
  const [drawn, known] = counts;
  const scale = synthetic.length / reference.length;
  for (let row = 0; row < targets.length; row++) {
    const slot = slots[row]!;
    scores[row]! += weight * Math.log((drawn![slot]! + PRIOR) / (known![slot]! * scale + PRIOR));
  }
}

/** Counts of the cells that rows lie in. */
export interface CellCounts {
  /** Where the counts of each row's cell stand. */
  readonly slots: Int32Array;
  /** [set][slot], rows of a set in the cell */
  readonly counts: readonly Uint32Array[];
}

/**
 * How many rows of other sets lie in the cells of some rows: in a hash table of open addressing, at most half full, which is
 * many times as fast as a Map. It holds the cells of the rows alone, which are few.
 * @param cells of the rows, from 0
 */
export function countCells(cells: Cells, sets: readonly Cells[]): CellCounts {
  const size = 2 ** Math.ceil(Math.log2(2 * cells.length + 2));
  const table = new Float64Array(size).fill(NONE);
  const slots = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const slot = slotOf(table, cells[row]!);
    table[slot] = cells[row]!;
    slots[row] = slot;
  }
  const counts = sets.map((set) => {
    const own = new Uint32Array(size);
    for (let row = 0; row < set.length; row++) {
      const slot = slotOf(table, set[row]!);
      if (table[slot] !== NONE) own[slot]!++;
    }
    return own;
  });
  return { slots, counts };
}

const NONE = -1;

/** Where the cell is, or would be. */
function slotOf(table: Float64Array, cell: number): number {
  const mask = table.length - 1;
  const [low, high] = [cell | 0, Math.floor(cell / 2 ** 32) | 0];
  let slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  slot = (slot ^ (slot >>> 15)) & mask;
  while (table[slot] !== NONE && table[slot] !== cell) slot = (slot + 1) & mask;
  return slot;
}
