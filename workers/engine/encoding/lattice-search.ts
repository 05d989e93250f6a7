import type { ProtectionPlan } from '../privacy/protection';
import { type Candidate, countCandidates, gainOf, MIN_DISTINCT, MIN_EXCESS } from './lattice-counts';
import { commonDivisor, isRoundStep } from './lattice-steps';
import { EVERY_INTEGER, firstLattice, isOn, type Lattice, remainder, widestFirst } from './lattices';
import type { Runs } from './sorted-values';

/** A lattice and the log-likelihood that it adds. */
export interface FoundLattice extends Lattice {
  readonly gain: number;
}

/** A region is at least so many steps wide: with fewer, the shape of the distribution looks like a lattice. */
const MIN_STEPS = 8;
/**
 * Gain in log-likelihood beyond the logarithm of the number of lattices tried (Bonferroni); multiples of usual steps
 * are a family of their own, of so many members.
 */
const MIN_GAIN = 5;
const USUAL_TRIED = 50;
/** Power of the dispersion that the gain of usual lattices is divided by. */
const USUAL_WEIGHT = 0.25;
/** Rows that chance puts on a lattice that hardly any lie on, as a share of the region's, at least. */
const MIN_MISSING = 0.01;
/** Lattices per region, those that tell most. */
const MAX_PER_REGION = 16;
/** A found step is widened at most so many times, if this share of its rows lies on the wider one. */
const WIDEST_FACTOR = 6;
const NEARLY_ALL = 0.9;
/** Candidates whose rows are counted again without those that wider lattices take. */
const MAX_EXACT = 24;

/**
 * The lattices of a run of values, found one after the other: each time the one that explains most of what those
 * before it do not.
 */
export function searchRegion(runs: Runs, plan: ProtectionPlan): FoundLattice[] {
  const { values, counts } = runs;
  let rows = 0;
  for (const count of counts) rows += count;
  const found: FoundLattice[] = [];
  if (values.length < 2 * MIN_DISTINCT) return found;
  const width = values[values.length - 1]! - values[0]!;
  const { candidates, tried } = countCandidates(runs, rows, Math.floor(width / MIN_STEPS), plan);
  const limit = (lattice: Lattice) => MIN_GAIN + Math.log(isUsual(lattice) ? USUAL_TRIED : tried);
  while (found.length < MAX_PER_REGION) {
    const best = bestOf(candidates, found, runs, rows, limit);
    if (!best) return found;
    const { step, offset } = widened(best, found, runs, Math.floor(width / MIN_STEPS));
    found.push({ ...best, step, offset });
    found.sort(widestFirst);
  }
  return found;
}

/**
 * The widest multiple of a lattice's step that nearly all of its rows lie on. A usual step counts for more than an odd one,
 * so that 60 is found where all values are multiples of 120.
 */
function widened(
  lattice: Lattice,
  found: readonly Lattice[],
  { values, counts }: Runs,
  largest: number,
): Lattice {
  const isTaken = (value: number) =>
    found.some((other) => widestFirst(other, lattice) <= 0 && isOn(other, value));
  for (let factor = WIDEST_FACTOR; factor >= 2; factor--) {
    const step = lattice.step * factor;
    if (step > largest) continue;
    const rows = new Float64Array(factor);
    const distinct = new Float64Array(factor);
    let all = 0;
    for (let i = 0; i < values.length; i++) {
      if (!isOn(lattice, values[i]!) || isTaken(values[i]!)) continue;
      const part = (remainder(values[i]!, step) - lattice.offset) / lattice.step;
      rows[part]! += counts[i]!;
      distinct[part]!++;
      all += counts[i]!;
    }
    const best = rows.indexOf(Math.max(...rows));
    if (rows[best]! >= NEARLY_ALL * all && distinct[best]! >= MIN_DISTINCT)
      return { step, offset: lattice.offset + best * lattice.step };
  }
  return lattice;
}

/** The candidate that explains most of what the lattices found so far do not. */
function bestOf(
  candidates: readonly Candidate[],
  found: readonly Lattice[],
  runs: Runs,
  rows: number,
  limit: (lattice: Lattice) => number,
): FoundLattice | null {
  const model = componentsOf(found, runs);
  const promising: { candidate: Candidate; gain: number }[] = [];
  for (const candidate of candidates) {
    const { expected, dispersion } = chanceOf(model, candidate);
    if (!isClear(candidate, candidate.rows, expected, rows)) continue;
    const gain = gainOf(candidate.rows, expected, rows) / weightOf(dispersion, candidate);
    if (gain > limit(candidate)) promising.push({ candidate, gain });
  }
  promising.sort((a, b) => b.gain - a.gain || b.candidate.step - a.candidate.step);
  let best: FoundLattice | null = null;
  for (const { candidate } of promising.slice(0, MAX_EXACT)) {
    const { step, offset } = candidate;
    const gain = exactGain(candidate, model, found, runs, rows);
    if (gain > limit(candidate) && gain > (best?.gain ?? 0)) best = { step, offset, gain };
  }
  return best;
}

/** The gain among the rows that no lattice before the candidate takes. */
function exactGain(
  candidate: Candidate,
  model: readonly Component[],
  found: readonly Lattice[],
  { values, counts }: Runs,
  rows: number,
): number {
  const before = found.filter((lattice) => widestFirst(lattice, candidate) <= 0);
  const { expected, dispersion } = chanceOf(model.slice(before.length), candidate);
  if (before.length === 0) return gainOf(candidate.rows, expected, rows) / weightOf(dispersion, candidate);
  let [left, held, top, distinct] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (before.some((lattice) => isOn(lattice, values[i]!))) continue;
    left += counts[i]!;
    if (!isOn(candidate, values[i]!)) continue;
    held += counts[i]!;
    top = Math.max(top, counts[i]!);
    distinct++;
  }
  const rowsHeld = held - top + Math.min(top, (held - top) / Math.max(1, distinct - 1));
  const counted = candidate.isLack ? held : rowsHeld;
  if (!isClear(candidate, counted, expected, rows) || (!candidate.isLack && distinct < MIN_DISTINCT))
    return 0;
  return gainOf(counted, expected, left) / weightOf(dispersion, candidate);
}

/** Clearly more rows than chance puts there; or hardly any although it would put many: numbers without round ones. */
function isClear({ isLack }: Candidate, held: number, expected: number, rows: number): boolean {
  if (isLack) return held < expected / 2 && expected >= MIN_MISSING * rows;
  return held - expected >= MIN_EXCESS * rows;
}

/** Multiples of a round step, or an ending of prices: 9, 99, 999, 49, 499, 95. */
function isUsual({ step, offset }: Lattice): boolean {
  if (!isRoundStep(step)) return false;
  return (
    offset === 0 || offset === step - 1 || offset === step / 2 - 1 || (step >= 100 && offset === step * 0.95)
  );
}

/** What the gain is divided by: coincidences of a few frequent values are likelier on odd lattices, being so many. */
function weightOf(dispersion: number, lattice: Lattice): number {
  return isUsual(lattice) ? dispersion ** USUAL_WEIGHT : dispersion;
}

/** A lattice of the model with its rows, without those that wider lattices take. */
interface Component extends Candidate {
  /** Variance of the rows of its values against chance, at least 1. */
  readonly dispersion: number;
}

function componentsOf(found: readonly Lattice[], { values, counts }: Runs): Component[] {
  const lattices = [...found, EVERY_INTEGER];
  const rows = new Float64Array(lattices.length);
  const squares = new Float64Array(lattices.length);
  const distinct = new Float64Array(lattices.length);
  for (let i = 0; i < values.length; i++) {
    const at = firstLattice(lattices, values[i]!);
    rows[at]! += counts[i]!;
    squares[at]! += counts[i]! ** 2;
    distinct[at]!++;
  }
  const width = values[values.length - 1]! - values[0]!;
  return lattices.map((lattice, i) => {
    const mean = rows[i]! / Math.max(distinct[i]!, width / lattice.step);
    const dispersion = rows[i]! > 0 ? Math.max(1, squares[i]! / rows[i]! - mean) : 1;
    return { ...lattice, rows: rows[i]!, dispersion };
  });
}

/** What the lattices found so far put on another one by chance. */
interface Chance {
  readonly expected: number;
  /** Mean of the components' dispersions: where few values hold many rows, a coincidence weighs as much less. */
  readonly dispersion: number;
}

function chanceOf(model: readonly Component[], { step, offset }: Lattice): Chance {
  let expected = 0;
  let dispersion = 0;
  for (const known of model) {
    const common = commonDivisor(step, known.step);
    if (remainder(offset, common) !== remainder(known.offset, common)) continue;
    const rows = (known.rows * common) / step;
    expected += rows;
    dispersion += rows * known.dispersion;
    // All of the candidate lies on this lattice: those after it have no row there.
    if (common === known.step) break;
  }
  return { expected, dispersion: expected > 0 ? dispersion / expected : 1 };
}
