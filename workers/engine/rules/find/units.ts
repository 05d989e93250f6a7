import type { SampledColumn } from './sampled-column';

const UNITS = Array.from({ length: 16 }, (_, decimals) => 10 ** -decimals);

/** The step of a column's values; tiny where they have no decimal grid. */
export function unitOf({ decimals }: SampledColumn): number {
  return decimals === null ? 1e-9 : (UNITS[decimals] ?? 10 ** -decimals);
}

/** Steps of its own unit in the middle half of a column's values. */
export function stepsOf(column: SampledColumn): number {
  const sorted = column.numbers!.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  return (at(0.75) - at(0.25)) / unitOf(column);
}
