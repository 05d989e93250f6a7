import { hashText, RandomStream } from '../../../../../src/domain/random';
import type { SubColumnFacts } from '../network/initialise';
import { normalScores } from '../network/normal-scores';
import { type Factor, type FactorCoding, factorValues } from './factor-coding';
import { isWide, MIN_PARTS } from './wide-table';

/** Sub-columns that share a factor evenly, or more unevenly, at least: a block of fewer is left to inputs. */
const MIN_SHARED = 16;
const MAX_FACTORS = 16;
const MAX_BINS = 20;
/** Rows of a bin, at least. */
const MIN_BIN_ROWS = 20;
/** Numbers that the factors are found from. */
const MAX_NUMBERS = 4e6;
const ITERATIONS = 24;
/** Least eigenvalue of a factor, in the largest that noise has. */
const ABOVE_NOISE = 1.2;
/** Digits kept of scores and weights. */
const DIGITS = 1e5;

export interface FactorTable {
  /** Per sub-column, [row]: training rows first. */
  readonly codes: readonly Uint16Array[];
  readonly trainingRows: number;
  readonly facts: readonly SubColumnFacts[];
}

/**
 * Factors that many columns of a table with few rows share: principal components of the normal scores whose eigenvalue
 * lies above what unrelated columns show, λ > (1 + √(columns/rows))² (Marchenko & Pastur 1967), and whose weights v
 * are spread over at least 16 columns, 1/Σ v⁴ of unit length. Null where there are none (docs/model.md, Wide tables of few rows).
 */
export async function findFactors(
  { codes, trainingRows, facts }: FactorTable,
  seed: number,
  pause: () => Promise<void>,
): Promise<FactorCoding | null> {
  if (!isWide(codes.length, trainingRows)) return null;
  const scores = facts.map(normalScores);
  const taking = scores.flatMap((own, part) => (own ? [part] : []));
  if (taking.length <= MIN_PARTS) return null;
  const stream = new RandomStream(seed, hashText('factors'));
  const count = Math.min(trainingRows, Math.max(500, Math.floor(MAX_NUMBERS / taking.length)));
  const rows = stream.spreadRows(trainingRows, count);
  const values: Float32Array[] = [];
  for (const part of taking) {
    values.push(Float32Array.from(rows, (row) => scores[part]![codes[part]![row]!]!));
    if (values.length % 64 === 0) await pause();
  }
  const components = await principalComponents(values, stream, pause);
  const noise = ABOVE_NOISE * (1 + Math.sqrt(taking.length / count)) ** 2;
  const factors: Factor[] = [];
  for (const { value, vector } of components) {
    const shared = 1 / vector.reduce((sum, weight) => sum + weight ** 4, 0);
    if (value < noise) break;
    if (shared < MIN_SHARED) continue;
    const weights = new Array<number>(codes.length).fill(0);
    taking.forEach((part, i) => {
      weights[part] = rounded(vector[i]! / Math.sqrt(value));
    });
    const sums = factorValues(scores, weights, codes).subarray(0, trainingRows);
    factors.push({ weights, edges: quantiles(sums) });
    await pause();
  }
  if (factors.length === 0) return null;
  return { scores: scores.map((own) => own && Array.from(own, rounded)), factors };
}

interface Component {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
}

/**
 * The leading eigenvectors of the columns' correlation matrix by orthogonal iteration (Golub & Van Loan, Matrix
 * Computations, 8.2.4), largest first.
 * @param values standardised columns
 */
async function principalComponents(
  values: readonly Float32Array[],
  stream: RandomStream,
  pause: () => Promise<void>,
): Promise<Component[]> {
  const rows = values[0]!.length;
  let vectors: Float64Array[] = Array.from({ length: Math.min(MAX_FACTORS, values.length) }, () =>
    Float64Array.from(values, () => stream.normal()),
  );
  orthonormalise(vectors);
  let lengths: number[] = [];
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next: Float64Array[] = [];
    for (const vector of vectors) {
      const sums = new Float64Array(rows);
      values.forEach((column, i) => {
        const weight = vector[i]!;
        for (let r = 0; r < rows; r++) sums[r]! += weight * column[r]!;
      });
      next.push(
        Float64Array.from(values, (column) => {
          let sum = 0;
          for (let r = 0; r < rows; r++) sum += column[r]! * sums[r]!;
          return sum / rows;
        }),
      );
      await pause();
    }
    lengths = orthonormalise(next);
    vectors = next;
  }
  return vectors.map((vector, k) => ({ value: lengths[k]!, vector })).sort((a, b) => b.value - a.value);
}

/** Gram–Schmidt in turn. @returns lengths before each was scaled to 1 */
function orthonormalise(vectors: readonly Float64Array[]): number[] {
  return vectors.map((vector, k) => {
    for (const other of vectors.slice(0, k)) {
      const along = vector.reduce((sum, x, i) => sum + x * other[i]!, 0);
      for (let i = 0; i < vector.length; i++) vector[i]! -= along * other[i]!;
    }
    const length = Math.hypot(...vector) || 1;
    for (let i = 0; i < vector.length; i++) vector[i]! /= length;
    return length;
  });
}

/** Lower ends of bins of equally many rows, without the first. */
function quantiles(values: Float64Array): number[] {
  const sorted = values.slice().sort();
  const bins = Math.max(2, Math.min(MAX_BINS, Math.floor(sorted.length / MIN_BIN_ROWS)));
  const edges = Array.from({ length: bins - 1 }, (_, k) => {
    const at = Math.round(((k + 1) * sorted.length) / bins);
    return (sorted[at - 1]! + sorted[at]!) / 2;
  });
  return [...new Set(edges)];
}

function rounded(value: number): number {
  return Math.round(value * DIGITS) / DIGITS;
}
