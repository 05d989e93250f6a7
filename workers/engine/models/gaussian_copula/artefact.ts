import type { Learned } from '../artefact';
import type { EncodedFeature } from '../coded-columns';

/** What a Gaussian copula keeps of a training beside the correlations. */
export interface CopulaContent {
  readonly features: readonly EncodedFeature[];
  /** Per sub-column, how its codes lie along its latent. */
  readonly marginals: readonly { readonly order: readonly number[]; readonly ends: readonly number[] }[];
  /** Per sub-column: above this, its latent of missing values says that the value is missing; null = it has none. */
  readonly missing: readonly (number | null)[];
}

export interface CopulaLearned extends Learned {
  readonly content: CopulaContent;
  /** `correlation`: of the latents, those of the sub-columns and then those of missing values; lower triangle without the diagonal, row by row. */
  readonly tensors: { readonly correlation: Float32Array };
}

/** Latents of a copula. */
export function sizeOf(marginals: readonly unknown[], missing: readonly (number | null)[]): number {
  return marginals.length + missing.filter((end) => end !== null).length;
}

/** The matrix of a triangle. */
export function matrixOf(triangle: Float32Array, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  let next = 0;
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      matrix[i * size + j] = triangle[next]!;
      matrix[j * size + i] = triangle[next]!;
      next++;
    }
  }
  return matrix;
}

export function triangleOf(matrix: Float64Array, size: number): Float32Array {
  const triangle = new Float32Array((size * (size - 1)) / 2);
  let next = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) triangle[next++] = matrix[i * size + j]!;
  return triangle;
}
