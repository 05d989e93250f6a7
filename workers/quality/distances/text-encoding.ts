import type { TextColumn } from '../../../src/domain/column-data';
import { countCategories, MISSING, RARE } from '../accuracy/bins';
import { EMBEDDING_SIZE, HashEmbedding } from './hash-embedding';
import { principalComponents } from './principal-components';

/** The components are learnt on this many of the most frequent values; the others are only projected. */
const MAX_FITTED_VALUES = 2000;

/** Where each value of a text column lies in 2 to 4 dimensions. */
export interface TextEncoding {
  readonly kind: 'text';
  readonly dims: number;
  /** Coordinates by value; `_RARE_` stands for values unknown to the original. */
  readonly places: ReadonlyMap<string, Float64Array>;
}

/**
 * Embeds the distinct values of the original sets and keeps 2 dimensions for up to 20 values, 3 for up to 100, else
 * 4 (quality.md §3.1). Values count once each, however frequent.
 */
export function fitTexts(parts: readonly TextColumn[]): TextEncoding {
  const counts = new Map<string, number>();
  for (const part of parts) {
    for (const [label, count] of countCategories(part)) counts.set(label, (counts.get(label) ?? 0) + count);
  }
  counts.delete(RARE);
  const values = [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label);
  const dims = values.length <= 20 ? 2 : values.length <= 100 ? 3 : 4;
  const embedding = new HashEmbedding();
  const known = [RARE, ...values];
  const fitted = Math.min(known.length, MAX_FITTED_VALUES);
  const points = new Float64Array(fitted * EMBEDDING_SIZE);
  for (let i = 0; i < fitted; i++) {
    embedding.embed(known[i]!, points.subarray(i * EMBEDDING_SIZE, (i + 1) * EMBEDDING_SIZE));
  }
  const { mean, axes } = principalComponents(points, fitted, EMBEDDING_SIZE, dims);
  const point = new Float64Array(EMBEDDING_SIZE);
  const places = new Map<string, Float64Array>();
  for (const value of known) {
    embedding.embed(value, point);
    places.set(
      value,
      Float64Array.from(axes, (axis) =>
        axis.reduce((sum, weight, d) => sum + weight * (point[d]! - mean[d]!), 0),
      ),
    );
  }
  return { kind: 'text', dims, places };
}

/** The column's dimensions, one array each. */
export function encodeTexts(encoding: TextEncoding, column: TextColumn): Float64Array[] {
  const { places, dims } = encoding;
  const rare = places.get(RARE)!;
  const missing = places.get(MISSING) ?? rare;
  const byCode = column.dictionary.map((value) => places.get(value === '' ? '(empty)' : value) ?? rare);
  return Array.from({ length: dims }, (_, d) =>
    Float64Array.from(column.codes, (code) => (code < 0 ? missing : byCode[code]!)[d]!),
  );
}
