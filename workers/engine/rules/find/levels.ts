import type { Cell } from '../../../../src/domain/rules';
import type { SampledColumn } from './sampled-column';

/** Columns of more distinct values are many-valued. */
export const MAX_FEW = 60;

/**
 * A column as few levels, missing among them: all values of a few-valued column; missing, zero and any other value of a
 * many-valued one.
 */
export interface LeveledColumn {
  readonly column: SampledColumn;
  readonly levels: Uint8Array;
  /** What each level stands for; undefined = any other value. */
  readonly cells: readonly (Cell | undefined)[];
  /** Rows of each level. */
  readonly counts: Uint32Array;
  /** Levels are ordered numbers. */
  readonly ordered: boolean;
}

/** Levels ascending for numbers, missing last. */
export function levelColumn(column: SampledColumn): LeveledColumn {
  const { codes, cells, present, type } = column;
  const few = cells.length <= MAX_FEW;
  const named: (Cell | undefined)[] = few ? [...cells] : [];
  if (few && type !== 'text') named.sort((a, b) => (a as number) - (b as number));
  if (!few) {
    if (type === 'number' && cells.includes(0)) named.push(0);
    named.push(undefined);
  }
  const other = few ? -1 : named.length - 1;
  if (present < codes.length) named.push(null);
  const position = new Map(named.map((cell, level) => [cell, level]));
  const levelOf = cells.map((cell) => position.get(cell) ?? other);
  const missing = named.length - 1;
  const levels = new Uint8Array(codes.length);
  const counts = new Uint32Array(named.length);
  for (let row = 0; row < levels.length; row++) {
    const level = codes[row]! < 0 ? missing : levelOf[codes[row]!]!;
    levels[row] = level;
    counts[level]!++;
  }
  return { column, levels, cells: named, counts, ordered: few && type !== 'text' && cells.length > 2 };
}

/** Rows of each pair of levels: `width` = levels of the second. */
export function crossTable(first: LeveledColumn, second: LeveledColumn, into: Uint32Array): Uint32Array {
  const width = second.cells.length;
  const table = into.subarray(0, first.cells.length * width).fill(0);
  const [a, b] = [first.levels, second.levels];
  for (let row = 0; row < a.length; row++) table[a[row]! * width + b[row]!]!++;
  return table;
}

/** How the filled cells of a table compare with what independence expects of them. */
export interface Unevenness {
  /** Shape of a gamma distribution of the ratios, by moments. */
  readonly shape: number;
  /** The ratio of the typical thin cell; null if no cell is thin. */
  readonly thin: number | null;
}

const MAX_SHAPE = 8;
const THIN = 0.12;

/**
 * Where filled cells are uneven or thin, an empty one means little: it may be the next thin one.
 * @param counts rows of cells
 * @param expected rows of the cells by independence; 0 for cells to leave out
 */
export function unevenness(counts: ArrayLike<number>, expected: ArrayLike<number>): Unevenness {
  let sum = 0;
  let squares = 0;
  let cells = 0;
  const thin: number[] = [];
  for (let i = 0; i < counts.length; i++) {
    if (expected[i]! < 5 || counts[i] === 0) continue;
    const ratio = counts[i]! / expected[i]!;
    sum += ratio;
    squares += ratio * ratio - ratio / expected[i]!;
    cells++;
    if (ratio < THIN) thin.push(ratio);
  }
  thin.sort((a, b) => a - b);
  const typical = thin[thin.length >> 1] ?? null;
  if (cells < 2) return { shape: MAX_SHAPE / 2, thin: typical };
  const mean = sum / cells;
  const variance = squares / cells - mean * mean;
  const shape = variance <= 0 ? MAX_SHAPE : (mean * mean) / variance;
  return { shape: Math.max(0.25, Math.min(MAX_SHAPE, shape)), thin: typical };
}

/** Chance that a cell with so many rows expected is empty, if its ratio is like that of the others or of the thin ones. */
export function chanceOfEmpty(expected: number, { shape, thin }: Unevenness): number {
  const uneven = (1 + expected / shape) ** -shape;
  return thin === null ? uneven : Math.max(uneven, Math.exp(-expected * thin));
}
