import type { TextColumn } from '../../../src/domain/column-data';
import { countCategories, EMPTY, MISSING, RARE } from '../accuracy/bins';
import type { Pacer } from '../pacing';
import { EMBEDDING_SIZE, HashEmbedding } from './hash-embedding';
import { principalComponents } from './principal-components';

/** The components are learned on this many of the most frequent values; the others are only projected. */
const MAX_FITTED_VALUES = 2000;

/** Coordinates of each value of a text column in 2 to 4 dimensions. */
export interface TextEncoding {
  readonly dims: number;
  /** Index of each value; that of `_RARE_`, 0, is for values unknown to the original. */
  readonly indices: ReadonlyMap<string, number>;
  /** Row-major [value][dimension]. */
  readonly coordinates: Float64Array;
}

/**
 * Random texts are orthogonal by the hash embedding; those of a language model have much in common. With this spread, cosines
 * of centroids are those of the reference to 0.01 on published files (docs/metrics.md, Distances).
 */
const SPREAD = 0.88;

/**
 * Embeds the distinct values of the original sets and keeps 2 dimensions for up to 20 values, 3 for up to 100, else
 * 4 (docs/metrics.md, Distances). Values count once each, however frequent.
 */
export async function fitTexts(parts: readonly TextColumn[], pacer: Pacer): Promise<TextEncoding> {
  const values = valuesByFrequency(parts);
  const dims = values.length <= 20 ? 2 : values.length <= 100 ? 3 : 4;
  const known = [RARE, ...values];
  const fitted = Math.min(known.length, MAX_FITTED_VALUES);
  const embedding = new HashEmbedding();
  const points = new Float64Array(fitted * EMBEDDING_SIZE);
  for (let i = 0; i < fitted; i++) {
    embedding.embed(known[i]!, points.subarray(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE));
    if (pacer.advance(0)) await pacer.yield();
  }
  const { mean, axes } = await principalComponents(points, fitted, EMBEDDING_SIZE, dims, pacer);
  const coordinates = new Float64Array(known.length * dims);
  const point = new Float64Array(EMBEDDING_SIZE);
  for (let i = 0; i < known.length; i++) {
    if (i < fitted) point.set(points.subarray(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE));
    else embedding.embed(known[i]!, point);
    for (let d = 0; d < EMBEDDING_SIZE; d++) point[d]! -= mean[d]!;
    for (let axis = 0; axis < dims; axis++) coordinates[i * dims + axis] = SPREAD * dot(axes[axis]!, point);
    if (pacer.advance(0)) await pacer.yield();
  }
  return { dims, indices: new Map(known.map((value, i) => [value, i])), coordinates };
}

function valuesByFrequency(parts: readonly TextColumn[]): string[] {
  const counts = new Map<string, number>();
  for (const part of parts) {
    for (const [label, count] of countCategories(part)) counts.set(label, (counts.get(label) ?? 0) + count);
  }
  counts.delete(RARE);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}

/** The column's dimensions, one array each. */
export function encodeTexts(encoding: TextEncoding, column: TextColumn): Float64Array[] {
  const { indices, dims, coordinates } = encoding;
  const missing = indices.get(MISSING) ?? 0;
  const byCode = Int32Array.from(
    column.dictionary,
    (value) => indices.get(value === '' ? EMPTY : value) ?? 0,
  );
  const encoded = Array.from({ length: dims }, () => new Float64Array(column.codes.length));
  for (let row = 0; row < column.codes.length; row++) {
    const code = column.codes[row]!;
    const index = code < 0 ? missing : byCode[code]!;
    for (let d = 0; d < dims; d++) encoded[d]![row] = coordinates[index * dims + d]!;
  }
  return encoded;
}
