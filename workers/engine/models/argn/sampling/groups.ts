import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { GenerationOrder, SamplingMethod } from '../../../../../src/domain/synthetic-datasets';

/** Below this a balanced draw would tie the few rows to each other visibly. */
export const BALANCED_FROM = 1000;

const LARGEST_GROUP = 8192;
const SMALLEST_GROUP = 1024;
/** Probabilities a backend may hold at once for one group, rows × codes. */
const GROUP_PROBABILITIES = 4_000_000;
/** Column orders of a generation in several orders, at most (docs/model.md, Sampling). */
const ORDERS = 32;
/** Rows an order should have at least. */
const ROWS_PER_ORDER = 128;

export interface GroupRequest {
  readonly rows: number;
  readonly columnCount: number;
  /** Most probabilities of a row that are held at once. */
  readonly mostProbabilities: number;
  readonly order: GenerationOrder;
  readonly sampling: SamplingMethod;
  readonly seed: number;
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
 * Cuts a generation into groups by its size, the model and the seed alone, so that the rows do not depend on how
 * they are streamed. Balanced draws spread over one group; random order gives each group a column order of its own,
 * rotated order begins each at another column.
 */
export function* planGroups(request: GroupRequest): Generator<Group> {
  const { rows, columnCount, seed } = request;
  const sampling = rows < BALANCED_FROM ? 'independent' : request.sampling;
  const orders = orderCount(request);
  const size = groupSize(request, orders);
  for (let row0 = 0, index = 0; row0 < rows; row0 += size, index++) {
    const stream = new RandomStream(seed, hashText(`group ${index}`));
    const columns =
      request.order === 'random'
        ? [...stream.permutation(columnCount)]
        : begunAt(Math.floor(((index % orders) * columnCount) / orders), columnCount);
    // Independent rows draw by their absolute number, so one seed serves all groups.
    const groupSeed = sampling === 'balanced' ? stream.word() : seed;
    yield { row0, rows: Math.min(size, rows - row0), sampling, seed: groupSeed, columns };
  }
}

/** Columns in the table's order, from one of them on. */
function begunAt(first: number, columnCount: number): number[] {
  return Array.from({ length: columnCount }, (_, place) => (first + place) % columnCount);
}

/** Groups of like size, for a small last one would be balanced over few rows; as many for each order. */
function groupSize({ rows, mostProbabilities }: GroupRequest, orders: number): number {
  const fitting = 2 ** Math.floor(Math.log2(GROUP_PROBABILITIES / mostProbabilities));
  const largest = Math.min(Math.max(fitting, SMALLEST_GROUP), LARGEST_GROUP);
  const groups = orders * Math.ceil(rows / largest / orders);
  return Math.max(1, Math.ceil(rows / groups));
}

function orderCount({ rows, columnCount, order }: GroupRequest): number {
  if (order === 'natural') return 1;
  const most = order === 'rotated' ? Math.min(columnCount, ORDERS) : ORDERS;
  return Math.max(1, Math.min(most, Math.floor(rows / ROWS_PER_ORDER)));
}
