import type { NumberColumn } from '../../../../src/domain/column-data';
import type { PrivacyBudget } from '../../privacy/dp/privacy-budget';
import { type Cell, groupCells } from './group-cells';

/**
 * Bins of a number. Values are counted in steps of a grid of decimals. Codes: 0 missing, then the bins in their order.
 */
export interface NumberDomain {
  readonly kind: 'number';
  /** Milliseconds of a unit for dates and instants, else 1. */
  readonly unit: number;
  /** Decimals of the grid; negative = zeros. */
  readonly decimals: number;
  /** First step of each bin, ascending, and the step after the last. */
  readonly bins: readonly number[];
  readonly end: number;
}

const MIN_DECIMALS = -6;
const MAX_DECIMALS = 9;
/** Share of the numbers that may need more decimals than the grid has. */
const BELOW_GRID = 0.005;
/** Powers of two that the first cells are between. */
const POWERS = 60;
const PARTS = 16;
/** How often a cell is divided. */
const DIVISIONS = 3;
/** A cell is there, or divided, if its count exceeds its noise so many times. */
const PRESENT = 3.5;
const DIVIDED = 4;
/** … and divided if it holds more than this share of the rows. */
const DIVIDED_SHARE = 1 / 64;

/**
 * Finds decimals, range and bins of a column without any public bound, from noisy counts alone: of the decimals that
 * values need, of the powers of two that they lie between, and then of 16 parts of each full cell, again and again (a
 * tree of bounded depth in the manner of Zhang et al. 2016, "PrivTree"). A subject is in one cell of each table.
 * @param share of the budget for all of it
 */
export async function findBins(
  { values, nulls }: NumberColumn,
  unit: number,
  budget: PrivacyBudget,
  share: number,
  pause: () => Promise<void> = async () => {},
): Promise<NumberDomain> {
  const each = share / (2 + DIVISIONS);
  const sigma = budget.sigmaOf(each);
  const known: number[] = [];
  values.forEach((value, row) => {
    if (nulls?.[row] !== 1 && Number.isFinite(value)) known.push(value / unit);
  });
  const decimals = findGrid(known, budget, each, sigma);
  await pause();
  const grid = Float64Array.from(known, (value) => onGrid(value, decimals));
  const { cells, total } = firstCells(grid, budget, each, sigma);
  let open = cells;
  const leaves: Cell[] = [];
  for (let level = 0; level < DIVISIONS && open.length > 0; level++) {
    const divided = open.filter(
      ({ from, to, count }) => to - from > 1 && count > DIVIDED * sigma && count > DIVIDED_SHARE * total,
    );
    leaves.push(...open.filter((cell) => !divided.includes(cell)));
    open = divide(grid, divided, budget, each);
    await pause();
  }
  leaves.push(...open);
  leaves.sort((a, b) => a.from - b.from);
  const bins = groupCells(leaves, sigma, total);
  return { kind: 'number', unit, decimals, bins: bins.map(({ from }) => from), end: bins.at(-1)!.to };
}

/** The step of the grid that a value belongs to. */
export function toGrid({ unit, decimals }: NumberDomain, value: number): number {
  return onGrid(value / unit, decimals);
}

/** The value of a step. */
export function fromGrid({ unit, decimals }: NumberDomain, step: number): number {
  const value = decimals >= 0 ? step / 10 ** decimals : step * 10 ** -decimals;
  return value * unit;
}

/** Code of a step; those outside the range belong to the outermost bins. */
export function codeOfGrid({ bins }: NumberDomain, step: number): number {
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bins[middle]! <= step) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function onGrid(value: number, decimals: number): number {
  return Math.round(decimals >= 0 ? value * 10 ** decimals : value / 10 ** -decimals);
}

/** The fewest decimals that all values but a few need. Zeros need none and say nothing. */
function findGrid(values: readonly number[], budget: PrivacyBudget, share: number, sigma: number): number {
  const needing = new Array<number>(MAX_DECIMALS - MIN_DECIMALS + 1).fill(0);
  for (const value of values) if (value !== 0) needing[decimalsOf(value) - MIN_DECIMALS]!++;
  const noisy = budget.count('domains: decimals', needing, share);
  const total = noisy.reduce((sum, count) => sum + Math.max(0, count), 0);
  let finer = 0;
  for (let k = noisy.length - 1; k > 0; k--) {
    if (noisy[k]! > PRESENT * sigma) finer += noisy[k]!;
    if (finer > BELOW_GRID * total) return MIN_DECIMALS + k;
  }
  return total > PRESENT * sigma ? MIN_DECIMALS : 0;
}

function decimalsOf(value: number): number {
  for (let decimals = MIN_DECIMALS; decimals < MAX_DECIMALS; decimals++) {
    const step = onGrid(value, decimals);
    if ((decimals >= 0 ? step / 10 ** decimals : step * 10 ** -decimals) === value) return decimals;
  }
  return MAX_DECIMALS;
}

/** The cells between powers of two from the lowest that is there to the highest, 0 alone; and about how many rows. */
function firstCells(
  grid: Float64Array,
  budget: PrivacyBudget,
  share: number,
  sigma: number,
): { cells: Cell[]; total: number } {
  const counts = new Array<number>(2 * POWERS + 1).fill(0);
  for (const step of grid) {
    const power = step === 0 ? 0 : Math.min(POWERS, Math.floor(Math.log2(Math.abs(step))) + 1);
    counts[POWERS + Math.sign(step) * power]!++;
  }
  const noisy = budget.count('domains: ranges', counts, share);
  const there = [...noisy.keys()].filter((k) => noisy[k]! > PRESENT * sigma);
  // Nothing seen: one cell around 0.
  const [first, last] = [there[0] ?? POWERS, there.at(-1) ?? POWERS];
  const cells: Cell[] = [];
  for (let k = first; k <= last; k++) {
    const power = k - POWERS;
    const [from, to] =
      power === 0
        ? [0, 1]
        : power > 0
          ? [2 ** (power - 1), 2 ** power]
          : [1 - 2 ** -power, 1 - 2 ** (-power - 1)];
    cells.push({ from, to, count: noisy[k]! });
  }
  return { cells, total: there.reduce((sum, k) => sum + noisy[k]!, 0) };
}

/** Equal parts of cells, or single steps of small ones, with noisy counts. */
function divide(grid: Float64Array, cells: readonly Cell[], budget: PrivacyBudget, share: number): Cell[] {
  const parts = cells.flatMap(({ from, to }) => {
    const width = Math.max(1, Math.ceil((to - from) / PARTS));
    const count = Math.ceil((to - from) / width);
    return Array.from({ length: count }, (_, k) => ({
      from: from + k * width,
      to: Math.min(to, from + (k + 1) * width),
      count: 0,
    }));
  });
  if (parts.length === 0) return [];
  for (const step of grid) {
    let [low, high] = [0, parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (parts[middle]!.from <= step) low = middle;
      else high = middle - 1;
    }
    if (parts[low]!.from <= step && step < parts[low]!.to) parts[low]!.count++;
  }
  const noisy = budget.count(
    'domains: ranges',
    parts.map(({ count }) => count),
    share,
  );
  return parts.map((part, k) => ({ ...part, count: noisy[k]! }));
}
