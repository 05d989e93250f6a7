import type { ColumnData } from '../../../src/domain/column-data';

/** The given rows of a column, in their order; a dictionary keeps only what they use. */
export function takeRows(column: ColumnData, rows: Uint32Array | null): ColumnData {
  if (column.kind === 'number') {
    if (rows === null)
      return { kind: 'number', values: column.values.slice(), nulls: column.nulls?.slice() ?? null };
    const values = new Float64Array(rows.length);
    for (let k = 0; k < rows.length; k++) values[k] = column.values[rows[k]!]!;
    if (!column.nulls) return { kind: 'number', values, nulls: null };
    const nulls = new Uint8Array(rows.length);
    for (let k = 0; k < rows.length; k++) nulls[k] = column.nulls[rows[k]!]!;
    return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
  }
  const length = rows?.length ?? column.codes.length;
  const codes = new Int32Array(length);
  const remap = new Int32Array(column.dictionary.length).fill(-1);
  const dictionary: string[] = [];
  for (let k = 0; k < length; k++) {
    const code = column.codes[rows ? rows[k]! : k]!;
    if (code < 0) codes[k] = -1;
    else {
      if (remap[code]! < 0) remap[code] = dictionary.push(column.dictionary[code]!) - 1;
      codes[k] = remap[code]!;
    }
  }
  return { kind: 'text', codes, dictionary };
}
