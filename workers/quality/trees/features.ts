/** Bins of a feature at most; codes are bytes. */
export const MAX_BINS = 255;

/** A column as trees see it: a code for each row. */
export interface Feature {
  readonly codes: Uint8Array;
  /** Codes are below it. The last one is that of rows without a value. */
  readonly bins: number;
  /** Codes without an order: each split may take any set of them. */
  readonly isCategory: boolean;
}

/**
 * Borders between the bins of numbers: midpoints between distinct values, or quantiles of where there are more values than bins.
 * @param values ascending
 */
export function bordersOf(values: Float64Array, maxBins = MAX_BINS - 1): Float64Array {
  const distinct: number[] = [];
  for (const value of values) {
    if (distinct.length > 0 && value === distinct.at(-1)) continue;
    distinct.push(value);
    if (distinct.length > maxBins) break;
  }
  if (distinct.length <= maxBins) {
    return Float64Array.from({ length: Math.max(0, distinct.length - 1) }, (_, i) =>
      middle(distinct[i]!, distinct[i + 1]!),
    );
  }
  const borders: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    const at = Math.floor((k * values.length) / maxBins);
    const border = middle(values[at - 1]!, values[at]!);
    if (borders.length === 0 || border > borders.at(-1)!) borders.push(border);
  }
  return Float64Array.from(borders);
}

function middle(low: number, high: number): number {
  const between = low / 2 + high / 2;
  // Neighbouring doubles have nothing between them: the border belongs to the higher one.
  return between > low ? between : high;
}

/** Codes of numbers by borders; rows without a value get the last one. */
export function codesOf(values: Float64Array, nulls: Uint8Array | null, borders: Float64Array): Feature {
  const missing = borders.length + 1;
  const codes = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    codes[row] = nulls?.[row] === 1 ? missing : upTo(borders, values[row]!);
  }
  return { codes, bins: missing + 1, isCategory: false };
}

/** Borders that are at most the value. */
function upTo(borders: Float64Array, value: number): number {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const at = (low + high) >> 1;
    if (borders[at]! <= value) low = at + 1;
    else high = at;
  }
  return low;
}

/** The given rows of a feature. */
export function featureRows({ codes, bins, isCategory }: Feature, rows: Uint32Array): Feature {
  const taken = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = codes[rows[i]!]!;
  return { codes: taken, bins, isCategory };
}
