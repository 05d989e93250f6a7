import { type ColumnData, columnLength } from '../../../../src/domain/column-data';
import { RandomStream } from '../../../../src/domain/random';
import type { ColumnEncoding } from '../../encoding/encoder';
import { codeRange } from '../../encoding/numeric-binned';
import { fitDistribution } from './distributions/distributions';
import type { Distribution } from './family';

/** Values that a distribution is fitted to at most. */
const MAX_VALUES = 5000;

/**
 * How often the codes of a number are drawn if its values are distributed by a form with few parameters: the share of the
 * distribution between the middles to the neighbouring codes. Codes of no finite number keep theirs.
 * @param counts of rows by code
 * @returns null = the column is not coded by value, so it stays as it is
 */
export function shapedWeights(
  name: Exclude<Distribution, 'empirical'>,
  encoding: ColumnEncoding,
  data: ColumnData,
  counts: Uint32Array,
  seed: number,
): Float64Array | null {
  const ranges = rangesOf(encoding);
  if (!ranges || data.kind !== 'number') return null;
  const codes = ranges.flatMap((range, code) => (range ? [code] : []));
  const finite = finiteValues(data.values, data.nulls, seed, columnLength(data));
  if (codes.length === 0 || finite.length === 0) return null;
  const { below } = fitDistribution(
    name,
    within(finite, ranges[codes[0]!]!.lower, ranges[codes.at(-1)!]!.upper),
  );
  const rows = codes.reduce((sum, code) => sum + counts[code]!, 0);
  const ends = codes.map((code, k) =>
    k === codes.length - 1 ? ranges[code]!.upper : (ranges[code]!.upper + ranges[codes[k + 1]!]!.lower) / 2,
  );
  const shares = ends.map((end, k) =>
    Math.max(0, below(end) - (k === 0 ? below(ranges[codes[0]!]!.lower) : below(ends[k - 1]!))),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0)) return null;
  const weights = Float64Array.from(counts);
  for (const [k, code] of codes.entries()) weights[code] = (rows * shares[k]!) / total;
  return weights;
}

/** Values that each code can become; null = the code is of no finite number. */
function rangesOf(
  encoding: ColumnEncoding,
): ({ readonly lower: number; readonly upper: number } | null)[] | null {
  if (encoding.type === 'TABULAR_NUMERIC_BINNED')
    return encoding.tokens.map((_, code) => codeRange(encoding, code));
  if (encoding.type !== 'TABULAR_NUMERIC_DISCRETE') return null;
  const values = encoding.values.map((value) =>
    typeof value === 'number' ? { lower: value, upper: value } : null,
  );
  return encoding.hasNull ? [null, ...values] : values;
}

function finiteValues(
  values: Float64Array,
  nulls: Uint8Array | null,
  seed: number,
  rows: number,
): Float64Array {
  const finite = values.filter((value, row) => Number.isFinite(value) && !nulls?.[row]);
  if (finite.length <= MAX_VALUES) return finite;
  const chosen = new RandomStream(seed, 'fitted values').spreadRows(
    finite.length,
    Math.min(rows, MAX_VALUES),
  );
  return Float64Array.from(chosen, (row) => finite[row]!);
}

/** Values beyond the protected range are moved to its ends. */
function within(values: Float64Array, lower: number, upper: number): Float64Array {
  return values.map((value) => Math.min(upper, Math.max(lower, value)));
}
