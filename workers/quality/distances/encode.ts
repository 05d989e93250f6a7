import type { NamedColumn, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import { asFamily, familyOf } from '../columns';
import type { Pacer } from '../pacing';
import { encodeQuantiles, fitQuantiles } from './quantile-encoding';
import { encodeTexts, fitTexts } from './text-encoding';

/** Points, row-major. */
export interface PointSet {
  readonly rows: number;
  readonly dims: number;
  readonly data: Float64Array;
}

/** The three sets by dimension: [dimension][row]. */
export interface SetDimensions {
  readonly training: Float64Array[];
  readonly holdout: Float64Array[] | null;
  readonly synthetic: Float64Array[];
}

/**
 * The dimensions of one column in every set, not yet normalised by row. The encoding is learned on training and holdout
 * rows (docs/metrics.md).
 */
export async function encodeColumn(
  training: NamedColumn,
  holdout: NamedColumn['data'] | null,
  synthetic: NamedColumn['data'],
  pacer: Pacer,
): Promise<SetDimensions> {
  const family = familyOf(training.storageType);
  const sets = [training.data, ...(holdout ? [holdout] : []), synthetic].map((data) =>
    asFamily(data, family),
  );
  const encoded =
    family === 'category'
      ? await encodeTextSets(sets as TextColumn[], pacer)
      : encodeNumberSets(sets as NumberColumn[]);
  return {
    training: encoded[0]!,
    holdout: holdout ? encoded[1]! : null,
    synthetic: encoded[encoded.length - 1]!,
  };
}

async function encodeTextSets(sets: TextColumn[], pacer: Pacer): Promise<Float64Array[][]> {
  const encoding = await fitTexts(sets.slice(0, -1), pacer);
  return sets.map((set) => encodeTexts(encoding, set));
}

function encodeNumberSets(sets: NumberColumn[]): Float64Array[][] {
  const encoding = fitQuantiles(sets.slice(0, -1), sets.slice(-1));
  return sets.map((set) => encodeQuantiles(encoding, set));
}

/** Collects the sets' dimensions column by column and makes points of them. */
export class PointBuilder {
  readonly #training: Float64Array[] = [];
  readonly #holdout: Float64Array[] = [];
  readonly #synthetic: Float64Array[] = [];
  #withHoldout = true;

  add(dimensions: SetDimensions): void {
    this.#training.push(...dimensions.training);
    this.#synthetic.push(...dimensions.synthetic);
    if (dimensions.holdout) this.#holdout.push(...dimensions.holdout);
    else this.#withHoldout = false;
  }

  /** Points of unit length (a zero row stays zero). Empties the builder. */
  async finish(pacer: Pacer): Promise<{ training: PointSet; holdout: PointSet | null; synthetic: PointSet }> {
    const order = byVariance(this.#training);
    await pacer.yield();
    const training = await toPoints(this.#training, order, pacer);
    const holdout = this.#withHoldout ? await toPoints(this.#holdout, order, pacer) : null;
    return { training, holdout, synthetic: await toPoints(this.#synthetic, order, pacer) };
  }
}

/**
 * Dimensions, largest variance first: distances then grow fast and searches end early. One order for all sets, or
 * distances of equal rows would differ in the last bit.
 */
function byVariance(dimensions: readonly Float64Array[]): number[] {
  const variances = dimensions.map((values) => {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < values.length; row++) {
      sum += values[row]!;
      squares += values[row]! * values[row]!;
    }
    return squares - (sum * sum) / Math.max(1, values.length);
  });
  return variances.map((_, d) => d).sort((a, b) => variances[b]! - variances[a]!);
}

async function toPoints(
  dimensions: Float64Array[],
  order: readonly number[],
  pacer: Pacer,
): Promise<PointSet> {
  const dims = order.length;
  const rows = dimensions[0]?.length ?? 0;
  const lengths = new Float64Array(rows);
  for (const values of dimensions) {
    for (let row = 0; row < rows; row++) lengths[row]! += values[row]! * values[row]!;
  }
  for (let row = 0; row < rows; row++) lengths[row] = Math.sqrt(lengths[row]!);
  const data = new Float64Array(rows * dims);
  for (let d = 0; d < dims; d++) {
    const values = dimensions[order[d]!]!;
    for (let row = 0; row < rows; row++) {
      if (lengths[row]! > 0) data[row * dims + d] = values[row]! / lengths[row]!;
    }
    if (pacer.advance(0)) await pacer.yield();
  }
  dimensions.length = 0;
  return { rows, dims, data };
}
