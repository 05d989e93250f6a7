import { RandomStream } from '../../../src/domain/random';
import type { KeyedRandom } from './keyed-random';

/** Share of the rows that count as isolated, of so many rows; of more, as many as grow with their root. */
const ISOLATED_SHARE = 0.03;
const ISOLATED_ROWS = 2000;
/** How isolated a row is follows from its distances to so many of the nearest of a sample of the rows. */
const NEIGHBOURS = 5;
/** Rows of that sample. */
const MIN_SAMPLE = 64;
const MAX_SAMPLE = 256;
/** Differences of two codes that all distances of one step may take, a second at most, unless `MIN_SAMPLE` needs more. */
const MAX_DIFFERENCES = 2e8;
const DIFFERENCES_PER_PAUSE = 5e6;

/** A sub-column of a table. */
export interface DistancePart {
  /** [cardinality] training rows that have each code. */
  readonly counts: ArrayLike<number>;
  /** Its codes have an order; otherwise two codes are equal or differ. */
  readonly ordinal: boolean;
  /** Weight of its squared differences; those of the sub-columns of one column should add up to 1. */
  readonly weight: number;
}

/** Coded rows, column-major [sub-column][row], the training rows first. */
export interface CodedTable {
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly trainingRows: number;
  readonly parts: readonly DistancePart[];
  /** [training rows] whose they are: numbers that stay the same in another training on other rows of the table. */
  readonly holders: Uint32Array;
}

/** What a training learns of its rows. */
export interface LearnedRows {
  /** [training rows] row number that is learned in the stead of each. */
  readonly rows: Uint32Array;
  /** Rows that count as isolated: about half of them are learned through others. */
  readonly isolated: number;
}

/**
 * Which row is learned in the stead of each training row. Most rows are learned as they are. Of the subjects with one
 * of the most isolated rows, a secret half is left out there: the nearest row of somebody else stands in for theirs. So
 * whoever misses a person in the model, or finds a row like theirs, cannot tell whether they were in the table
 * (docs/privacy.md, Isolated people). A key leaves the same people out of each training.
 * @param pause called several times a second
 */
export async function drawStandIns(
  table: CodedTable,
  keyed: KeyedRandom,
  pause: () => Promise<void>,
): Promise<LearnedRows> {
  const { trainingRows, holders } = table;
  const rows = Uint32Array.from({ length: trainingRows }, (_, row) => row);
  const distances = new Distances(table, pause);
  const isolated = await findIsolated(table, distances, keyed);
  const leftOut = new Set(
    [...isolated].filter((row) => keyed.words('left out', holders[row]!)[0]! % 2 === 0),
  );
  const learned = { rows, isolated: isolated.length };
  if (leftOut.size === 0) return learned;
  const order = rowOrder(keyed, 'stand-ins', trainingRows);
  const known = order.filter((row) => !leftOut.has(row));
  const candidates = distances.points(known.subarray(0, distances.affordable(leftOut.size, known.length)));
  for (const row of leftOut) {
    const [nearest] = await distances.nearest(row, candidates, 1);
    if (nearest) rows[row] = nearest.row;
  }
  return learned;
}

/** The rows farthest from all rows of other subjects. */
async function findIsolated(
  { trainingRows }: CodedTable,
  distances: Distances,
  keyed: KeyedRandom,
): Promise<Uint32Array> {
  const size = Math.max(MIN_SAMPLE, Math.min(MAX_SAMPLE, distances.affordable(trainingRows, trainingRows)));
  const sample = distances.points(rowOrder(keyed, 'isolation', trainingRows).subarray(0, size));
  const isolation = new Float64Array(trainingRows);
  for (let row = 0; row < trainingRows; row++) {
    const found = await distances.nearest(row, sample, NEIGHBOURS);
    isolation[row] = found.reduce((sum, { distance }) => sum + Math.sqrt(distance), 0);
  }
  const effective = Math.min(trainingRows, Math.sqrt(ISOLATED_ROWS * trainingRows));
  const count = Math.round(ISOLATED_SHARE * effective);
  // Numbers alone are sorted many times as fast as rows by them.
  const least = isolation.slice().sort()[Math.max(0, trainingRows - count)]!;
  return Uint32Array.from(isolation.keys())
    .filter((row) => isolation[row]! >= least)
    .sort((a, b) => isolation[b]! - isolation[a]! || a - b)
    .subarray(0, count);
}

/** Rows in random order. Of a stream of the key itself, a second for half a million rows would go into HMACs. */
function rowOrder(keyed: KeyedRandom, purpose: string, rows: number): Uint32Array {
  return new RandomStream(keyed.seed(purpose), purpose).permutation(rows);
}

interface Neighbour {
  readonly row: number;
  /** Squared. */
  readonly distance: number;
}

/** Rows to compare with, as points: few of a long table, which as points would take twice its memory. */
interface Points {
  readonly rows: Uint32Array;
  /** [rows × sub-columns] */
  readonly values: Float32Array;
}

/**
 * Squared distances of rows: of ordered codes the difference of their mid-ranks, of others 1 where they differ, each by
 * its weight.
 */
class Distances {
  readonly #table: CodedTable;
  /** Per sub-column, mid-ranks of its codes times the root of the weight; null = they have no order. */
  readonly #ranks: readonly (Float32Array | null)[];
  /** Weight of two codes that differ; 0 = they have an order, and the weight is in the points. */
  readonly #unequal: Float32Array;
  readonly #pause: () => Promise<void>;
  #sincePause = 0;

  constructor(table: CodedTable, pause: () => Promise<void>) {
    const { parts, trainingRows } = table;
    this.#table = table;
    this.#pause = pause;
    this.#ranks = parts.map((part) => (part.ordinal ? midRanks(part, trainingRows) : null));
    this.#unequal = Float32Array.from(parts, ({ ordinal, weight }) => (ordinal ? 0 : weight));
  }

  points(rows: Uint32Array): Points {
    const { codes, rowCount, parts } = this.#table;
    const dims = parts.length;
    const values = new Float32Array(rows.length * dims);
    for (const [k, row] of rows.entries()) {
      for (let d = 0; d < dims; d++) {
        const code = codes[d * rowCount + row]!;
        values[k * dims + d] = this.#ranks[d]?.[code] ?? code;
      }
    }
    return { rows, values };
  }

  /** Rows that so many searches can be compared with. */
  affordable(searches: number, max: number): number {
    return Math.min(max, Math.ceil(MAX_DIFFERENCES / (searches * Math.max(1, this.#ranks.length))));
  }

  /** The nearest of some rows that are of other subjects, nearest first; fewer if there are fewer. */
  async nearest(row: number, others: Points, count: number): Promise<Neighbour[]> {
    this.#sincePause += others.values.length;
    if (this.#sincePause > DIFFERENCES_PER_PAUSE) {
      this.#sincePause = 0;
      await this.#pause();
    }
    const { holders } = this.#table;
    const { values: point } = this.points(Uint32Array.of(row));
    const found: Neighbour[] = [];
    let limit = Number.POSITIVE_INFINITY;
    for (let k = 0; k < others.rows.length; k++) {
      const other = others.rows[k]!;
      if (holders[other] === holders[row]) continue;
      const distance = this.#between(point, others.values, k, limit);
      if (distance >= limit) continue;
      let at = found.length;
      while (at > 0 && found[at - 1]!.distance > distance) at--;
      found.splice(at, 0, { row: other, distance });
      if (found.length > count) found.pop();
      if (found.length === count) limit = found[count - 1]!.distance;
    }
    return found;
  }

  /** Of a point and the k-th of others; anything not below the limit where the distance is not. */
  #between(point: Float32Array, others: Float32Array, k: number, limit: number): number {
    const dims = point.length;
    let sum = 0;
    for (let d = 0; d < dims && sum < limit; d++) {
      const gap = point[d]! - others[k * dims + d]!;
      const unequal = this.#unequal[d]!;
      if (unequal === 0) sum += gap * gap;
      else if (gap !== 0) sum += unequal;
    }
    return sum;
  }
}

/** [cardinality] the middle of the rows that have a code among all rows in order, 0 to √weight. */
function midRanks({ counts, weight }: DistancePart, rows: number): Float32Array {
  const ranks = new Float32Array(counts.length);
  let before = 0;
  for (let code = 0; code < counts.length; code++) {
    ranks[code] = (Math.sqrt(weight) * (before + counts[code]! / 2)) / rows;
    before += counts[code]!;
  }
  return ranks;
}
