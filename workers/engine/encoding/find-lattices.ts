import type { ProtectionPlan } from '../privacy/protection';
import { searchRegion } from './lattice-search';
import { EVERY_INTEGER, type Lattice, widestFirst } from './lattices';
import type { Runs } from './sorted-values';

/** Rows of a region, at most: with more, every small bend of a smooth distribution would count as evidence. */
const MAX_REGION_ROWS = 3000;
const MIN_REGION_ROWS = 800;
const MAX_REGIONS = 6;
/** Those of all regions that tell most. */
const MAX_LATTICES = 32;

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
