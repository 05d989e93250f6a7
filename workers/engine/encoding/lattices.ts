import type { ProtectionPlan } from '../privacy/protection';
import { candidateSteps, commonDivisor, isRoundStep } from './lattice-steps';
import type { Runs } from './sorted-values';

/** The integers offset + k·step, in grid units. */
export interface Lattice {
  /** At least 1. */
  readonly step: number;
  /** 0 … step − 1. */
  readonly offset: number;
}

/** A lattice that rows were tested for. */
interface Candidate extends Lattice {
  /** Rows on it; of a lattice of many, without what one value has more than the others. */
  readonly rows: number;
  /** Tested for too few rows instead of too many. */
  readonly isLack?: boolean;
}

/** Rows of a region, at most: with more, every small bend of a smooth distribution would count as evidence. */
const MAX_REGION_ROWS = 3000;
const MIN_REGION_ROWS = 800;
const MAX_REGIONS = 6;
/** A region is at least so many steps wide: with fewer, the shape of the distribution looks like a lattice. */
const MIN_STEPS = 8;
/** Distinct values on a lattice at least. */
const MIN_DISTINCT = 5;
/** Rows above what chance puts on the lattice, as a share of the region's. */
const MIN_EXCESS = 0.004;
/**
 * Gain in log-likelihood beyond the logarithm of the number of lattices tried (Bonferroni); multiples of usual steps
 * are a family of their own, of so many members.
 */
const MIN_GAIN = 5;
const USUAL_TRIED = 50;
const USUAL_WEIGHT = 0.25;
/** Rows that chance puts on a lattice that hardly any lie on, as a share of the region's, at least. */
const MIN_MISSING = 0.01;
/** Lattices per region and per column, those that tell most. */
const MAX_PER_REGION = 16;
const MAX_LATTICES = 32;

/** Candidates whose rows are counted again without those that wider lattices take. */
const MAX_EXACT = 24;

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

/**
 * The lattices on which clearly more rows lie than the coarser and finer ones explain by chance (docs/encodings.md,
 * Lattices): widest step first, all integers last. Magnitudes are searched apart, as large amounts are rounder.
 * @param runs values without a code of their own, in grid units
 */
export function findLattices(runs: Runs, plan: ProtectionPlan): Lattice[] {
  let rows = 0;
  for (const count of runs.counts) rows += count;
  const regions = Math.max(1, Math.min(MAX_REGIONS, Math.floor(rows / MIN_REGION_ROWS)));
  const gains = new Map<string, { lattice: Lattice; gain: number }>();
  const search = (region: Runs) => {
    for (const { step, offset, gain } of searchRegion(region, plan)) {
      const key = `${step} ${offset}`;
      const known = gains.get(key);
      gains.set(key, { lattice: { step, offset }, gain: gain + (known?.gain ?? 0) });
    }
  };
  search(thin(runs, 0, runs.values.length, rows));
  let from = 0;
  let seen = 0;
  for (let region = 1; region <= regions && regions > 1; region++) {
    let to = from;
    const first = seen;
    while (to < runs.values.length && seen < (region * rows) / regions) seen += runs.counts[to++]!;
    search(thin(runs, from, to, seen - first));
    from = to;
  }
  const kept = [...gains.values()].sort((a, b) => b.gain - a.gain).slice(0, MAX_LATTICES);
  const lattices = kept.map(({ lattice }) => lattice).sort(widestFirst);
  return [...lattices, EVERY_INTEGER];
}

/** The runs from … to, thinned evenly to `MAX_REGION_ROWS` rows. */
function thin(runs: Runs, from: number, to: number, rows: number): Runs {
  const values = runs.values.subarray(from, to);
  const counts = runs.counts.subarray(from, to);
  if (rows <= MAX_REGION_ROWS) return { values, counts };
  const kept: number[] = [];
  const keptCounts: number[] = [];
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    const before = Math.floor((seen * MAX_REGION_ROWS) / rows);
    seen += counts[i]!;
    const count = Math.floor((seen * MAX_REGION_ROWS) / rows) - before;
    if (count === 0) continue;
    kept.push(values[i]!);
    keptCounts.push(count);
  }
  return { values: Float64Array.from(kept), counts: Uint32Array.from(keptCounts) };
}

function searchRegion(runs: Runs, plan: ProtectionPlan): (Lattice & { gain: number })[] {
  const { values, counts } = runs;
  let rows = 0;
  for (const count of counts) rows += count;
  const found: (Lattice & { gain: number })[] = [];
  if (values.length < 2 * MIN_DISTINCT) return found;
  const width = values[values.length - 1]! - values[0]!;
  const { candidates, tried } = countCandidates(runs, rows, Math.floor(width / MIN_STEPS), plan);
  const limit = (lattice: Lattice) => MIN_GAIN + Math.log(isUsual(lattice) ? USUAL_TRIED : tried);
  while (found.length < MAX_PER_REGION) {
    const best = bestOf(candidates, found, runs, rows, limit);
    if (!best) return found;
    found.push(best);
    found.sort(widestFirst);
  }
  return found;
}

/** The candidate that explains most of what the lattices found so far do not. */
function bestOf(
  candidates: readonly Candidate[],
  found: readonly Lattice[],
  runs: Runs,
  rows: number,
  limit: (lattice: Lattice) => number,
): (Lattice & { gain: number }) | null {
  const model = componentsOf(found, runs);
  const promising: { candidate: Candidate; gain: number }[] = [];
  for (const candidate of candidates) {
    const { expected, dispersion } = chanceOf(model, candidate);
    if (!isClear(candidate, candidate.rows, expected, rows)) continue;
    const gain = gainOf(candidate.rows, expected, rows) / weightOf(dispersion, candidate);
    if (gain > limit(candidate)) promising.push({ candidate, gain });
  }
  promising.sort((a, b) => b.gain - a.gain || b.candidate.step - a.candidate.step);
  let best: (Lattice & { gain: number }) | null = null;
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
  let [left, held, most, distinct] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (before.some((lattice) => isOn(lattice, values[i]!))) continue;
    left += counts[i]!;
    if (!isOn(candidate, values[i]!)) continue;
    held += counts[i]!;
    most = Math.max(most, counts[i]!);
    distinct++;
  }
  const rowsHeld = held - most + Math.min(most, (held - most) / Math.max(1, distinct - 1));
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

function widestFirst(a: Lattice, b: Lattice): number {
  return b.step - a.step || a.offset - b.offset;
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

/** Lattices that hold clearly more rows than chance and several distinct values. */
function countCandidates(
  runs: Runs,
  rows: number,
  largest: number,
  plan: ProtectionPlan,
): { candidates: Candidate[]; tried: number } {
  const { values, counts } = runs;
  const candidates: Candidate[] = [];
  let tried = 0;
  const minRows = Math.max(plan.threshold, 2, MIN_EXCESS * rows);
  for (const step of candidateSteps(values, largest)) {
    const byOffset = step <= 4 * values.length ? countDense(runs, step) : countSparse(runs, step);
    tried += Math.min(step, values.length);
    for (const { offset, rows: held, distinct, most } of byOffset) {
      // Without the most frequent of its values, which alone is no lattice.
      const others = held - most;
      if (distinct < MIN_DISTINCT || others < minRows) continue;
      if (gainOf(others, rows / step, rows) < MIN_GAIN || others < rows / step) continue;
      candidates.push({ step, offset, rows: others + Math.min(most, others / (distinct - 1)) });
    }
    if (isRoundStep(step)) candidates.push(countRound(runs, step));
  }
  return { candidates, tried: Math.max(tried, counts.length) };
}

/** All multiples of a round step, of which there may be none. */
function countRound({ values, counts }: Runs, step: number): Candidate {
  let rows = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! % step === 0) rows += counts[i]!;
  return { step, offset: 0, rows, isLack: true };
}

interface OffsetCount {
  offset: number;
  rows: number;
  distinct: number;
  most: number;
}

function countDense({ values, counts }: Runs, step: number): OffsetCount[] {
  const rows = new Uint32Array(step);
  const distinct = new Uint32Array(step);
  const most = new Uint32Array(step);
  for (let i = 0; i < values.length; i++) {
    const offset = remainder(values[i]!, step);
    const count = counts[i]!;
    rows[offset]! += count;
    distinct[offset]!++;
    if (count > most[offset]!) most[offset] = count;
  }
  const found: OffsetCount[] = [];
  for (let offset = 0; offset < step; offset++) {
    if (distinct[offset]! >= MIN_DISTINCT) {
      found.push({ offset, rows: rows[offset]!, distinct: distinct[offset]!, most: most[offset]! });
    }
  }
  return found;
}

function countSparse({ values, counts }: Runs, step: number): OffsetCount[] {
  const found = new Map<number, OffsetCount>();
  for (let i = 0; i < values.length; i++) {
    const offset = remainder(values[i]!, step);
    const entry = found.get(offset) ?? { offset, rows: 0, distinct: 0, most: 0 };
    entry.rows += counts[i]!;
    entry.distinct++;
    entry.most = Math.max(entry.most, counts[i]!);
    found.set(offset, entry);
  }
  return [...found.values()];
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

/** Log-likelihood ratio of `rows` of `total` against the expected number. */
function gainOf(rows: number, expected: number, total: number): number {
  const off = total - rows;
  const on = rows > 0 ? rows * Math.log(rows / Math.max(expected, 1e-9)) : 0;
  return on + (off > 0 ? off * Math.log(off / Math.max(total - expected, 1e-9)) : 0);
}
