import { DAY } from '../../../src/domain/calendar';
import type { NumberColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { mayShow, type ProtectionPlan, protectedBounds, valuesForBounds } from '../privacy/protection';
import { columnProtection } from '../privacy/table-protection';
import { type AnalyseOptions, CLASS_RULE, planClasses, type SubColumn, toldCount } from './contract';
import { type Bounds, moveIntoBounds, roundBounds } from './date-bounds';
import { DAY_PARTS, DateParts, type DayRule, PART, PART_NAMES } from './date-parts';
import { partValues, toLookup } from './date-values';
import { chooseDayRule } from './day-coding';
import { farValues } from './far-values';
import { isNull, lowerBound, runsOf, sortValues } from './sorted-values';

/**
 * TABULAR_DATETIME (docs/encodings.md, Dates) on epoch milliseconds UTC: sub-columns `nan` (if there are nulls or
 * special instants), then the parts that vary. Code k of a part is its k-th value. A column too small to protect is
 * `nan` alone: all null.
 */
export interface DatetimeEncoding extends DayRule {
  readonly type: 'TABULAR_DATETIME';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /** Frequent instants far from all others, as 9999-12-31; their codes of `nan` follow that of null. */
  readonly specials: readonly number[];
  /** Clipping bounds in epoch ms, on whole days, hours, …; null = everything is protected. */
  readonly bounds: Bounds | null;
  /** Values of each part, ascending; a single value is a constant without a sub-column, none = not in use. */
  readonly parts: readonly (readonly number[])[];
  /** Rows beyond the bounds, that became ones within, to tens; absent = none, or too few to say so. */
  readonly hiddenRows?: number;
  /** Of the imputation of nulls. */
  readonly seed: number;
}

/** Finds special instants, bounds, the coding of days and the values of each part. */
export function analyseDatetime(
  data: NumberColumn,
  storageType: StorageType,
  options: AnalyseOptions,
): DatetimeEncoding {
  const plan = columnProtection(options.valueProtection, options.seed, options.rareThreshold);
  const sorted = sortValues(data);
  const hasNull = mayShow(sorted.nullCount, plan);
  const common = { type: 'TABULAR_DATETIME' as const, storageType, seed: options.seed };
  const { specials, others } = splitSpecials(sorted.finite, plan);
  const exact = protectedBounds(others, plan);
  if (!exact) {
    const subColumns = [{ name: 'nan', cardinality: 1, ordinal: false }];
    const rule = { dayCoding: 'month days' as const, marks: [] };
    return { ...common, ...rule, subColumns, hasNull: true, specials: [], bounds: null, parts: [] };
  }
  const bounds = roundBounds(exact, others, storageType, plan);
  const rule = chooseDayRule(daysWithin(others, bounds), plan);
  const parts = analyseParts(others, bounds, rule, plan);
  const states = 1 + Number(hasNull) + specials.length;
  const subColumns: SubColumn[] = states > 1 ? [{ name: 'nan', cardinality: states, ordinal: false }] : [];
  parts.forEach((values, part) => {
    if (values.length < 2) return;
    // Years of millennia: classes of neighbouring ones.
    const classes = planClasses(values.length, 0, { ...(options.classRule ?? CLASS_RULE), alone: 0 });
    const own = { name: PART_NAMES[part]!, cardinality: values.length, ordinal: true };
    subColumns.push(classes ? { ...own, classes } : own);
  });
  if (subColumns.length === 0) subColumns.push({ name: 'year', cardinality: 1, ordinal: true });
  const hiddenRows = others.reduce((sum, at) => sum + Number(at < bounds.min || at > bounds.max), 0);
  const told = plan.enabled ? toldCount(hiddenRows, hiddenRows, plan.threshold) : 0;
  const hidden = told > 0 ? { hiddenRows: told } : {};
  return { ...common, ...rule, subColumns, hasNull, specials, bounds, parts, ...hidden };
}

/** Takes frequent instants far from the others away, if enough others remain. */
function splitSpecials(
  sorted: Float64Array,
  plan: ProtectionPlan,
): { specials: number[]; others: Float64Array } {
  const runs = runsOf(sorted);
  const isFar = farValues(runs, plan);
  const specials = Array.from(runs.values).filter((_, i) => isFar[i] === 1);
  if (specials.length === 0) return { specials, others: sorted };
  const others = sorted.filter((instant) => !specials.includes(instant));
  return others.length < valuesForBounds(plan) ? { specials: [], others: sorted } : { specials, others };
}

/** The days within the bounds and their rows. */
function daysWithin(sorted: Float64Array, bounds: Bounds) {
  const from = lowerBound(sorted, bounds.min);
  let to = lowerBound(sorted, bounds.max);
  while (to < sorted.length && sorted[to] === bounds.max) to++;
  const inside = to > from ? sorted.subarray(from, to) : sorted;
  return runsOf(Float64Array.from(inside, (instant) => Math.floor(instant / DAY)));
}

function analyseParts(sorted: Float64Array, bounds: Bounds, rule: DayRule, plan: ProtectionPlan): number[][] {
  const counts = PART_NAMES.map(() => new Map<number, number>());
  const date = new DateParts(rule);
  const keepsWeekday = rule.dayCoding === 'weekdays';
  const used = PART_NAMES.map((_, part) => part >= PART.hour || DAY_PARTS[rule.dayCoding].includes(part));
  for (let i = 0; i < sorted.length; ) {
    const instant = sorted[i]!;
    const from = i;
    while (i < sorted.length && sorted[i] === instant) i++;
    date.split(moveIntoBounds(instant, bounds, keepsWeekday));
    for (let part = 0; part < used.length; part++) {
      // A marked day says its weekday itself: the weekdays of the others may have no weekend.
      if (!used[part] || (part === PART.weekday && date.parts[PART.mark]! > 0)) continue;
      const count = counts[part]!;
      const value = date.parts[part]!;
      count.set(value, (count.get(value) ?? 0) + i - from);
    }
  }
  return counts.map((count, part) => (used[part] ? partValues(count, part, bounds, plan) : []));
}

/** Code arrays [sub-column][rows]; nulls get the parts of another row drawn at random (docs/encodings.md, Nulls). */
export function encodeDatetime(encoding: DatetimeEncoding, data: NumberColumn): Uint16Array[] {
  const rows = data.values.length;
  const codes = encoding.subColumns.map(() => new Uint16Array(rows));
  const { bounds, specials } = encoding;
  if (!bounds) return codes;
  const lookups = encoding.parts.map(toLookup);
  const varying = varyingParts(encoding);
  const first = firstPart(encoding);
  const keepsWeekday = encoding.dayCoding === 'weekdays';
  const date = new DateParts(encoding);
  const present = new Uint32Array(rows);
  const absent = new Uint32Array(rows);
  let presentCount = 0;
  let absentCount = 0;
  for (let row = 0; row < rows; row++) {
    const value = data.values[row]!;
    const special = specials.length > 0 ? specials.indexOf(value) : -1;
    if (isNull(data.nulls, row, value) || special >= 0) {
      if (special >= 0) codes[0]![row] = 1 + Number(encoding.hasNull) + special;
      else if (encoding.hasNull) codes[0]![row] = 1;
      absent[absentCount++] = row;
      continue;
    }
    present[presentCount++] = row;
    date.split(moveIntoBounds(value, bounds, keepsWeekday));
    for (let k = 0; k < varying.length; k++) {
      const lookup = lookups[varying[k]!]!;
      codes[first + k]![row] = lookup(date.parts[varying[k]!]!);
    }
  }
  if (presentCount === 0) return codes;
  const stream = new RandomStream(encoding.seed, 'impute');
  for (const row of absent.subarray(0, absentCount)) {
    const donor = present[stream.below(presentCount)]!;
    for (let k = first; k < codes.length; k++) codes[k]![row] = codes[k]![donor]!;
  }
  return codes;
}

/** Position of the first sub-column of a part. */
function firstPart({ hasNull, specials }: DatetimeEncoding): number {
  return Number(hasNull || specials.length > 0);
}

/** Parts that have a sub-column. */
function varyingParts(encoding: DatetimeEncoding): number[] {
  return encoding.parts.flatMap((values, part) => (values.length > 1 ? [part] : []));
}

/** Instants; the day is clipped to its month and the instant moved into the bounds. Dates are at midnight. */
export function decodeDatetime(encoding: DatetimeEncoding, codes: readonly Uint16Array[]): NumberColumn {
  const rows = codes[0]!.length;
  const values = new Float64Array(rows);
  const nulls = new Uint8Array(rows);
  const { bounds, specials, hasNull } = encoding;
  if (!bounds) return { kind: 'number', values, nulls: nulls.fill(1) };
  const varying = varyingParts(encoding);
  const first = firstPart(encoding);
  const keepsWeekday = encoding.dayCoding === 'weekdays';
  const date = new DateParts(encoding);
  encoding.parts.forEach((part, at) => {
    if (part.length > 0) date.parts[at] = part[0]!;
  });
  let anyNull = false;
  for (let row = 0; row < rows; row++) {
    const state = first > 0 ? codes[0]![row]! : 0;
    if (state === 1 && hasNull) {
      nulls[row] = 1;
      anyNull = true;
      continue;
    }
    if (state > 0) {
      values[row] = specials[state - 1 - Number(hasNull)]!;
      continue;
    }
    for (let k = 0; k < varying.length; k++) {
      const part = varying[k]!;
      date.parts[part] = encoding.parts[part]![codes[first + k]![row]!]!;
    }
    let instant = date.join();
    if (date.parts[PART.mark]! > 0 && !(instant >= bounds.min && instant <= bounds.max)) {
      date.parts[PART.mark] = 0;
      instant = date.join();
    }
    instant = moveIntoBounds(instant, bounds, keepsWeekday);
    values[row] = encoding.storageType === 'date' ? Math.floor(instant / DAY) * DAY : instant;
  }
  return { kind: 'number', values, nulls: anyNull ? nulls : null };
}
