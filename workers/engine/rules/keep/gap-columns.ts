import { type ColumnData, columnLength } from '../../../../src/domain/column-data';
import type { ResolvedEncodingType } from '../../../../src/domain/columns';
import { MAX_DISCRETE, MIN_DISCRETE_SHARE } from '../../../../src/domain/decide-encoding';
import type { RuleOf } from '../../../../src/domain/rules';
import { DAY } from '../../encoding/calendar';
import { isNull, runsOf, sortValues } from '../../encoding/sorted-values';
import type { GapColumn } from '../../models/kept-rules';
import { numbersOf, type RuleColumn } from '../rule-column';

/** Units that a gap between dates is counted in, the largest first. */
const UNITS = [DAY, 3_600_000, 60_000, 1000, 1] as const;
/** A value of so many rows is never rare. */
const NEVER_RARE = 6;

/** Milliseconds from one date to another, in days where one of them has no time. NaN where one is missing. */
function distances(low: RuleColumn, high: RuleColumn): Float64Array {
  const [from, to] = [numbersOf(low), numbersOf(high)];
  const byDay = low.storageType === 'date' || high.storageType === 'date';
  const start = (value: number) => (byDay ? Math.floor(value / DAY) * DAY : value);
  return from.map((value, row) => start(to[row]!) - start(value));
}

/**
 * The gap column of an order of two date columns.
 * @param name of the new column
 */
export function planGap(
  { low, high }: RuleOf<'inequality'>,
  columns: { readonly low: RuleColumn; readonly high: RuleColumn },
  name: string,
): GapColumn {
  const gaps = distances(columns.low, columns.high);
  const unit =
    UNITS.find((candidate) => gaps.every((gap) => Number.isNaN(gap) || gap % candidate === 0)) ?? 1;
  const data = toUnits(gaps, unit);
  const schema = { name, originalName: name, storageType: 'integer' as const };
  return { schema, encodingType: encodingOf(data), low, high, unit };
}

/** Values of a gap column, [rows]. */
export function gapValues({ unit }: GapColumn, low: RuleColumn, high: RuleColumn): ColumnData {
  return toUnits(distances(low, high), unit);
}

function toUnits(gaps: Float64Array, unit: number): ColumnData {
  const nulls = Uint8Array.from(gaps, (gap) => Number(Number.isNaN(gap)));
  return {
    kind: 'number',
    values: gaps.map((gap) => (Number.isNaN(gap) ? 0 : Math.round(gap / unit))),
    nulls: nulls.includes(1) ? nulls : null,
  };
}

/** As `decideEncoding` does for a column of the table. */
function encodingOf(data: ColumnData): ResolvedEncodingType {
  if (data.kind === 'text' || columnLength(data) === 0) return 'TABULAR_CATEGORICAL';
  const present = data.values.filter((value, row) => !isNull(data.nulls, row, value));
  const runs = runsOf(sortValues({ kind: 'number', values: present, nulls: null }).finite);
  const common = runs.counts.filter((count) => count >= NEVER_RARE);
  const covered = common.reduce((sum, count) => sum + count, 0);
  const isDiscrete = common.length <= MAX_DISCRETE && covered >= MIN_DISCRETE_SHARE * present.length;
  return isDiscrete ? 'TABULAR_NUMERIC_DISCRETE' : 'TABULAR_NUMERIC_BINNED';
}
