import { DAY } from '../../../src/domain/calendar';
import type { ColumnData, NamedColumn, NumberColumn, TextColumn } from '../../../src/domain/column-data';
import { columnLength } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import type { ColumnStatistics, ValueStatistics } from '../../../src/domain/likeness';
import { MIN_SHOWN_ROWS, shownCount } from '../../../src/domain/shown-counts';
import { familyOf } from '../columns';
import { presentValues } from '../sdmetrics/column-scores';

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
/** A quantile is the mean of so many neighbours: no row's value. */
const AVERAGED = 5;
/** Of fewer values no outer quantile has as many beyond it as are shown. */
const MIN_VALUES = 200;
const DIGITS = 5;
const MINUTE = 60_000;

/**
 * Mean, standard deviation and quantiles of a column, and what is empty, as they may be shown (docs/metrics.md, Columns side by side).
 * @param original all rows, of which the share of empty ones is told
 * @param people one row of each person
 */
export function columnStatistics(
  original: NamedColumn,
  people: ColumnData,
  synthetic: ColumnData,
): ColumnStatistics {
  const kind = familyOf(original.storageType);
  const empty = share(shownCount(missing(original.data)), columnLength(original.data));
  return {
    column: original.name,
    kind,
    original: { ...valuesOf(people, original.storageType, MIN_SHOWN_ROWS), empty },
    synthetic: {
      ...valuesOf(synthetic, original.storageType, 1),
      empty: share(missing(synthetic), columnLength(synthetic)),
    },
  };
}

function share(count: number, rows: number): number {
  return rows === 0 ? 0 : Number((count / rows).toFixed(5));
}

function missing(data: ColumnData): number {
  let count = 0;
  if (data.kind === 'text') {
    for (const code of data.codes) if (code < 0) count++;
  } else if (data.nulls) for (const flag of data.nulls) count += flag;
  return count;
}

function valuesOf(data: ColumnData, type: StorageType, minRows: number): Omit<ValueStatistics, 'empty'> {
  if (data.kind === 'text')
    return { mean: null, sd: null, quantiles: null, distinct: distinct(data, minRows) };
  return { ...ofNumbers(data, type, minRows > 1), distinct: null };
}

function ofNumbers(
  data: NumberColumn,
  type: StorageType,
  isProtected: boolean,
): Pick<ValueStatistics, 'mean' | 'sd' | 'quantiles'> {
  const sorted = presentValues(data).filter(Number.isFinite);
  const n = sorted.length;
  if (n < (isProtected ? MIN_VALUES : 1)) return { mean: null, sd: null, quantiles: null };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1);
  const half = Math.min(Math.floor(AVERAGED / 2), Math.floor((n - 1) / 2));
  const quantiles = SHARES.map((at) => {
    const middle = Math.max(half, Math.min(n - 1 - half, Math.round(at * (n - 1))));
    const near = sorted.subarray(middle - half, middle + half + 1);
    const base = near[0]!;
    return rounded(base + near.reduce((sum, value) => sum + (value - base) / near.length, 0), type);
  });
  return { mean: rounded(mean, type), sd: rounded(Math.sqrt(variance)), quantiles };
}

/** To five digits, so that a figure of all rows tells no row; dates to the day, instants to the minute. */
function rounded(value: number, type: StorageType = 'float'): number {
  if (type === 'date') return DAY * Math.round(value / DAY);
  if (type === 'datetime') return MINUTE * Math.round(value / MINUTE);
  return Number(value.toPrecision(DIGITS));
}

/** Values that so many rows hold. */
function distinct({ codes, dictionary }: TextColumn, minRows: number): number {
  const counts = new Float64Array(dictionary.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const byText = new Map<string, number>();
  for (const [code, text] of dictionary.entries()) byText.set(text, (byText.get(text) ?? 0) + counts[code]!);
  return [...byText.values()].filter((count) => count >= minRows).length;
}
