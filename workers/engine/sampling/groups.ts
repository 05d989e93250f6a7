import { hashText, RandomStream } from '../../../src/domain/random';
import type { GenerationOrder, SamplingMethod } from '../../../src/domain/synthetic-datasets';

/** Below this a balanced draw would tie the few rows to each other visibly. */
export const BALANCED_FROM = 1000;

const LARGEST_GROUP = 8192;
const SMALLEST_GROUP = 1024;
/** Probabilities a backend may hold at once for one group, rows × codes. */
const GROUP_PROBABILITIES = 4_000_000;
/** Column orders of a random-order generation (recipe.md §10.1). */
const ORDERS = 32;
/** Rows an order should have at least. */
const ROWS_PER_ORDER = 128;

export interface GroupRequest {
  readonly rows: number;
  readonly columnCount: number;
  readonly largestCardinality: number;
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
 * they are streamed. Balanced draws spread over one group; random order gives each group its own column order.
 */
export function* planGroups(request: GroupRequest): Generator<Group> {
  const { rows, columnCount, seed } = request;
  const sampling = rows < BALANCED_FROM ? 'independent' : request.sampling;
  const size = groupSize(request);
  const natural = Array.from({ length: columnCount }, (_, column) => column);
  for (let row0 = 0, index = 0; row0 < rows; row0 += size, index++) {
    const stream = new RandomStream(seed, hashText(`group ${index}`));
    const columns = request.order === 'natural' ? natural : [...stream.permutation(columnCount)];
    // Independent rows draw by their absolute number, so one seed serves all groups.
    const groupSeed = sampling === 'balanced' ? stream.word() : seed;
    yield { row0, rows: Math.min(size, rows - row0), sampling, seed: groupSeed, columns };
  }
}

function groupSize({ rows, largestCardinality, order }: GroupRequest): number {
  const fitting = 2 ** Math.floor(Math.log2(GROUP_PROBABILITIES / largestCardinality));
  const largest = Math.min(Math.max(fitting, SMALLEST_GROUP), LARGEST_GROUP);
  // Groups of like size: a small last one would be balanced over few rows.
  const wanted = Math.ceil(rows / largest);
  const groups = order === 'natural' ? wanted : Math.max(wanted, orderCount(rows));
  return Math.max(1, Math.ceil(rows / groups));
}

function orderCount(rows: number): number {
  return Math.max(1, Math.min(ORDERS, Math.floor(rows / ROWS_PER_ORDER)));
}
