import type { ColumnData, NumberColumn, TextColumn } from '../../src/domain/column-data';
import type { StorageType } from '../../src/domain/columns';
import { parseTimeOfDay } from '../../src/domain/time-of-day';

/** The three families every metric distinguishes (docs/metrics.md, Bins): booleans count as categories. */
export type Family = 'number' | 'datetime' | 'category';

export function familyOf(storageType: StorageType): Family {
  if (storageType === 'integer' || storageType === 'float') return 'number';
  return ['date', 'datetime', 'time'].includes(storageType) ? 'datetime' : 'category';
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
    return family === 'number' ? Number(text) : (parseTimeOfDay(text) ?? Date.parse(text));
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
