import type { ColumnData, NumberColumn, TextColumn } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';

/** A column with its name and type. */
export interface NamedColumn {
  readonly name: string;
  readonly storageType: StorageType;
  readonly data: ColumnData;
}

/** The three families every metric distinguishes (docs/metrics.md, Bins): booleans count as categories. */
export type Family = 'number' | 'datetime' | 'category';

export function familyOf(storageType: StorageType): Family {
  if (storageType === 'integer' || storageType === 'float') return 'number';
  return storageType === 'date' || storageType === 'datetime' ? 'datetime' : 'category';
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

/**
 * The column in the form that `family` needs. Tables may store a column in different ways: one without any value is
 * read as text. Texts that are no number or date become null.
 */
export function asFamily(data: ColumnData, family: Family): ColumnData {
  if (family === 'category') return data.kind === 'text' ? data : numbersAsText(data);
  return data.kind === 'number' ? data : textAsNumbers(data, family);
}

function numbersAsText(data: NumberColumn): TextColumn {
  const codes = new Int32Array(data.values.length);
  const dictionary: string[] = [];
  const known = new Map<number, number>();
  for (let i = 0; i < codes.length; i++) {
    if (data.nulls?.[i] === 1) {
      codes[i] = -1;
      continue;
    }
    const value = data.values[i]!;
    let code = known.get(value);
    if (code === undefined) {
      code = dictionary.push(String(value)) - 1;
      known.set(value, code);
    }
    codes[i] = code;
  }
  return { kind: 'text', codes, dictionary };
}

function textAsNumbers(data: TextColumn, family: 'number' | 'datetime'): NumberColumn {
  const parsed = data.dictionary.map((text) => {
    if (text.trim() === '') return Number.NaN;
    return family === 'number' ? Number(text) : Date.parse(text);
  });
  const values = new Float64Array(data.codes.length);
  const nulls = new Uint8Array(data.codes.length);
  for (let i = 0; i < values.length; i++) {
    const code = data.codes[i]!;
    const value = code < 0 ? Number.NaN : parsed[code]!;
    if (Number.isNaN(value)) nulls[i] = 1;
    else values[i] = value;
  }
  return { kind: 'number', values, nulls };
}
