import { RandomStream } from '../../../src/domain/random';
import type { Pacer } from '../pacing';

/** Directions of largest variance. */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Orthonormal, largest variance first; [component][dimension]. */
  readonly axes: readonly Float64Array[];
}

const OVERSAMPLING = 4;

/**
 * The first `count` principal components of `rows` points in `dims` dimensions (row-major), by subspace iteration
 * with Rayleigh–Ritz order. Components without variance project everything to about 0.
 */
export async function principalComponents(
  points: Float64Array,
  rows: number,
  dims: number,
  count: number,
  pacer: Pacer,
): Promise<PrincipalComponents> {
  const mean = new Float64Array(dims);
  for (let start = 0; start < points.length; start += dims) {
    for (let d = 0; d < dims; d++) mean[d]! += points[start + d]! / rows;
  }
  const centred = points.slice();
  for (let start = 0; start < points.length; start += dims) {
    for (let d = 0; d < dims; d++) centred[start + d]! -= mean[d]!;
  }
  const random = new RandomStream(0, 'principal components');
  let axes: Float64Array[] = Array.from({ length: Math.min(dims, count + OVERSAMPLING) }, () =>
    Float64Array.from({ length: dims }, () => random.normal()),
  );
  const iterations = rows > 500 ? 8 : 40;
  for (let iteration = 0; iteration < iterations; iteration++) {
    orthonormalize(axes);
    axes = axes.map((axis) => scatterTimes(centred, rows, dims, axis));
    if (pacer.advance(0)) await pacer.yield();
  }
  const variance = new Map(axes.map((axis) => [axis, norm(axis)]));
  axes.sort((a, b) => variance.get(b)! - variance.get(a)!);
  orthonormalize(axes);
  return { mean, axes: axes.slice(0, count) };
}

/** Xᵀ(X v) for the centred points X. */
function scatterTimes(points: Float64Array, rows: number, dims: number, axis: Float64Array): Float64Array {
  const out = new Float64Array(dims);
  for (let row = 0; row < rows; row++) {
    const start = row * dims;
    let dot = 0;
    for (let d = 0; d < dims; d++) dot += points[start + d]! * axis[d]!;
    for (let d = 0; d < dims; d++) out[d]! += dot * points[start + d]!;
  }
  return out;
}

/** Gram–Schmidt, twice for stability; vectors that depend on earlier ones become 0. */
function orthonormalize(axes: Float64Array[]): void {
  for (let i = 0; i < axes.length; i++) {
    const axis = axes[i]!;
    const before = norm(axis);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = axes[j]!;
        let dot = 0;
        for (let d = 0; d < axis.length; d++) dot += axis[d]! * other[d]!;
        for (let d = 0; d < axis.length; d++) axis[d]! -= dot * other[d]!;
      }
    }
    const length = norm(axis);
    const scale = length > before * 1e-12 ? 1 / length : 0;
    for (let d = 0; d < axis.length; d++) axis[d]! *= scale;
  }
}

function norm(vector: Float64Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square);
}
