import type { ProtectionPlan } from '../privacy/protection';
import { firstLattice, type Lattice } from './lattices';
import type { Bin } from './quantile-bins';
import { lowerBound, type Runs } from './sorted-values';

/** Standard deviations above the expected rows that make a value stand out, and where many of a column do. */
const STANDS_OUT = 4;
const STANDS_OUT_AMONG_MANY = 1.5;
const MAX_VALUES_PER_BIN = 24;
/** Wider bins are not counted out value by value. */
const MAX_COUNTED = 4096;

/** The rows of one bin. */
export class BinRows {
  readonly chosen = new Map<number, number>();
  readonly first: number;
  readonly last: number;

  constructor(
    readonly bin: Bin & { readonly rows: number },
    readonly runs: Runs,
    readonly from: number,
    readonly to: number,
  ) {
    this.first = bin.lower[0]! + 0.5;
    this.last = bin.upper[bin.upper.length - 1]! - 0.5;
  }

  /** Rows by lattice, without the chosen values. */
  count(lattices: readonly Lattice[]): Float64Array {
    const rows = new Float64Array(lattices.length);
    for (let i = this.from; i < this.to; i++) {
      if (!this.chosen.has(this.runs.values[i]!)) {
        rows[firstLattice(lattices, this.runs.values[i]!)]! += this.runs.counts[i]!;
      }
    }
    return rows;
  }

  /** Values that may be drawn, by lattice; an estimate in wide bins. */
  available(points: Float64Array, lattices: readonly Lattice[]): Float64Array {
    const count = new Float64Array(lattices.length);
    const width = this.last - this.first + 1;
    if (width > MAX_COUNTED) {
      let left = 1;
      lattices.forEach(({ step }, j) => {
        count[j] = (width / step) * (j === lattices.length - 1 ? Math.max(left, 0.01) : 1);
        left -= 1 / step;
      });
      return count;
    }
    for (let units = this.first; units <= this.last; units++) {
      if (points[lowerBound(points, units)] === units || this.chosen.has(units)) continue;
      count[firstLattice(lattices, units)]!++;
    }
    return count;
  }

  /** Chooses the values that stand out among those of their lattice. */
  findValues(
    points: Float64Array,
    lattices: readonly Lattice[],
    lenient: boolean,
    plan: ProtectionPlan,
  ): void {
    const deviations = lenient ? STANDS_OUT_AMONG_MANY : STANDS_OUT;
    for (let round = 0; round < 3; round++) {
      const rows = this.count(lattices);
      const available = this.available(points, lattices);
      const found: [number, number][] = [];
      for (let i = this.from; i < this.to; i++) {
        const units = this.runs.values[i]!;
        const count = this.runs.counts[i]!;
        if (count < plan.threshold || units < this.first || units > this.last || this.chosen.has(units))
          continue;
        const j = firstLattice(lattices, units);
        const expected = (rows[j]! - count) / Math.max(1, available[j]! - 1);
        if (available[j]! <= 1.5 || count < expected + deviations * Math.sqrt(expected) + (lenient ? 1 : 3))
          continue;
        found.push([units, count]);
      }
      if (found.length === 0) return;
      found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      for (const [units, count] of found.slice(0, MAX_VALUES_PER_BIN - this.chosen.size))
        this.chosen.set(units, count);
      if (this.chosen.size >= MAX_VALUES_PER_BIN) return;
    }
  }
}

/** Mean squared deviation of the rows of single values from those of their lattice's others, in units of chance. */
export function dispersion(
  parts: readonly BinRows[],
  points: Float64Array,
  lattices: readonly Lattice[],
): number {
  let sum = 0;
  let degrees = 0;
  for (const part of parts.slice(1, -1)) {
    const rows = part.count(lattices);
    const available = part.available(points, lattices);
    const seen = new Float64Array(lattices.length);
    const squares = new Float64Array(lattices.length);
    for (let i = part.from; i < part.to; i++) {
      const j = firstLattice(lattices, part.runs.values[i]!);
      const expected = rows[j]! / available[j]!;
      squares[j]! += (part.runs.counts[i]! - expected) ** 2 / expected;
      seen[j]!++;
    }
    for (let j = 0; j < lattices.length; j++) {
      if (seen[j] === 0 || available[j]! < 2) continue;
      sum += squares[j]! + Math.max(0, available[j]! - seen[j]!) * (rows[j]! / available[j]!);
      degrees += available[j]! - 1;
    }
  }
  return degrees > 20 ? sum / degrees : 1;
}
