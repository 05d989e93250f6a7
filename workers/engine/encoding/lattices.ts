/** The integers offset + k·step, in grid units. */
export interface Lattice {
  /** At least 1. */
  readonly step: number;
  /** 0 … step − 1. */
  readonly offset: number;
}

/** The lattice of all integers, which takes what is on no other. */
export const EVERY_INTEGER: Lattice = { step: 1, offset: 0 };

export function isOn({ step, offset }: Lattice, units: number): boolean {
  return remainder(units, step) === offset;
}

/** Euclidean: 0 … step − 1 for any sign. */
export function remainder(units: number, step: number): number {
  const rest = units % step;
  return rest < 0 ? rest + step : rest + 0;
}

/** Index of the first lattice that holds the value; the last one of a list holds every integer. */
export function firstLattice(lattices: readonly Lattice[], units: number): number {
  for (let i = 0; i < lattices.length - 1; i++) if (isOn(lattices[i]!, units)) return i;
  return lattices.length - 1;
}

/** Order of a list of lattices: the first one that holds a value is its lattice. */
export function widestFirst(a: Lattice, b: Lattice): number {
  return b.step - a.step || a.offset - b.offset;
}

/** Value of a lattice nearest to x. */
export function snap(x: number, { step, offset }: Lattice): number {
  return step === 1 ? Math.round(x) : Math.round((x - offset) / step) * step + offset;
}
