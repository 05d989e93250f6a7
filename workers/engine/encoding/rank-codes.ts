import type { NumberColumn } from '../../../src/domain/column-data';
import { hashText } from '../../../src/domain/random';
import { type DecodeDraws, drawKey, uniformOfRow } from './contract';
import { toUnits } from './decimal-grid';
import { encodeBinned, type NumericBinnedEncoding } from './numeric-binned';
import { lowerBound } from './sorted-values';

const RANKS = hashText('ranks');

/**
 * Codes of the rows that a model learns [rows]: those in bins are dealt to the bins in the order of their values, to each
 * as many as its probability says. By value, bins would hold more or fewer by chance, and the model would learn and
 * repeat what of the rows is chance (docs/encodings.md, Densities). Equal values at an edge are dealt at random.
 * @param seed of these draws, unsigned 32-bit
 */
export function encodeByRank(encoding: NumericBinnedEncoding, data: NumberColumn, seed: number): Uint16Array {
  const codes = encodeBinned(encoding, data);
  const bins = binsOf(encoding);
  if (!bins) return codes;
  const isBinned = new Uint8Array(encoding.tokens.length);
  for (const code of bins.codes) isBinned[code] = 1;
  const units = new Float64Array(codes.length);
  let count = 0;
  for (let i = 0; i < codes.length; i++) {
    if (isBinned[codes[i]!] === 1) units[count++] = toUnits(data.values[i]!, encoding.decimals);
  }
  const edges = edgesOf(units.slice(0, count).sort(), bins.masses);
  const draws: DecodeDraws = { seed, column: RANKS };
  const key = drawKey(draws);
  count = 0;
  for (let i = 0; i < codes.length; i++) {
    if (isBinned[codes[i]!] === 0) continue;
    const value = units[count++]!;
    let bin = lowerBound(edges.values, value);
    if (edges.values[bin] === value) {
      const draw = uniformOfRow(key, i, 0);
      while (edges.values[bin] === value && draw >= edges.parts[bin]!) bin++;
    }
    codes[i] = bins.codes[bin]!;
  }
  return codes;
}

/** Codes and probabilities of two bins or more; null for a column without. */
function binsOf({ tokens }: NumericBinnedEncoding): { codes: number[]; masses: number[] } | null {
  const codes: number[] = [];
  const masses: number[] = [];
  tokens.forEach((token, code) => {
    if (token.kind !== 'bin' || token.mass === undefined) return;
    codes.push(code);
    masses.push(token.mass);
  });
  return codes.length > 1 ? { codes, masses } : null;
}

/** Value at the end of each bin but the last, and the part of the rows with that value that belong to it or before it. */
function edgesOf(sorted: Float64Array, masses: readonly number[]): { values: number[]; parts: number[] } {
  const values: number[] = [];
  const parts: number[] = [];
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  let below = 0;
  for (const mass of masses.slice(0, -1)) {
    below += mass;
    const rank = (sorted.length * below) / total;
    const value = sorted[Math.min(Math.floor(rank), sorted.length - 1)]!;
    const first = lowerBound(sorted, value);
    let end = first;
    while (end < sorted.length && sorted[end] === value) end++;
    values.push(value);
    parts.push((rank - first) / Math.max(end - first, 1));
  }
  return { values, parts };
}
