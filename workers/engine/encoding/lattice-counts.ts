import type { ProtectionPlan } from '../privacy/protection';
import { candidateSteps, isRoundStep } from './lattice-steps';
import { type Lattice, remainder } from './lattices';
import type { Runs } from './sorted-values';

/** A lattice that rows were tested for. */
export interface Candidate extends Lattice {
  /** Rows on it; of a lattice of many, without what one value has more than the others. */
  readonly rows: number;
  /** Tested for too few rows instead of too many. */
  readonly isLack?: boolean;
}

/** Distinct values on a lattice at least. */
export const MIN_DISTINCT = 5;
/** Rows above what chance puts on the lattice, as a share of the region's. */
export const MIN_EXCESS = 0.004;
/** Values of the sample that shows offsets of wide steps, and how often it must show one. */
const SAMPLE = 800;
const MIN_TIMES = 3;
/** Gain in log-likelihood from which a lattice is looked at again. */
const WORTH_A_LOOK = 5;

/** Lattices that hold clearly more rows than chance and several distinct values. */
export function countCandidates(
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
    for (const { offset, rows: held, distinct, top } of byOffset) {
      // Without the most frequent of its values, which alone is no lattice.
      const others = held - top;
      if (distinct < MIN_DISTINCT || others < minRows) continue;
      if (gainOf(others, rows / step, rows) < WORTH_A_LOOK || others < rows / step) continue;
      candidates.push({ step, offset, rows: others + Math.min(top, others / (distinct - 1)) });
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
  /** Rows of its most frequent value. */
  top: number;
}

function countDense({ values, counts }: Runs, step: number): OffsetCount[] {
  const rows = new Uint32Array(step);
  const distinct = new Uint32Array(step);
  const top = new Uint32Array(step);
  for (let i = 0; i < values.length; i++) {
    const offset = remainder(values[i]!, step);
    const count = counts[i]!;
    rows[offset]! += count;
    distinct[offset]!++;
    if (count > top[offset]!) top[offset] = count;
  }
  const found: OffsetCount[] = [];
  for (let offset = 0; offset < step; offset++) {
    if (distinct[offset]! >= MIN_DISTINCT) {
      found.push({ offset, rows: rows[offset]!, distinct: distinct[offset]!, top: top[offset]! });
    }
  }
  return found;
}

/** The same for steps so wide that hardly any offset repeats: only offsets that a sample shows often are counted. */
function countSparse({ values, counts }: Runs, step: number): OffsetCount[] {
  const stride = Math.ceil(values.length / SAMPLE);
  const seen = new Map<number, number>();
  for (let i = 0; i < values.length; i += stride) {
    const offset = remainder(values[i]!, step);
    seen.set(offset, (seen.get(offset) ?? 0) + 1);
  }
  const found: OffsetCount[] = [];
  for (const [offset, times] of seen) {
    if (times < MIN_TIMES) continue;
    const entry = { offset, rows: 0, distinct: 0, top: 0 };
    for (let i = 0; i < values.length; i++) {
      if (remainder(values[i]!, step) !== offset) continue;
      entry.rows += counts[i]!;
      entry.distinct++;
      entry.top = Math.max(entry.top, counts[i]!);
    }
    found.push(entry);
  }
  return found;
}

/** Log-likelihood ratio of `rows` of `total` against the expected number. */
export function gainOf(rows: number, expected: number, total: number): number {
  const off = total - rows;
  const on = rows > 0 ? rows * Math.log(rows / Math.max(expected, 1e-9)) : 0;
  return on + (off > 0 ? off * Math.log(off / Math.max(total - expected, 1e-9)) : 0);
}
