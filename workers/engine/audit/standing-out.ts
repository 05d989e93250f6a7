import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import { rareBelow } from '../../../src/domain/model-scores';

/**
 * In which column each row has the value that fewest rows hold, or the number that fewest lie as far out as. A column in
 * which most rows have such a value, as in names, makes none stand out.
 */
export class RarestColumns {
  readonly column: Uint16Array;
  readonly holders: Uint32Array;
  readonly #rows: Uint32Array;

  /** @param rows of the table that are looked at */
  constructor(rows: Uint32Array) {
    this.#rows = rows;
    this.column = new Uint16Array(rows.length);
    this.holders = new Uint32Array(rows.length).fill(0xffff_ffff);
  }

  /** @param data of all rows of the table */
  add(index: number, data: ColumnData): void {
    const holders = data.kind === 'text' ? holdersOfTexts(data.codes) : holdersOfNumbers(data);
    const counts = this.#rows.map(holders);
    const limit = rareBelow(columnLength(data));
    if (2 * counts.filter((count) => count < limit).length > counts.length) return;
    counts.forEach((count, at) => {
      if (count >= this.holders[at]!) return;
      this.holders[at] = count;
      this.column[at] = index;
    });
  }
}

function holdersOfTexts(codes: Int32Array): (row: number) => number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return (row) => counts.get(codes[row]!)!;
}

function holdersOfNumbers({
  values,
  nulls,
}: Extract<ColumnData, { kind: 'number' }>): (row: number) => number {
  const isNull = (row: number) => nulls?.[row] === 1 || Number.isNaN(values[row]!);
  const sorted = values.filter((_, row) => !isNull(row)).sort();
  const missing = values.length - sorted.length;
  const below = (value: number, included: boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value || (included && sorted[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (row) => {
    if (isNull(row)) return missing;
    const value = values[row]!;
    return Math.min(below(value, true), sorted.length - below(value, false));
  };
}
