import { firstRowOfEach } from '../../../src/domain/number-subjects';
import { RandomStream } from '../../../src/domain/random';
import { NearRows } from './near-rows';
import { weighParts } from './part-weights';

/** The table whose rows a model must not give away. */
export interface WatchedTable {
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
}

/** Some rows of a model as codes, [sub-column][row]. */
export interface SampledCodes {
  readonly rows: number;
  readonly codes: readonly Uint16Array[];
}

/** Draws independent rows of a model as it is now; the same seed gives the same draws. */
export type CodeSampler = (rows: number, seed: number) => AsyncIterable<SampledCodes>;

/** A copy differs from its original in no more than this share of what tells rows apart. */
const MAX_DIFFERENCE = 0.25;
/** Of the rows, so many have no other row so near (unless equal rows are more). */
const ALONE = 0.95;
/** Rows whose nearest other row tells how near rows are by chance. */
const MAX_PROBES = 400;
const MIN_PROBES = 100;
/** Rows that all searches of one check may look at: a fraction of a second. */
const MAX_LOOKS = 1e7;

const UNKNOWN = 0;
const STANDS_ALONE = 1;
const HAS_COMPANY = 2;

/**
 * Finds samples that repeat a person: a row that no row of anybody else comes near, in nearly all that tells rows apart. How near
 * that is follows from the rows themselves: nearer than 95 % of them come to any other, and a quarter of all
 * information at most. Which rows were learned plays no part in it, so learned and unseen rows attract samples alike
 * unless the model copies (docs/model.md, Privacy guard).
 */
export class CopySearch {
  readonly #near: NearRows;
  readonly #standing: Uint8Array;
  readonly #subjects: number;
  /** Distance up to which a sample repeats a row. */
  readonly #limit: number;

  /**
   * @param rows row numbers of the table: learned and unseen ones
   * @param owners [rows] number, from 0, of the subject that each belongs to; absent = every row is a subject of its own
   */
  constructor({ codes, rowCount }: WatchedTable, rows: Uint32Array, seed: number, owners?: Uint32Array) {
    let order = new RandomStream(seed, 'compared rows').permutation(rows.length);
    // Rows of one subject agree without telling how much an agreement says.
    if (owners) order = firstRowOfEach(owners, order);
    const weighed = weighParts(
      codes,
      rowCount,
      order.map((index) => rows[index]!),
    );
    this.#near = new NearRows(weighed, codes, rowCount, rows, owners);
    this.#subjects = owners ? owners.reduce((max, owner) => Math.max(max, owner), -1) + 1 : rows.length;
    this.#standing = new Uint8Array(rows.length);
    this.#limit = this.#byChance(order);
  }

  /** Samples that a check can afford. */
  affordable(min: number, max: number): number {
    return Math.min(max, Math.max(min, Math.floor(MAX_LOOKS / Math.max(this.#near.candidates, 1))));
  }

  /**
   * Draws rows and counts, by subject of the search, those that repeat a row of it and no other's.
   * @param pause called between two blocks of samples
   */
  async attracted(
    sample: CodeSampler,
    request: { readonly samples: number; readonly seed: number },
    pause: () => Promise<void>,
  ): Promise<Float64Array> {
    const total = new Float64Array(this.#subjects);
    for await (const block of sample(request.samples, request.seed)) {
      this.#count(block, total);
      await pause();
    }
    return total;
  }

  #count({ codes, rows }: SampledCodes, total: Float64Array): void {
    const { dims, owners } = this.#near;
    const points = this.#near.pointsOf(codes, rows);
    for (let i = 0; i < rows; i++) {
      const nearest = this.#near.nearest(points, i * dims, this.#limit).rows;
      const [row] = nearest;
      if (row === undefined) continue;
      const owner = owners[row]!;
      if (nearest.every((other) => owners[other] === owner) && this.#standsAlone(row)) total[owner]!++;
    }
  }

  #standsAlone(row: number): boolean {
    if (this.#standing[row] === UNKNOWN) {
      const { points, dims, owners } = this.#near;
      const company = this.#near.nearest(points, row * dims, this.#limit, owners[row]).rows.length;
      this.#standing[row] = company > 0 ? HAS_COMPANY : STANDS_ALONE;
    }
    return this.#standing[row] === STANDS_ALONE;
  }

  /** Greatest distance that 95 % of the rows have no other row within; 0 where more have an equal one. */
  #byChance(order: Uint32Array): number {
    const { points, dims, span, owners } = this.#near;
    const probes = order.subarray(0, this.affordable(MIN_PROBES, MAX_PROBES));
    const limit = Math.floor(MAX_DIFFERENCE * span);
    const distances = probes
      .map((row) => this.#near.nearest(points, row * dims, limit, owners[row]).distance)
      .sort();
    return Math.max(0, (distances[Math.floor((1 - ALONE) * distances.length)] ?? 0) - 1);
  }
}
