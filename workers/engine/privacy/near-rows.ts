import type { WeighedPart } from './part-weights';

/** Whole numbers per nat, so that sums and ties are exact. */
const UNITS = 100;
/** Groups of parts. A copy in which two columns are changed still agrees in a whole group. */
const MIN_GROUPS = 3;
const MAX_GROUPS = 6;
/** So many rows that agree in a group are too many to look at, and none of them stands alone there. */
const MAX_AGREEING = 2000;
const NONE = -1;

/** Rows found by one search. */
export interface Near {
  /** Weight of the parts in which they differ; above the limit if there are none. */
  readonly distance: number;
  /** All rows at that distance, as indices; overwritten by the next search. */
  readonly rows: Uint32Array;
}

/** Some parts, and the rows in chains by a hash of their codes there. */
interface Group {
  /** Positions of the parts in a point. */
  readonly dims: readonly number[];
  /** By hash: the first row, −1 = none. */
  readonly first: Int32Array;
  /** By row: the next one of its chain. */
  readonly next: Int32Array;
  /** By hash: rows of the chain. */
  readonly sizes: Uint32Array;
}

/**
 * Finds the rows that agree with a given one in nearly all that tells rows apart. The distance of two rows is the
 * weight of the parts in which they differ. The parts are dealt into three to six groups of about equal weight; only
 * rows that agree in all parts of a group are looked at, which hashing finds at once (locality-sensitive hashing by
 * sampled coordinates: Indyk & Motwani 1998, https://doi.org/10.1145/276698.276876).
 */
export class NearRows {
  /** Distance of two rows that agree in nothing. */
  readonly span: number;
  /** Parts of a point. */
  readonly dims: number;
  /** [rows] number of the subject that each belongs to. */
  readonly owners: Uint32Array;
  /** The rows that are searched, row-major [row][weighed part]. */
  readonly points: Uint16Array;
  /** Rows looked at per search, on average over the rows themselves: what a search costs. */
  readonly candidates: number;
  readonly #parts: readonly number[];
  readonly #weights: Uint16Array;
  readonly #groups: readonly Group[];
  readonly #found: Uint32Array;
  /** By row: the last search that looked at it. */
  readonly #visits: Uint32Array;
  #search = 0;

  /**
   * @param codes column-major [sub-column][row], `rowCount` rows
   * @param rows row numbers that are searched
   * @param owners [rows] number of the subject that each belongs to; absent = a subject of its own
   */
  constructor(
    weighed: readonly WeighedPart[],
    codes: Uint16Array,
    rowCount: number,
    rows: ArrayLike<number>,
    owners?: Uint32Array,
  ) {
    this.owners = owners ?? Uint32Array.from({ length: rows.length }, (_, row) => row);
    const sorted = weighed.toSorted((a, b) => b.weight - a.weight || a.part - b.part);
    this.#parts = sorted.map(({ part }) => part);
    this.dims = sorted.length;
    this.#weights = Uint16Array.from(sorted, ({ weight }) => Math.max(1, Math.round(UNITS * weight)));
    this.span = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.points = this.#fill(rows.length, (part, i) => codes[part * rowCount + rows[i]!]!);
    this.#groups = dealParts(this.#weights, rows.length).map((dims) => this.#groupOf(dims, rows.length));
    let looks = 0;
    for (const { sizes } of this.#groups) {
      for (const size of sizes) if (size <= MAX_AGREEING) looks += size ** 2;
    }
    this.candidates = looks / Math.max(rows.length, 1);
    this.#found = new Uint32Array(rows.length);
    this.#visits = new Uint32Array(rows.length);
  }

  /** The groups, as positions of their parts in a point. */
  get groups(): readonly (readonly number[])[] {
    return this.#groups.map(({ dims }) => dims);
  }

  /** Rows of a model, [sub-column][row], as points, row-major. */
  pointsOf(codes: readonly Uint16Array[], rows: number): Uint16Array {
    return this.#fill(rows, (part, i) => codes[part]![i]!);
  }

  /**
   * The nearest of the rows that agree in a group and are no further than the limit.
   * @param except a subject whose rows are left out, −1 for none
   */
  nearest(points: Uint16Array, at: number, limit: number, except = NONE): Near {
    const own = this.points;
    const weights = this.#weights;
    const { dims } = this;
    const search = ++this.#search;
    let best = limit;
    let ties = 0;
    for (const group of this.#groups) {
      const slot = hashOf(points, at, group.dims) & (group.first.length - 1);
      if (group.sizes[slot]! > MAX_AGREEING) continue;
      for (let row = group.first[slot]!; row !== NONE; row = group.next[row]!) {
        if (this.#visits[row] === search || this.owners[row] === except) continue;
        const point = row * dims;
        if (!agree(own, point, points, at, group.dims)) continue;
        this.#visits[row] = search;
        let distance = 0;
        for (let d = 0; d < dims && distance <= best; d++) {
          if (own[point + d] !== points[at + d]) distance += weights[d]!;
        }
        if (distance > best) continue;
        if (distance < best) ties = 0;
        best = distance;
        this.#found[ties++] = row;
      }
    }
    return { distance: ties > 0 ? best : limit + 1, rows: this.#found.subarray(0, ties) };
  }

  #fill(rows: number, codeAt: (part: number, row: number) => number): Uint16Array {
    const points = new Uint16Array(rows * this.dims);
    this.#parts.forEach((part, d) => {
      for (let i = 0; i < rows; i++) points[i * this.dims + d] = codeAt(part, i);
    });
    return points;
  }

  #groupOf(dims: readonly number[], rows: number): Group {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2 * rows, 2)));
    const first = new Int32Array(slots).fill(NONE);
    const next = new Int32Array(rows);
    const sizes = new Uint32Array(slots);
    for (let row = 0; row < rows; row++) {
      const slot = hashOf(this.points, row * this.dims, dims) & (slots - 1);
      next[row] = first[slot]!;
      first[slot] = row;
      sizes[slot]!++;
    }
    return { dims, first, next, sizes };
  }
}

/** Positions of the weights in groups of about equal weight: each, heaviest first, goes to the lightest. */
function dealParts(weights: Uint16Array, rows: number): number[][] {
  const span = weights.reduce((sum, weight) => sum + weight, 0);
  // As many groups as still tell the rows apart on their own.
  const telling = Math.floor(span / (UNITS * (Math.log(Math.max(rows, 1)) + 1)));
  const count = Math.min(weights.length, Math.max(MIN_GROUPS, Math.min(MAX_GROUPS, telling)));
  const groups = Array.from({ length: count }, () => ({ weight: 0, dims: [] as number[] }));
  weights.forEach((weight, d) => {
    const lightest = groups.reduce((a, b) => (b.weight < a.weight ? b : a));
    lightest.weight += weight;
    lightest.dims.push(d);
  });
  return groups.map(({ dims }) => dims);
}

function agree(a: Uint16Array, from: number, b: Uint16Array, at: number, dims: readonly number[]): boolean {
  for (let i = 0; i < dims.length; i++) if (a[from + dims[i]!] !== b[at + dims[i]!]) return false;
  return true;
}

function hashOf(points: Uint16Array, at: number, dims: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < dims.length; i++) {
    hash = Math.imul(hash ^ points[at + dims[i]!]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
