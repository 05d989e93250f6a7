/**
 * Low-discrepancy sampling (docs/model.md, Balanced sampling; array-RQMC: L'Ecuyer, Lécot & Tuffin 2008): rows with
 * similar expected codes spread their draws evenly over the unit interval, and each draw is still uniform.
 */
import { hash, RandomStream, uniformAt } from '../../../../../src/domain/random';

const GOLDEN = 0.618_033_988_749_894_9;
/** Keeps the offsets apart from the independent draws, which have the same counters. */
const OFFSET_STREAM = 0x62616c61;
const TIE_STREAM = 0x74696573;

/**
 * The draws of one sub-column for the rows of one group: u = frac(U + rank · 0.618…), ranked by expected code. Ties are
 * in a random order of their own for each sub-column: in row order, two sub-columns without inputs would get the same
 * draws.
 * @param expected per row, ≥ 0
 * @param uniforms out, per row, in [0, 1)
 */
export function balancedUniforms(
  expected: Float32Array,
  uniforms: Float32Array,
  seed: number,
  row0: number,
  part: number,
): void {
  const offset = uniformAt(seed ^ OFFSET_STREAM, row0, part);
  const ties = new RandomStream(hash(seed, TIE_STREAM, row0, part), 'ties').permutation(expected.length);
  const ranked = rankAscending(expected, ties);
  for (let rank = 0; rank < ranked.length; rank++) {
    const position = offset + rank * GOLDEN;
    // 24 bits, as everywhere: rounding to f32 must never make it 1.
    uniforms[ranked[rank]!] = Math.floor((position - Math.floor(position)) * 16_777_216) / 16_777_216;
  }
}

/** Row numbers in ascending order of a value ≥ 0, ties in the order of `rows`: radix sort over the bits of f32. */
export function rankAscending(values: Float32Array, rows?: Uint32Array): Uint32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const low = countingSort(bits, 0, rows);
  const middle = countingSort(bits, 11, low);
  return countingSort(bits, 22, middle);
}

function countingSort(bits: Uint32Array, shift: number, rows: Uint32Array | undefined): Uint32Array {
  const starts = new Uint32Array(2049);
  for (let r = 0; r < bits.length; r++) starts[((bits[r]! >>> shift) & 2047) + 1]!++;
  for (let digit = 0; digit < 2048; digit++) starts[digit + 1]! += starts[digit]!;
  const sorted = new Uint32Array(bits.length);
  for (let k = 0; k < bits.length; k++) {
    const row = rows === undefined ? k : rows[k]!;
    sorted[starts[(bits[row]! >>> shift) & 2047]!++] = row;
  }
  return sorted;
}
