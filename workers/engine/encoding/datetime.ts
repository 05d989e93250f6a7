import type { NumberColumn } from '../../../src/domain/column-data';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { type ProtectionPlan, planProtection, protectedBounds } from '../privacy/protection';
import { DAY, joinInstant, PART_NAMES, PART_RANGES, splitInstant } from './calendar';
import type { AnalyseOptions, SubColumn } from './contract';
import { isNull, nearestIndex, sortValues } from './sorted-values';

/**
 * TABULAR_DATETIME (docs/encodings.md, Dates) on epoch milliseconds UTC: sub-columns `nan` (if there are nulls), then
 * the parts that vary. Code k of a part is its k-th value. A column too small to protect is `nan` alone: all null.
 */
export interface DatetimeEncoding {
  readonly type: 'TABULAR_DATETIME';
  readonly storageType: StorageType;
  readonly subColumns: readonly SubColumn[];
  readonly hasNull: boolean;
  /** Clipping bounds in epoch ms, on whole days, hours, …; null = everything is protected. */
  readonly bounds: Bounds | null;
  /** Values of each of the nine parts, ascending; a single value is a constant without a sub-column. */
  readonly parts: readonly (readonly number[])[];
  /** Of the imputation of nulls. */
  readonly seed: number;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Share of rows that the frequent values of a part must cover for the other values to be dropped. */
const COVERAGE = 0.99;
/** More years than this are thinned out evenly; only data that spans millennia has so many. */
const MAX_YEARS = 4096;
/** Instants beyond this are no dates; keeps all parts within 32 bits. */
const LIMIT = 8.64e15;
const ROUNDING = [DAY, 3_600_000, 60_000, 1000, 1] as const;

/** Finds bounds and the values of each part. */
export function analyseDatetime(
  data: NumberColumn,
  storageType: StorageType,
  options: AnalyseOptions,
): DatetimeEncoding {
  const plan = planProtection(options.valueProtection, new RandomStream(options.seed, 'protection'));
  const sorted = sortValues(data);
  const hasNull = sorted.nullCount > 0;
  const common = { type: 'TABULAR_DATETIME' as const, storageType, seed: options.seed };
  const exact = protectedBounds(sorted.finite, plan);
  if (!exact) {
    const subColumns = [{ name: 'nan', cardinality: 1, ordinal: false }];
    return { ...common, subColumns, hasNull: true, bounds: null, parts: [] };
  }
  const bounds = roundBounds(exact, storageType, plan);
  const parts = analyseParts(sorted.finite, bounds, plan);
  const subColumns: SubColumn[] = hasNull ? [{ name: 'nan', cardinality: 2, ordinal: false }] : [];
  parts.forEach((values, part) => {
    if (values.length > 1) {
      subColumns.push({ name: PART_NAMES[part]!, cardinality: values.length, ordinal: true });
    }
  });
  if (subColumns.length === 0) subColumns.push({ name: 'year', cardinality: 1, ordinal: true });
  return { ...common, subColumns, hasNull, bounds, parts };
}

/** Under protection bounds are rounded to whole units that are small against the range. */
function roundBounds(
  exact: { readonly low: number; readonly high: number },
  storageType: StorageType,
  plan: ProtectionPlan,
): Bounds {
  const low = Math.floor(Math.min(Math.max(exact.low, -LIMIT), LIMIT));
  const high = Math.floor(Math.min(Math.max(exact.high, -LIMIT), LIMIT));
  if (!plan.enabled) return { min: low, max: high };
  const unit =
    storageType === 'date' ? DAY : (ROUNDING.find((candidate) => candidate * 10 <= high - low) ?? 1);
  // Inwards where that leaves a range, so that no hidden extreme comes back within the bounds.
  const min = Math.ceil(low / unit) * unit;
  const max = Math.floor(high / unit) * unit;
  return min <= max ? { min, max } : { min: low, max: high };
}

/**
 * The instant, or the nearest one within the bounds that keeps its date in the year, or else its time of day: plain
 * clipping would put an odd day and hour among regular ones (first of the month, midnight).
 */
function moveIntoBounds(instant: number, bounds: Bounds): number {
  const clipped = Math.min(Math.max(instant, bounds.min), bounds.max);
  if (clipped === instant || !Number.isFinite(instant)) return clipped;
  const isInside = (value: number) => value >= bounds.min && value <= bounds.max;
  const direction = instant < bounds.min ? 1 : -1;
  const parts = new Int32Array(PART_NAMES.length);
  splitInstant(clipped, parts);
  const year = parts[0]!;
  splitInstant(Math.min(Math.max(instant, -LIMIT), LIMIT), parts);
  for (const step of [0, direction]) {
    parts[0] = year + step;
    const moved = joinInstant(parts);
    if (isInside(moved)) return moved;
  }
  const days = direction * Math.ceil(Math.abs(clipped - instant) / DAY);
  return isInside(instant + days * DAY) ? instant + days * DAY : clipped;
}

function analyseParts(sorted: Float64Array, bounds: Bounds, plan: ProtectionPlan): number[][] {
  const counts = PART_NAMES.map(() => new Map<number, number>());
  const scratch = new Int32Array(PART_NAMES.length);
  for (let i = 0; i < sorted.length; ) {
    const instant = sorted[i]!;
    const from = i;
    while (i < sorted.length && sorted[i] === instant) i++;
    splitInstant(moveIntoBounds(instant, bounds), scratch);
    for (let part = 0; part < scratch.length; part++) {
      const count = counts[part]!;
      count.set(scratch[part]!, (count.get(scratch[part]!) ?? 0) + i - from);
    }
  }
  return counts.map((count, part) => partValues(count, part, bounds, sorted.length, plan));
}

/**
 * Values of one part: those that enough rows share, if they cover nearly all rows; else the part's natural range,
 * which tells nothing of the data.
 */
function partValues(
  counts: ReadonlyMap<number, number>,
  part: number,
  bounds: Bounds,
  rows: number,
  plan: ProtectionPlan,
): number[] {
  const kept: number[] = [];
  let covered = 0;
  for (const [value, count] of counts) {
    if (count < plan.threshold) continue;
    kept.push(value);
    covered += count;
  }
  const tooMany = part === 0 && kept.length > MAX_YEARS;
  if (!tooMany && kept.length > 0 && (rows - covered < plan.threshold || covered >= COVERAGE * rows)) {
    return kept.sort((a, b) => a - b);
  }
  return part === 0 ? yearRange(bounds) : range(PART_RANGES[part]![0], PART_RANGES[part]![1], 1);
}

function yearRange(bounds: Bounds): number[] {
  const scratch = new Int32Array(PART_NAMES.length);
  splitInstant(bounds.min, scratch);
  const first = scratch[0]!;
  splitInstant(bounds.max, scratch);
  return range(first, scratch[0]!, Math.ceil((scratch[0]! - first + 1) / MAX_YEARS));
}

function range(first: number, last: number, step: number): number[] {
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(value);
  return values;
}

/** Code arrays [sub-column][rows]; nulls get the parts of another row drawn at random (docs/encodings.md, Nulls). */
export function encodeDatetime(encoding: DatetimeEncoding, data: NumberColumn): Uint16Array[] {
  const rows = data.values.length;
  const codes = encoding.subColumns.map(() => new Uint16Array(rows));
  const { bounds } = encoding;
  if (!bounds) return codes;
  const lookups = encoding.parts.map(toLookup);
  const varying = varyingParts(encoding);
  const first = Number(encoding.hasNull);
  const scratch = new Int32Array(PART_NAMES.length);
  const present = new Uint32Array(rows);
  let presentCount = 0;
  for (let row = 0; row < rows; row++) {
    const value = data.values[row]!;
    if (isNull(data.nulls, row, data.values[row]!)) continue;
    present[presentCount++] = row;
    splitInstant(moveIntoBounds(value, bounds), scratch);
    for (let k = 0; k < varying.length; k++) {
      const { offset, table } = lookups[varying[k]!]!;
      const at = Math.min(Math.max(scratch[varying[k]!]! - offset, 0), table.length - 1);
      codes[first + k]![row] = table[at]!;
    }
  }
  if (presentCount < rows) imputeNulls(encoding, data, codes, present.subarray(0, presentCount), first);
  return codes;
}

function imputeNulls(
  encoding: DatetimeEncoding,
  data: NumberColumn,
  codes: readonly Uint16Array[],
  present: Uint32Array,
  first: number,
): void {
  const stream = new RandomStream(encoding.seed, 'impute');
  for (let row = 0; row < data.values.length; row++) {
    if (!isNull(data.nulls, row, data.values[row]!)) continue;
    if (encoding.hasNull) codes[0]![row] = 1;
    if (present.length === 0) continue;
    const donor = present[stream.below(present.length)]!;
    for (let k = first; k < codes.length; k++) codes[k]![row] = codes[k]![donor]!;
  }
}

/** Parts that have a sub-column. */
function varyingParts(encoding: DatetimeEncoding): number[] {
  return encoding.parts.flatMap((values, part) => (values.length > 1 ? [part] : []));
}

/** Code of the kept value nearest to each integer of the part's range (for years, from the first to the last). */
function toLookup(values: readonly number[], part: number): { offset: number; table: Uint16Array } {
  const offset = part === 0 ? values[0]! : PART_RANGES[part]![0];
  const last = part === 0 ? values[values.length - 1]! : PART_RANGES[part]![1];
  const table = new Uint16Array(last - offset + 1);
  for (let i = 0; i < table.length; i++) table[i] = nearestIndex(values, offset + i);
  return { offset, table };
}

/** Instants; the day is clipped to its month and the instant moved into the bounds. Dates are at midnight. */
export function decodeDatetime(encoding: DatetimeEncoding, codes: readonly Uint16Array[]): NumberColumn {
  const rows = codes[0]!.length;
  const values = new Float64Array(rows);
  const nulls = new Uint8Array(rows);
  const { bounds } = encoding;
  if (!bounds) return { kind: 'number', values, nulls: nulls.fill(1) };
  const varying = varyingParts(encoding);
  const first = Number(encoding.hasNull);
  const scratch = Int32Array.from(encoding.parts, (part) => part[0]!);
  let anyNull = false;
  for (let row = 0; row < rows; row++) {
    if (encoding.hasNull && codes[0]![row] === 1) {
      nulls[row] = 1;
      anyNull = true;
      continue;
    }
    for (let k = 0; k < varying.length; k++) {
      const part = varying[k]!;
      scratch[part] = encoding.parts[part]![codes[first + k]![row]!]!;
    }
    const instant = moveIntoBounds(joinInstant(scratch), bounds);
    values[row] = encoding.storageType === 'date' ? Math.floor(instant / DAY) * DAY : instant;
  }
  return { kind: 'number', values, nulls: anyNull ? nulls : null };
}
