import { type ColumnData, columnLength } from './column-data';

/**
 * Number of the subject that each row belongs to, in the order in which they first come: rows that agree in all
 * columns are one subject's, a missing value counting as one. A row in which all are missing is a subject of its own.
 * @param columns at least one, of equal length
 * @returns [rows]
 */
export function numberSubjects(columns: readonly ColumnData[]): Uint32Array {
  const rows = columnLength(columns[0]!);
  let ids = new Float64Array(rows);
  let count = 1;
  const isEmpty = new Uint8Array(rows).fill(1);
  for (const column of columns) {
    const byKey = new Map<number, number>();
    const cells = cellNumbers(column);
    const next = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const cell = cells.of[row]!;
      if (cell > 0) isEmpty[row] = 0;
      const key = ids[row]! * cells.count + cell;
      let id = byKey.get(key);
      if (id === undefined) {
        id = byKey.size;
        byKey.set(key, id);
      }
      next[row] = id;
    }
    ids = next;
    count = byKey.size;
  }
  return Uint32Array.from(ids, (id, row) => (isEmpty[row] ? count++ : id));
}

/** 0 for a missing value, else a number of its own for each value. */
function cellNumbers(column: ColumnData): { readonly of: Uint32Array; readonly count: number } {
  if (column.kind === 'text') {
    return { of: Uint32Array.from(column.codes, (code) => code + 1), count: column.dictionary.length + 1 };
  }
  const numbers = new Map<number, number>();
  const of = Uint32Array.from(column.values, (value, row) => {
    if (column.nulls?.[row]) return 0;
    let number = numbers.get(value);
    if (number === undefined) {
      number = numbers.size + 1;
      numbers.set(value, number);
    }
    return number;
  });
  return { of, count: numbers.size + 1 };
}

/**
 * One row of each subject: the first in an order of the rows, in that order.
 * @param subjects numbers of the subjects of the rows
 */
export function firstRowOfEach(subjects: Uint32Array, order: Uint32Array): Uint32Array {
  const seen = new Set<number>();
  return order.filter((row) => {
    const isFirst = !seen.has(subjects[row]!);
    seen.add(subjects[row]!);
    return isFirst;
  });
}

/** Numbers without gaps for subjects, in the order of their first rows. */
export function renumbered(subjects: Uint32Array): Uint32Array {
  const numbers = new Map<number, number>();
  return subjects.map((subject) => {
    const known = numbers.get(subject);
    if (known !== undefined) return known;
    numbers.set(subject, numbers.size);
    return numbers.size - 1;
  });
}
