import { RandomStream } from '../../../../../src/domain/random';
import type { SubColumnFacts } from '../network/initialise';

export interface FactorTableShape {
  readonly rows: number;
  readonly columns: number;
  /** Hidden normal causes; the first `sharing` columns follow them. */
  readonly causes: number;
  readonly sharing: number;
  readonly seed: number;
}

/** Normal columns of which some follow hidden causes to 70 %, each with weights of its own. */
export function factorTable({ rows, columns, causes, sharing, seed }: FactorTableShape) {
  const stream = new RandomStream(seed, 'factor table');
  const normal = () => Float64Array.from({ length: rows }, () => stream.normal());
  const hidden = Array.from({ length: causes }, normal);
  const values = Array.from({ length: columns }, (_, c) => {
    const own = normal();
    if (c >= sharing) return own;
    const weights = hidden.map(() => stream.normal());
    const length = Math.hypot(...weights);
    return own.map((value, r) =>
      hidden.reduce(
        (sum, cause, k) => sum + (cause[r]! * weights[k]! * Math.sqrt(0.7)) / length,
        value * Math.sqrt(0.3),
      ),
    );
  });
  return { hidden, values };
}

/** Values as codes of 10 equal bins from −2 to 2. */
export function binned(values: Float64Array): { codes: Uint16Array; facts: SubColumnFacts } {
  const codes = Uint16Array.from(values, (value) => Math.max(0, Math.min(9, Math.floor((value + 2) * 2.5))));
  const counts = new Uint32Array(10);
  for (const code of codes) counts[code]!++;
  return { codes, facts: { ordinal: true, counts } };
}

export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let r = 0; r < x.length; r++) {
    xy += (x[r]! - mx) * (y[r]! - my);
    xx += (x[r]! - mx) ** 2;
    yy += (y[r]! - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy || 1);
}
