import type { NumberColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { MAX_CATEGORIES } from '../../../src/domain/decide-encoding';
import { fewValues, mayShow, middleOf } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import { type AnalyseOptions, CLASS_RULE, planClasses, type SubColumn, toldCount } from './contract';
import { isNull, nearestIndex, runsOf, sortValues } from './sorted-values';

/**
 * TABULAR_NUMERIC_DISCRETE: one code per kept value, ascending; code 0 is null if the column has nulls or nothing
 * is kept: of 12 values and more, the mean of the 5 middle ones at least. Unlike mostlyai-engine it has no `_RARE_` code, which was never generated anyway: training rows with a rare
 * value teach more as rows of the nearest kept value.
 */
export interface NumericDiscreteEncoding {
  readonly type: 'TABULAR_NUMERIC_DISCRETE';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /** Kept values ascending; infinities as text because JSON has none. */
  readonly values: readonly (number | 'Infinity' | '-Infinity')[];
  /** Distinct values that became the nearest kept one, to tens; absent = none, or of too few rows to say so. */
  readonly hiddenValues?: number;
  /** Code of a null in a column that had none when it was analysed: the most frequent value. */
  readonly fallbackCode: number;
}

/** Keeps the values that enough rows share, at most the `MAX_CATEGORIES` most frequent. */
export function analyseDiscrete(
  data: NumberColumn,
  storageType: StorageType,
  options: AnalyseOptions,
): NumericDiscreteEncoding {
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const sorted = sortValues(data);
  const runs = runsOf(sorted.finite);
  const candidates: { value: number; count: number }[] = [];
  const consider = (value: number, count: number) => {
    if (mayShow(count, plan)) candidates.push({ value, count });
  };
  consider(Number.NEGATIVE_INFINITY, sorted.negativeInfinities);
  for (let i = 0; i < runs.values.length; i++) consider(runs.values[i]!, runs.counts[i]!);
  consider(Number.POSITIVE_INFINITY, sorted.positiveInfinities);
  if (candidates.length === 0 && sorted.finite.length >= fewValues(plan)) {
    // Of a small table whose values are all rare the middle is shown, as of few values that need a range.
    const middle = middleOf(sorted.finite);
    const value = storageType === 'integer' ? Math.round(middle) : Number(middle.toPrecision(6));
    candidates.push({ value, count: sorted.finite.length });
  }
  const byCount = candidates.slice().sort((a, b) => b.count - a.count || a.value - b.value);
  const kept = byCount.slice(0, MAX_CATEGORIES).sort((a, b) => a.value - b.value);
  const hasNull = mayShow(sorted.nullCount, plan) || kept.length === 0;
  const keptRows = kept.reduce((sum, { count }) => sum + count, 0);
  const hiddenRows = sorted.finite.length + sorted.negativeInfinities + sorted.positiveInfinities - keptRows;
  const hiddenValues = runs.values.length - kept.filter(({ value }) => Number.isFinite(value)).length;
  const told = hiddenValues > 0 ? toldCount(hiddenValues, hiddenRows, plan.threshold) : 0;
  const mode = kept.findIndex((entry) => entry.value === byCount[0]!.value);
  const total = Number(hasNull) + kept.length;
  // Classes of neighbouring values; null is a class of its own.
  const classes = planClasses(total, Number(hasNull), { ...(options.classRule ?? CLASS_RULE), alone: 0 });
  return {
    type: 'TABULAR_NUMERIC_DISCRETE',
    storageType,
    subColumns: [{ name: 'value', cardinality: total, ordinal: true, ...(classes ? { classes } : {}) }],
    hasNull,
    values: kept.map(({ value }) =>
      Number.isFinite(value) ? value : value > 0 ? ('Infinity' as const) : ('-Infinity' as const),
    ),
    fallbackCode: Math.max(mode, 0),
    ...(plan.enabled && told > 0 ? { hiddenValues: told } : {}),
  };
}

/** Codes [rows]; a value that was not kept becomes the nearest kept one, or null if none was. */
export function encodeDiscrete(encoding: NumericDiscreteEncoding, data: NumberColumn): Uint16Array {
  const values = Float64Array.from(encoding.values, Number);
  const first = Number(encoding.hasNull);
  const nullCode = encoding.hasNull ? 0 : encoding.fallbackCode;
  const codes = new Uint16Array(data.values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = data.values[i]!;
    if (isNull(data.nulls, i, value)) codes[i] = nullCode;
    else codes[i] = values.length === 0 ? 0 : first + nearestIndex(values, value);
  }
  return codes;
}

/** The kept values themselves. */
export function decodeDiscrete(encoding: NumericDiscreteEncoding, codes: Uint16Array): NumberColumn {
  const known = Float64Array.from(encoding.values, Number);
  const first = Number(encoding.hasNull);
  const values = new Float64Array(codes.length);
  const nulls = new Uint8Array(codes.length);
  let anyNull = false;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= first) values[i] = known[code - first]!;
    else {
      nulls[i] = 1;
      anyNull = true;
    }
  }
  return { kind: 'number', values, nulls: anyNull ? nulls : null };
}
