import { type ColumnData, columnLength } from './column-data';
import { hash, hashText } from './random';
import { HELD_BACK, NEW_ROW, TRAINED } from './split';

/** Stands for a missing value: bits of no number and of no text that is likely. */
const MISSING = [0x7ff8dead, 0xfff7beef] as const;

/** A table by what its rows, or their subjects, are known by. */
export interface KnownTable {
  /** [rows] as of `rowKeys`. */
  readonly keys: Float64Array;
  /** [rows] numbers of the subjects; absent = every row is a subject of its own. */
  readonly subjects?: Uint32Array | undefined;
}

/**
 * A number of 53 bits for the cells of each row: equal rows have the same. Of two tables of a million rows, two others
 * share one with a probability of about 10⁻⁴.
 * @param columns of equal length, in an order that is the same for all tables compared
 * @returns [rows]
 */
export function rowKeys(columns: readonly ColumnData[]): Float64Array {
  const rows = columns[0] ? columnLength(columns[0]) : 0;
  const words = [new Uint32Array(rows), new Uint32Array(rows)] as const;
  const bits = new Float64Array(1);
  const halves = new Uint32Array(bits.buffer);
  for (const column of columns) {
    const texts =
      column.kind === 'text'
        ? ([1, 2].map((half) =>
            Uint32Array.from(column.dictionary, (text) => hashText(`${half}${text}`)),
          ) as [Uint32Array, Uint32Array])
        : null;
    for (let row = 0; row < rows; row++) {
      let cell: readonly [number, number] = MISSING;
      if (column.kind === 'text') {
        const code = column.codes[row]!;
        if (code >= 0) cell = [texts![0][code]!, texts![1][code]!];
      } else if (!column.nulls?.[row]) {
        // −0 and 0 are one value.
        bits[0] = column.values[row]! + 0;
        cell = [halves[0]!, halves[1]!];
      }
      words[0][row] = hash(words[0][row]!, cell[0], cell[1], 1);
      words[1][row] = hash(words[1][row]!, cell[1], cell[0], 2);
    }
  }
  return Float64Array.from(words[0], (word, row) => word * 2 ** 21 + (words[1][row]! >>> 11));
}

/**
 * On which side of the split of an earlier version each subject of a table was, or each row where there are no subjects.
 * One that had rows on both sides, as equal rows may be, was learned.
 * @param trained, heldBack row numbers of the earlier version, null = all
 * @returns [subjects, or rows] `TRAINED`, `HELD_BACK`, `NEW_ROW`
 */
export function earlierSides(
  now: KnownTable,
  before: Pick<KnownTable, 'keys'>,
  trained: Uint32Array | null,
  heldBack: Uint32Array | null,
): Uint8Array {
  const side = new Map<number, number>();
  const mark = (rows: Uint32Array | null, as: number) => {
    if (rows) for (const row of rows) side.set(before.keys[row]!, as);
    else for (const key of before.keys) side.set(key, as);
  };
  mark(heldBack, HELD_BACK);
  mark(trained, TRAINED);
  const { keys, subjects } = now;
  if (!subjects) return Uint8Array.from(keys, (key) => side.get(key) ?? NEW_ROW);
  const sides = new Uint8Array(subjects.reduce((max, subject) => Math.max(max, subject), -1) + 1);
  subjects.forEach((subject, row) => {
    const was = side.get(keys[row]!) ?? NEW_ROW;
    if (sides[subject] !== TRAINED && was !== NEW_ROW) sides[subject] = was;
  });
  return sides;
}

/** Names of the columns that rows of two tables are compared by, in one order. */
export function comparedColumns(
  now: readonly string[],
  before: readonly string[],
  knownBy: readonly string[],
): string[] {
  const shared = new Set(before);
  return (knownBy.length > 0 ? [...knownBy] : [...now]).filter((name) => shared.has(name)).sort();
}
