import type { StorageType } from './columns';

/**
 * A column on its way between workers: typed arrays only, so that it is transferred and not copied.
 * Numbers carry integers, floats, and dates as epoch milliseconds UTC; text carries text and booleans
 * ('true' / 'false') as codes into a dictionary of distinct values.
 */
export type ColumnData = NumberColumn | TextColumn;

export interface NumberColumn {
  readonly kind: 'number';
  /** Undefined content where `nulls` is 1. May hold ±Infinity, never NaN. */
  readonly values: Float64Array;
  /** 1 = no value; null = the column has no nulls. */
  readonly nulls: Uint8Array | null;
}

export interface TextColumn {
  readonly kind: 'text';
  /** Index into `dictionary`, −1 = no value. */
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** What a reader must know of a column besides its values. */
export interface ColumnSchema {
  readonly name: string;
  readonly originalName: string;
  readonly storageType: StorageType;
}

/** A column with its name and type. */
export interface NamedColumn {
  readonly name: string;
  readonly storageType: StorageType;
  readonly data: ColumnData;
}

/** The buffers of columns, to be transferred with them. */
export function transferables(columns: readonly ColumnData[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const column of columns) {
    if (column.kind === 'text') buffers.add(column.codes.buffer as ArrayBuffer);
    else {
      buffers.add(column.values.buffer as ArrayBuffer);
      if (column.nulls) buffers.add(column.nulls.buffer as ArrayBuffer);
    }
  }
  return [...buffers];
}

/** Number of rows. */
export function columnLength(column: ColumnData): number {
  return column.kind === 'text' ? column.codes.length : column.values.length;
}

/** The given rows of a column, in their order, null for a copy of all; a text column keeps its whole dictionary. */
export function takeRows(column: ColumnData, rows: Uint32Array | null): ColumnData {
  if (column.kind === 'text') {
    const { codes, dictionary } = column;
    return { kind: 'text', codes: pick(codes, rows, Int32Array), dictionary };
  }
  const { values, nulls } = column;
  return {
    kind: 'number',
    values: pick(values, rows, Float64Array),
    nulls: nulls && pick(nulls, rows, Uint8Array),
  };
}

function pick<T extends { [index: number]: number; slice(): T }>(
  from: T,
  rows: Uint32Array | null,
  Make: new (length: number) => T,
): T {
  if (!rows) return from.slice();
  const picked = new Make(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = from[rows[i]!]!;
  return picked;
}

/** The rows of `a`, then those of `b`; dictionaries are merged. Both must be of one kind. */
export function concatenate(a: ColumnData, b: ColumnData): ColumnData {
  if (a.kind === 'number') return concatenateNumbers(a, b as NumberColumn);
  return concatenateTexts(a, b as TextColumn);
}

function concatenateNumbers(a: NumberColumn, b: NumberColumn): NumberColumn {
  const length = a.values.length;
  const values = new Float64Array(length + b.values.length);
  values.set(a.values);
  values.set(b.values, length);
  if (!a.nulls && !b.nulls) return { kind: 'number', values, nulls: null };
  const nulls = new Uint8Array(values.length);
  if (a.nulls) nulls.set(a.nulls);
  if (b.nulls) nulls.set(b.nulls, length);
  return { kind: 'number', values, nulls };
}

function concatenateTexts(a: TextColumn, b: TextColumn): TextColumn {
  const dictionary = [...a.dictionary];
  const known = new Map(dictionary.map((value, code) => [value, code]));
  const translated = b.dictionary.map((value) => {
    const code = known.get(value);
    return code ?? dictionary.push(value) - 1;
  });
  const codes = new Int32Array(a.codes.length + b.codes.length);
  codes.set(a.codes);
  for (let i = 0, out = a.codes.length; i < b.codes.length; i++, out++) {
    const code = b.codes[i]!;
    codes[out] = code < 0 ? -1 : translated[code]!;
  }
  return { kind: 'text', codes, dictionary };
}
