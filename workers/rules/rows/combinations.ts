import type { RuleOf } from '../../../src/domain/rules';
import { type CodedColumn, codeColumn, columnNamed, type RuleColumn } from '../rule-column';

/** Cells of a table that is counted in one array. */
const MAX_DENSE = 4_000_000;

/** Codes of combinations of columns; −1 where one is missing, unless missing is a value. */
interface Combinations {
  readonly of: Int32Array;
  /** Combination as a text key → code. */
  readonly known: Map<string, number>;
}

function combine(columns: readonly CodedColumn[], missingCounts: boolean): Combinations {
  const rows = columns[0]!.codes.length;
  const known = new Map<string, number>();
  if (columns.length === 1 && !missingCounts) {
    for (const [code, cell] of columns[0]!.cells.entries()) known.set(JSON.stringify([cell]), code);
    return { of: columns[0]!.codes, known };
  }
  const of = new Int32Array(rows);
  // Neighbouring pairs of codes are joined to one code, column by column, and named once per distinct combination.
  let joined = Float64Array.from(columns[0]!.codes);
  for (const { codes, cells } of columns.slice(1)) {
    joined = joined.map((code, row) => (code + 1) * (cells.length + 1) + codes[row]! + 1);
    const dense = new Map<number, number>();
    joined = joined.map((code) => {
      let next = dense.get(code);
      if (next === undefined) {
        next = dense.size;
        dense.set(code, next);
      }
      return next;
    });
  }
  const names = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    if (!missingCounts && columns.some(({ codes }) => codes[row]! < 0)) {
      of[row] = -1;
      continue;
    }
    let code = names.get(joined[row]!);
    if (code === undefined) {
      code = names.size;
      names.set(joined[row]!, code);
      known.set(keyOf(columns, row), code);
    }
    of[row] = code;
  }
  return { of, known };
}

function keyOf(columns: readonly CodedColumn[], row: number): string {
  return JSON.stringify(columns.map(({ codes, cells }) => (codes[row]! < 0 ? null : cells[codes[row]!])));
}

/** Combination of a row → the value that most rows of it have; of equals, the one that the table has first. */
function majority(
  groups: Int32Array,
  values: Int32Array,
  groupCount: number,
  valueCount: number,
): Int32Array {
  const best = new Int32Array(groupCount).fill(-1);
  const largest = new Int32Array(groupCount);
  const dense = groupCount * valueCount <= MAX_DENSE ? new Uint32Array(groupCount * valueCount) : null;
  const sparse = new Map<number, number>();
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row]!;
    const value = values[row]!;
    if (group < 0 || value < 0) continue;
    const key = group * valueCount + value;
    if (dense) dense[key]!++;
    else sparse.set(key, (sparse.get(key) ?? 0) + 1);
  }
  const count = (key: number, rows: number) => {
    const group = Math.floor(key / valueCount);
    if (rows < largest[group]! || (rows === largest[group] && best[group]! <= key % valueCount)) return;
    largest[group] = rows;
    best[group] = key % valueCount;
  };
  if (dense) for (let key = 0; key < dense.length; key++) count(key, dense[key]!);
  else for (const [key, rows] of sparse) count(key, rows);
  return best;
}

/** One direction of a dependency; a determinant or a text that the original lacks says nothing. */
function oneWay(
  determinant: readonly string[],
  dependent: string,
  columns: readonly RuleColumn[],
  original: readonly RuleColumn[],
): Uint8Array {
  const codes = (table: readonly RuleColumn[], names: readonly string[]) =>
    names.map((name) => codeColumn(columnNamed(table, name)));
  const learned = combine(codes(original, determinant), false);
  const values = codes(original, [dependent])[0]!;
  const decided = majority(learned.of, values.codes, learned.known.size, Math.max(1, values.cells.length));
  const own = columns === original;
  const groups = own ? learned : combine(codes(columns, determinant), false);
  const cells = own ? values : codes(columns, [dependent])[0]!;
  const expected = new Array<unknown>(groups.known.size).fill(undefined);
  for (const [key, code] of groups.known) {
    const from = learned.known.get(key);
    if (from !== undefined && decided[from]! >= 0) expected[code] = values.cells[decided[from]!];
  }
  // A text that the original lacks stands for a protected one.
  const there = new Set(values.cells);
  const isHidden = cells.cells.map((cell) => typeof cell === 'string' && !there.has(cell));
  return Uint8Array.from(groups.of, (group, row) => {
    const code = cells.codes[row]!;
    if (group < 0 || code < 0 || expected[group] === undefined || isHidden[code]) return 2;
    return cells.cells[cells.codes[row]!] === expected[group] ? 1 : 0;
  });
}

export function dependencyRows(
  { determinant, dependent, oneToOne }: RuleOf<'functional-dependency'>,
  columns: readonly RuleColumn[],
  original: readonly RuleColumn[],
): Uint8Array {
  const there = oneWay(determinant, dependent, columns, original);
  if (!oneToOne || determinant.length > 1) return there;
  const back = oneWay([dependent], determinant[0]!, columns, original);
  return there.map((mark, row) => (mark === 0 || back[row] === 0 ? 0 : Math.min(mark, back[row]!)));
}

export function combinationRows(
  { columns: names }: RuleOf<'fixed-combinations'>,
  columns: readonly RuleColumn[],
  original: readonly RuleColumn[],
): Uint8Array {
  const coded = names.map((name) => codeColumn(columnNamed(columns, name)));
  if (columns === original) return new Uint8Array(coded[0]!.codes.length).fill(1);
  const learned = names.map((name) => codeColumn(columnNamed(original, name)));
  const { known } = combine(learned, true);
  const { of, known: own } = combine(coded, true);
  const allowed = new Uint8Array(own.size);
  for (const [key, code] of own) allowed[code] = known.has(key) ? 1 : 0;
  // A text that the original lacks stands for a protected one, whose combinations are hidden.
  const replaced = coded.map(({ cells }, k) => {
    const there = new Set(learned[k]!.cells);
    return cells.map((cell) => typeof cell === 'string' && !there.has(cell));
  });
  return Uint8Array.from(of, (code, row) =>
    coded.some(({ codes }, k) => replaced[k]![codes[row]!]) ? 2 : allowed[code]!,
  );
}

export function excludedRows(
  { columns: names, combinations }: RuleOf<'excluded-combinations'>,
  columns: readonly RuleColumn[],
): Uint8Array {
  const [first, second] = names.map((name) => codeColumn(columnNamed(columns, name)));
  const indexIn = ({ cells }: CodedColumn) => new Map(cells.map((cell, code) => [cell, code + 1]));
  const [indexOne, indexTwo] = [indexIn(first!), indexIn(second!)];
  const width = second!.cells.length + 1;
  const excluded = new Set<number>();
  for (const [a, b] of combinations) {
    const left = a === null ? 0 : indexOne.get(a);
    const right = b === null ? 0 : indexTwo.get(b);
    if (left !== undefined && right !== undefined) excluded.add(left * width + right);
  }
  const [one, two] = [first!.codes, second!.codes];
  const height = first!.cells.length + 1;
  const isDense = height * width <= MAX_DENSE;
  const never = new Uint8Array(isDense ? height * width : 0);
  if (isDense) for (const key of excluded) never[key] = 1;
  const rows = new Uint8Array(one.length);
  for (let row = 0; row < rows.length; row++) {
    const key = (one[row]! + 1) * width + two[row]! + 1;
    rows[row] = (isDense ? never[key] === 1 : excluded.has(key)) ? 0 : 1;
  }
  return rows;
}
