import { firstLattice, type Lattice, snap } from './lattices';
import type { Bin } from './quantile-bins';
import { lowerBound } from './sorted-values';

/** Above this ratio of its edges a cell is drawn log-uniformly. */
const LOG_RATIO = 4;
/** A lattice of so many values in a bin, or fewer, is drawn value by value. */
const MAX_LISTED = 64;
/** Draws of a value, of which those that hit another lattice or a value that is drawn by itself are repeated. */
const MAX_ATTEMPTS = 12;
/** Number of the draw that says what kind of value it is: apart from those of the position. */
const KIND = 1000;

/** Values with the probability of each and of those before it. */
interface ListedValues {
  readonly values: readonly number[];
  readonly cumulative: readonly number[];
}

/** Draws values of one bin: listed ones, or values of the lattice drawn for a row. */
export class BinDraw {
  readonly #bin: Bin;
  readonly #points: readonly number[];
  readonly #lattices: readonly Lattice[];
  readonly #first: number;
  readonly #last: number;
  /** By lattice; null = too many. */
  readonly #listed: (ListedValues | null | undefined)[] = [];
  readonly #listedShare: number;

  /**
   * @param points ascending values with a code of their own
   * @param lattices all of the column, or none for a column without a grid
   */
  constructor(bin: Bin, points: readonly number[], lattices: readonly Lattice[]) {
    this.#bin = bin;
    this.#points = points;
    this.#lattices = lattices;
    this.#first = bin.lower[0]! + 0.5;
    this.#last = bin.upper[bin.upper.length - 1]! - 0.5;
    this.#listedShare = bin.valueShare?.reduce((sum, share) => sum + share, 0) ?? 0;
  }

  /** @param uniform in [0, 1) by the number of the draw */
  draw(uniform: (attempt: number) => number): number {
    const { values, valueShare } = this.#bin;
    let kind = values || this.#bin.lattice ? uniform(KIND) : 0;
    if (values) {
      for (let i = 0; i < values.length; i++) {
        if (kind < valueShare![i]!) return values[i]!;
        kind -= valueShare![i]!;
      }
      kind /= Math.max(1 - this.#listedShare, 2 ** -53);
    }
    const grid = this.#lattices.length > 0;
    if (!grid) return this.#position(uniform(0));
    for (let lattice = this.#pickLattice(kind); lattice < this.#lattices.length; lattice++) {
      const drawn = this.#drawOn(lattice, uniform);
      if (drawn !== null) return drawn;
    }
    return Math.min(Math.max(Math.round(this.#position(uniform(0))), this.#first), this.#last);
  }

  #pickLattice(kind: number): number {
    const { lattice, latticeShare } = this.#bin;
    if (!lattice) return this.#lattices.length - 1;
    let left = kind;
    for (let i = 0; i < lattice.length - 1; i++) {
      if (left < latticeShare![i]!) return lattice[i]!;
      left -= latticeShare![i]!;
    }
    return lattice[lattice.length - 1]!;
  }

  /** A free value of the lattice, or null if it has none in the bin. */
  #drawOn(lattice: number, uniform: (attempt: number) => number): number | null {
    let listed = this.#listed[lattice];
    if (listed === undefined) {
      listed = this.#list(lattice);
      this.#listed[lattice] = listed;
    }
    if (listed) {
      const { values, cumulative } = listed;
      if (values.length === 0) return null;
      const wanted = uniform(0) * cumulative[cumulative.length - 1]!;
      let at = lowerBound(cumulative, wanted);
      if (cumulative[at] === wanted) at++;
      return values[Math.min(at, values.length - 1)]!;
    }
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const units = snap(this.#position(uniform(attempt)), this.#lattices[lattice]!);
      if (this.#isFree(units, lattice)) return units;
    }
    return null;
  }

  #isFree(units: number, lattice: number): boolean {
    return (
      units >= this.#first &&
      units <= this.#last &&
      firstLattice(this.#lattices, units) === lattice &&
      this.#points[lowerBound(this.#points, units)] !== units &&
      !this.#bin.values?.includes(units)
    );
  }

  /** The lattice's free values in the bin: those of a cell share its probability. */
  #list(lattice: number): ListedValues | null {
    const { step } = this.#lattices[lattice]!;
    if ((this.#last - this.#first) / step > MAX_LISTED) return null;
    const { upper, share } = this.#bin;
    const values: number[] = [];
    const cells: number[] = [];
    const perCell = share.map(() => 0);
    let cell = 0;
    for (let units = snap(this.#first - step, this.#lattices[lattice]!); units <= this.#last; units += step) {
      if (!this.#isFree(units, lattice)) continue;
      while (cell < share.length - 1 && units > upper[cell]!) cell++;
      values.push(units);
      cells.push(cell);
      perCell[cell]!++;
    }
    const isAnyDrawn = cells.some((at) => share[at]! > 0);
    let sum = 0;
    const cumulative = cells.map((at) => {
      sum += (isAnyDrawn ? share[at]! : 1) / perCell[at]!;
      return sum;
    });
    return { values, cumulative };
  }

  /** Number in the bin for a uniform draw: a cell by its share and a position in it. */
  #position(uniform: number): number {
    const { lower, upper, share } = this.#bin;
    let cell = 0;
    let left = uniform;
    while (cell < share.length - 1 && left >= share[cell]!) left -= share[cell++]!;
    const part = share[cell]! > 0 ? Math.min(left / share[cell]!, 1 - 2 ** -53) : 0;
    return Math.min(Math.max(within(lower[cell]!, upper[cell]!, part), lower[cell]!), upper[cell]!);
  }
}

/** Linear from edge to edge, or geometric where the edges are far apart. */
function within(lower: number, upper: number, part: number): number {
  if (lower > 0 && upper / lower > LOG_RATIO) {
    return Math.exp(Math.log(lower) * (1 - part) + Math.log(upper) * part);
  }
  if (upper < 0 && lower / upper > LOG_RATIO) {
    return -Math.exp(Math.log(-lower) * (1 - part) + Math.log(-upper) * part);
  }
  return lower * (1 - part) + upper * part;
}
