import type { ProtectionPlan } from '../privacy/protection';
import { candidateSteps, commonDivisor } from './lattice-steps';
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
  /** Rows on it. */
  readonly rows: number;
}

/** Rows of a region, at most: with more, every small bend of a smooth distribution would count as evidence. */
const MAX_REGION_ROWS = 3000;
const MIN_REGION_ROWS = 400;
const MAX_REGIONS = 6;
/** A region is at least so many steps wide: with fewer, the shape of the distribution looks like a lattice. */
const MIN_STEPS = 8;
/** Distinct values on a lattice at least. */
const MIN_DISTINCT = 5;
/** Rows above what chance puts on the lattice, as a share of the region's. */
const MIN_EXCESS = 0.004;
/** Gain in log-likelihood beyond the logarithm of the number of lattices tried (Bonferroni). */
const MIN_GAIN = 7;
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
  let from = 0;
  let seen = 0;
  for (let region = 1; region <= regions; region++) {
    let to = from;
    const first = seen;
    while (to < runs.values.length && seen < (region * rows) / regions) seen += runs.counts[to++]!;
    for (const { step, offset, gain } of searchRegion(thin(runs, from, to, seen - first), plan)) {
      const key = `${step} ${offset}`;
      const known = gains.get(key);
      gains.set(key, { lattice: { step, offset }, gain: gain + (known?.gain ?? 0) });
    }
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
  const limit = MIN_GAIN + Math.log(Math.max(1, tried));
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
  limit: number,
): (Lattice & { gain: number }) | null {
  const model = rowsOfModel(found, runs);
  const promising: { candidate: Candidate; gain: number }[] = [];
  for (const candidate of candidates) {
    const expected = expectedRows(model, candidate);
    if (candidate.rows - expected < MIN_EXCESS * rows) continue;
    const gain = gainOf(candidate.rows, expected, rows);
    if (gain > limit) promising.push({ candidate, gain });
  }
  promising.sort((a, b) => b.gain - a.gain || b.candidate.step - a.candidate.step);
  let best: (Lattice & { gain: number }) | null = null;
  for (const { candidate } of promising.slice(0, MAX_EXACT)) {
    const { step, offset } = candidate;
    const gain = exactGain(candidate, model, found, runs, rows);
    if (gain > limit && gain > (best?.gain ?? 0)) best = { step, offset, gain };
  }
  return best;
}

/** The gain among the rows that no lattice before the candidate takes. */
function exactGain(
  candidate: Candidate,
  model: readonly Candidate[],
  found: readonly Lattice[],
  { values, counts }: Runs,
  rows: number,
): number {
  const before = found.filter((lattice) => widestFirst(lattice, candidate) <= 0);
  if (before.length === 0) return gainOf(candidate.rows, expectedRows(model, candidate), rows);
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
  const expected = expectedRows(model.slice(before.length), candidate);
  if (distinct < MIN_DISTINCT || rowsHeld - expected < MIN_EXCESS * rows) return 0;
  return gainOf(rowsHeld, expected, left);
}

function widestFirst(a: Lattice, b: Lattice): number {
  return b.step - a.step || a.offset - b.offset;
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
  }
  return { candidates, tried: Math.max(tried, counts.length) };
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

/** Rows by the first lattice that holds them. */
function rowsOfModel(found: readonly Lattice[], { values, counts }: Runs): Candidate[] {
  const lattices = [...found, EVERY_INTEGER];
  const rows = new Float64Array(lattices.length);
  for (let i = 0; i < values.length; i++) rows[firstLattice(lattices, values[i]!)]! += counts[i]!;
  return lattices.map((lattice, i) => ({ ...lattice, rows: rows[i]! }));
}

/** Rows that the lattices found so far put on another one by chance. */
function expectedRows(model: readonly Candidate[], { step, offset }: Lattice): number {
  let expected = 0;
  for (const known of model) {
    const common = commonDivisor(step, known.step);
    if (remainder(offset, common) !== remainder(known.offset, common)) continue;
    expected += (known.rows * common) / step;
    // All of the candidate lies on this lattice: those after it have no row there.
    if (common === known.step) break;
  }
  return expected;
}

/** Log-likelihood ratio of `rows` of `total` against the expected number. */
function gainOf(rows: number, expected: number, total: number): number {
  const off = total - rows;
  const on = rows > 0 ? rows * Math.log(rows / Math.max(expected, 1e-9)) : 0;
  return on + (off > 0 ? off * Math.log(off / Math.max(total - expected, 1e-9)) : 0);
}
