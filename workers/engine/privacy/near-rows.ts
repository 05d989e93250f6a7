import type { WeighedPart } from './part-weights';

/** Whole numbers per nat, so that sums and ties are exact. */
const UNITS = 100;

/** The rows by their code in one part. */
interface Key {
  /** By code: where its rows begin in `rows`. */
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
}

/** Rows found by one search. */
export interface Near {
  /** Weight of the parts in which they differ; above the limit if there are none. */
  readonly distance: number;
  /** All rows at that distance, as indices; overwritten by the next search. */
  readonly rows: Uint32Array;
}

/**
 * Finds the rows that agree with a given one in nearly all that tells rows apart. The distance of two rows is the
 * weight of the parts in which they differ. A row within the limit agrees in at least one of the heaviest parts that
 * outweigh it together, so only rows with an equal code there are looked at.
 */
export class NearRows {
  /** Distance of two rows that agree in nothing. */
  readonly span: number;
  readonly #parts: readonly number[];
  readonly #weights: Uint16Array;
  /** Row-major [row][weighed part]. */
  readonly #points: Uint16Array;
  readonly #found: Uint32Array;
  readonly #count: number;
  /** The heaviest parts: a row within the limit agrees in at least one of them. */
  #keys: readonly Key[] = [];
  #limit = -1;

  /**
   * @param codes column-major [sub-column][row], `rowCount` rows
   * @param rows row numbers that are searched
   */
  constructor(
    weighed: readonly WeighedPart[],
    codes: Uint16Array,
    rowCount: number,
    rows: ArrayLike<number>,
  ) {
    const sorted = weighed.toSorted((a, b) => b.weight - a.weight || a.part - b.part);
    this.#parts = sorted.map(({ part }) => part);
    this.#weights = Uint16Array.from(sorted, ({ weight }) => Math.max(1, Math.round(UNITS * weight)));
    this.span = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#count = rows.length;
    this.#points = this.#fill(rows.length, (part, i) => codes[part * rowCount + rows[i]!]!);
    this.#found = new Uint32Array(rows.length);
  }

  /** The rows that are searched, as points. */
  get points(): Uint16Array {
    return this.#points;
  }

  /** Parts of a point. */
  get dims(): number {
    return this.#parts.length;
  }

  /** @param limit distance up to which rows are found from now on, less than `span` */
  lookWithin(limit: number): void {
    this.#limit = limit;
    const keys: Key[] = [];
    for (let d = 0, sum = 0; d < this.dims && sum <= limit; d++) {
      sum += this.#weights[d]!;
      keys.push(this.#keys[d] ?? this.#keyOf(d));
    }
    this.#keys = keys;
  }

  /** Rows of a model, [sub-column][row], as points, row-major. */
  pointsOf(codes: readonly Uint16Array[], rows: number): Uint16Array {
    return this.#fill(rows, (part, i) => codes[part]![i]!);
  }

  /** Rows looked at per search, on average over the rows themselves: what a search costs. */
  get candidates(): number {
    let sum = 0;
    for (const { start } of this.#keys) {
      for (let code = 1; code < start.length; code++) sum += (start[code]! - start[code - 1]!) ** 2;
    }
    return sum / Math.max(this.#count, 1);
  }

  /**
   * The nearest rows within the limit.
   * @param except index of a row to leave out, −1 for none
   */
  nearest(points: Uint16Array, at: number, except = -1): Near {
    const own = this.#points;
    const weights = this.#weights;
    const found = this.#found;
    const dims = this.dims;
    const keys = this.#keys;
    let best = this.#limit;
    let ties = 0;
    for (let k = 0; k < keys.length; k++) {
      const { start, rows } = keys[k]!;
      const code = points[at + k]!;
      if (code + 1 >= start.length) continue;
      const end = start[code + 1]!;
      for (let i = start[code]!; i < end; i++) {
        const row = rows[i]!;
        const point = row * dims;
        let distance = 0;
        let d = 0;
        // A row that agrees in an earlier key part has been looked at.
        for (; d < k && own[point + d] !== points[at + d]; d++) distance += weights[d]!;
        if (d < k || row === except) continue;
        for (d = k + 1; d < dims && distance <= best; d++) {
          if (own[point + d] !== points[at + d]) distance += weights[d]!;
        }
        if (distance > best) continue;
        if (distance < best) ties = 0;
        best = distance;
        found[ties++] = row;
      }
    }
    return { distance: ties > 0 ? best : this.#limit + 1, rows: found.subarray(0, ties) };
  }

  #fill(rows: number, codeAt: (part: number, row: number) => number): Uint16Array {
    const points = new Uint16Array(rows * this.dims);
    this.#parts.forEach((part, d) => {
      for (let i = 0; i < rows; i++) points[i * this.dims + d] = codeAt(part, i);
    });
    return points;
  }

  #keyOf(d: number): Key {
    const { dims } = this;
    let codes = 0;
    for (let r = 0; r < this.#count; r++) codes = Math.max(codes, this.#points[r * dims + d]! + 1);
    const start = new Uint32Array(codes + 1);
    for (let r = 0; r < this.#count; r++) start[this.#points[r * dims + d]! + 1]!++;
    for (let code = 0; code < codes; code++) start[code + 1]! += start[code]!;
    const next = start.slice();
    const rows = new Uint32Array(this.#count);
    for (let r = 0; r < this.#count; r++) rows[next[this.#points[r * dims + d]!]!++] = r;
    return { start, rows };
  }
}
