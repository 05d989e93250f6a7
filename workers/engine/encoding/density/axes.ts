import { meanOfNeighbours } from '../../privacy/protection';
import { lowerBound } from '../sorted-values';

/** An increasing map of a range of values onto 0…1: along it a density may be smooth where it is not along the values. */
export interface Axis {
  positionOf(value: number): number;
  valueAt(position: number): number;
  /** What was read from the rows to make it. */
  readonly parameters: number;
}

/** Quantiles that the last axis goes through. */
const KNOTS = 32;

/**
 * The values themselves; their logarithms, from zero or from an end; both tails compressed; and, for whatever is left,
 * straight lines between quantiles.
 * @param inside ascending, between low and high
 */
export function axesOf(inside: Float64Array, low: number, high: number): Axis[] {
  const n = inside.length;
  const axes = [
    scaled(
      (x) => x / 2,
      (t) => 2 * t,
      low,
      high,
      0,
    ),
  ];
  if (n < KNOTS) return axes;
  const at = (share: number) => meanOfNeighbours(inside, Math.round(share * n) - 2);
  const middle = at(0.5);
  const spread = at(0.75) / 2 - at(0.25) / 2;
  const isWide = (scale: number) => scale > 0 && (high / 2 - low / 2) / scale < 1e12;
  if (isWide(spread)) axes.push(compressed(middle, spread, low, high));
  const fromLow = (at(0.1) - low) / 2;
  if (isWide(fromLow)) axes.push(compressed(low, fromLow, low, high));
  const fromHigh = (high - at(0.9)) / 2;
  if (isWide(fromHigh)) axes.push(compressed(high, fromHigh, low, high));
  if (low > 0) axes.push(scaled(Math.log, Math.exp, low, high, 0));
  if (high < 0)
    axes.push(
      scaled(
        (x) => -Math.log(-x),
        (t) => -Math.exp(-t),
        low,
        high,
        0,
      ),
    );
  axes.push(throughQuantiles(inside, low, high));
  return axes.filter((axis) => Number.isFinite(axis.positionOf(middle)));
}

function scaled(
  forward: (value: number) => number,
  back: (position: number) => number,
  low: number,
  high: number,
  parameters: number,
): Axis {
  const start = forward(low);
  const length = forward(high) - start;
  return {
    positionOf: (value) => (forward(value) - start) / length,
    valueAt: (position) => back(start + position * length),
    parameters,
  };
}

function compressed(centre: number, scale: number, low: number, high: number): Axis {
  return scaled(
    (x) => Math.asinh((x - centre) / scale),
    (t) => centre + scale * Math.sinh(t),
    low,
    high,
    2,
  );
}

function throughQuantiles(inside: Float64Array, low: number, high: number): Axis {
  const knots = [low];
  for (let k = 1; k < KNOTS; k++) {
    const knot = meanOfNeighbours(inside, Math.round((k * inside.length) / KNOTS) - 2);
    if (knot > knots[knots.length - 1]! && knot < high) knots.push(knot);
  }
  knots.push(high);
  const last = knots.length - 1;
  return {
    positionOf(value) {
      const k = Math.max(1, Math.min(lowerBound(knots, value), last));
      return (k - 1 + (value - knots[k - 1]!) / (knots[k]! - knots[k - 1]!)) / last;
    },
    valueAt(position) {
      const k = Math.min(Math.floor(position * last), last - 1);
      const part = position * last - k;
      return knots[k]! * (1 - part) + knots[k + 1]! * part;
    },
    parameters: last - 1,
  };
}
