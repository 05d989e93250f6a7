import type { CodeMetric } from './code-points';

/**
 * How many of the samples each reference is nearest to; a sample between equally near ones is divided among them.
 * Exhaustive, leaving a pair as soon as it cannot be the nearest.
 * @param samples points of `metric`, row-major
 * @param references likewise
 * @returns by reference; the sum is the number of samples
 */
export function attraction(metric: CodeMetric, samples: Uint16Array, references: Uint16Array): Float64Array {
  const { dims } = metric;
  const count = references.length / dims;
  const attracted = new Float64Array(count);
  const search = new Search(metric, references);
  for (let from = 0; from < samples.length; from += dims) {
    const nearest = search.nearest(samples.subarray(from, from + dims));
    for (let i = 0; i < nearest.length; i++) attracted[nearest[i]!]! += 1 / nearest.length;
  }
  return attracted;
}

/** Nearest references of one point after another. */
class Search {
  readonly #metric: CodeMetric;
  readonly #references: Uint16Array;
  readonly #found: Uint32Array;

  constructor(metric: CodeMetric, references: Uint16Array) {
    this.#metric = metric;
    this.#references = references;
    this.#found = new Uint32Array(references.length / metric.dims);
  }

  /** All nearest references; overwritten by the next call. */
  nearest(point: Uint16Array): Uint32Array {
    const { dims, ordinals, widths } = this.#metric;
    const references = this.#references;
    const found = this.#found;
    let best = Number.POSITIVE_INFINITY;
    let ties = 0;
    for (let r = 0, at = 0; at < references.length; r++, at += dims) {
      let distance = 0;
      let d = ordinals;
      for (; d < dims && distance <= best; d++) {
        if (point[d] !== references[at + d]) distance += widths[d]!;
      }
      for (d = 0; d < ordinals && distance <= best; d++) {
        const difference = point[d]! - references[at + d]!;
        distance += difference < 0 ? -difference : difference;
      }
      if (distance > best) continue;
      if (distance < best) ties = 0;
      best = distance;
      found[ties++] = r;
    }
    return found.subarray(0, ties);
  }
}
