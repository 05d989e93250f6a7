import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { GenerationOrder, SamplingMethod } from '../../../../../src/domain/synthetic-datasets';

/** Fewer rows are drawn independently: balanced draws would visibly depend on each other. */
const BALANCED_FROM = 1000;

const LARGEST_GROUP = 8192;
const SMALLEST_GROUP = 1024;
/** Probabilities a backend may hold at once for one group, rows × codes. */
const GROUP_PROBABILITIES = 4_000_000;
/** Column orders of a generation in rotated or random order (docs/model.md, Sampling). */
const MAX_ORDERS = 32;
/** Rows that each order should have. */
const MIN_ROWS_PER_ORDER = 128;

export interface GroupRequest {
  readonly rows: number;
  readonly columnCount: number;
  /** Columns at the end that are drawn first. */
  readonly factorCount?: number;
  /** Probabilities of a row that are held at once, at most. */
  readonly maxProbabilities: number;
  readonly order: GenerationOrder;
  /** Columns that rotations begin at; absent = every one. */
  readonly starts?: readonly number[];
  readonly sampling: SamplingMethod;
  readonly seed: number;
  /** Columns that no order but the table's draws the other way round. Absent = none. */
  readonly ahead?: readonly Ahead[];
}

/** A column that is drawn before another one, which stands behind it in the table. */
export interface Ahead {
  readonly early: number;
  readonly late: number;
}

/** Rows drawn together. */
export interface Group {
  /** Absolute number of the first row. */
  readonly row0: number;
  readonly rows: number;
  readonly sampling: SamplingMethod;
  readonly seed: number;
  /** Columns in the order they are drawn. */
  readonly columns: readonly number[];
}

/**
 * Cuts a generation into groups by its size, the model and the seed alone, so that the rows do not depend on how they
 * are streamed. Draws are balanced within a group. In random order each group has a column order of its own, in
 * rotated order each starts at another column.
 */
export function* planGroups(request: GroupRequest): Generator<Group> {
  const { rows, factorCount = 0, seed, ahead = [] } = request;
  const columnCount = request.columnCount - factorCount;
  const factors = Array.from({ length: factorCount }, (_, k) => columnCount + k);
  const sampling = rows < BALANCED_FROM ? 'independent' : request.sampling;
  const starts = startsOf(columnCount, ahead, request.starts);
  const orders = orderCount(request, starts.length);
  const size = groupSize(request, orders);
  for (let row0 = 0, index = 0; row0 < rows; row0 += size, index++) {
    const stream = new RandomStream(seed, hashText(`group ${index}`));
    const columns =
      request.order === 'random'
        ? inOrder([...stream.permutation(columnCount)], ahead)
        : startingAt(startOf(request.order, index % orders, orders, starts), columnCount);
    // Independent rows draw by their absolute number, so one seed serves all groups.
    const groupSeed = sampling === 'balanced' ? stream.word() : seed;
    yield {
      row0,
      rows: Math.min(size, rows - row0),
      sampling,
      seed: groupSeed,
      columns: [...factors, ...columns],
    };
  }
}

/** Column that the k-th of the orders begins at. */
function startOf(order: GenerationOrder, k: number, orders: number, starts: readonly number[]): number {
  return order === 'natural' ? 0 : starts[Math.floor((k * starts.length) / orders)]!;
}

/** Columns that a rotation may start with: a start between two columns would draw them the other way round. */
function startsOf(
  columnCount: number,
  ahead: readonly Ahead[],
  wanted: readonly number[] | undefined,
): readonly number[] {
  const isApart = (start: number) => ahead.some(({ early, late }) => early < start && start <= late);
  const all = Array.from({ length: columnCount }, (_, column) => column).filter(
    (start) => start === 0 || !isApart(start),
  );
  const good = all.filter((start) => !wanted || wanted.includes(start));
  return good.length > 0 ? good : all;
}

/** Columns, where two change positions if they stand the wrong way round. */
function inOrder(columns: number[], ahead: readonly Ahead[]): number[] {
  for (const { early, late } of ahead) {
    const [from, to] = [columns.indexOf(early), columns.indexOf(late)];
    if (from > to) [columns[from], columns[to]] = [late, early];
  }
  return columns;
}

/** Columns in the table's order started at another column: first, first + 1, … to the last, then from 0 on. */
function startingAt(first: number, columnCount: number): number[] {
  return Array.from({ length: columnCount }, (_, rank) => (first + rank) % columnCount);
}

/**
 * Ranks of the columns in such an order. A model trained on and drawn in all rotations equally is an ensemble of
 * factorisations: its statistics are closer than with the table's order alone, and training rows attract samples less
 * (`bench/quality-log.md`).
 * @param first column that comes first, below `columnCount` without the factors
 * @param factorCount columns at the end that come before all others
 * @returns [columnCount] rank of each column
 */
export function rotation(columnCount: number, first: number, factorCount = 0): Uint16Array {
  const own = columnCount - factorCount;
  return Uint16Array.from({ length: columnCount }, (_, c) =>
    c < own ? factorCount + ((c - first + own) % own) : c - own,
  );
}

/** Groups of equal size, as many for each order: a small last one would be balanced over few rows. */
function groupSize({ rows, maxProbabilities }: GroupRequest, orders: number): number {
  const fitting = 2 ** Math.floor(Math.log2(GROUP_PROBABILITIES / maxProbabilities));
  const largest = Math.min(Math.max(fitting, SMALLEST_GROUP), LARGEST_GROUP);
  const groups = orders * Math.ceil(rows / largest / orders);
  return Math.max(1, Math.ceil(rows / groups));
}

function orderCount({ rows, order }: GroupRequest, starts: number): number {
  if (order === 'natural') return 1;
  const max = order === 'rotated' ? Math.min(starts, MAX_ORDERS) : MAX_ORDERS;
  return Math.max(1, Math.min(max, Math.floor(rows / MIN_ROWS_PER_ORDER)));
}
