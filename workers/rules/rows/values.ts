import { columnLength } from '../../../src/domain/column-data';
import { UserError } from '../../../src/domain/errors';
import type { Cell, RuleOf } from '../../../src/domain/rules';
import { type CodedColumn, codeColumn, columnNamed, missingOf, type RuleColumn } from '../rule-column';

/** 1 or true → 1, 0 or false → 0, others → null. */
export function asFlag(cell: Cell): 0 | 1 | null {
  if (cell === 1 || cell === 'true') return 1;
  return cell === 0 || cell === 'false' ? 0 : null;
}

export function oneHotRows(rule: RuleOf<'one-hot'>, columns: readonly RuleColumn[]): Uint8Array {
  const coded = rule.columns.map((name) => {
    const column = codeColumn(columnNamed(columns, name));
    const flags = column.cells.map(asFlag);
    if (flags.every((flag) => flag !== null)) return { codes: column.codes, flags };
    throw new UserError(
      'config/invalid',
      `A rule takes “${name}” for one of several indicators, and it holds more than 0 and 1 or true and false. Leave it out.`,
      { details: { column: name } },
    );
  });
  return rowsBy(columnLength(columnNamed(columns, rule.columns[0]!).data), (row) => {
    let set = 0;
    for (const { codes, flags } of coded) {
      if (codes[row]! < 0) return 2;
      set += flags[codes[row]!]!;
    }
    return set === 1 ? 1 : 0;
  });
}

/** The values that are ranked are the k most frequent of k columns. */
export function permutationRows(
  rule: RuleOf<'permutation'>,
  columns: readonly RuleColumn[],
  original: readonly RuleColumn[],
): Uint8Array {
  const counts = new Map<Cell, number>();
  for (const name of rule.columns) {
    const { codes, cells } = codeColumn(columnNamed(original, name));
    for (const code of codes) if (code >= 0) counts.set(cells[code]!, (counts.get(cells[code]!) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]).slice(0, rule.columns.length);
  const rankOf = new Map(ranked.map(([cell], rank) => [cell, rank]));
  const coded = rule.columns.map((name) => {
    const { codes, cells } = codeColumn(columnNamed(columns, name));
    return { codes, ranks: cells.map((cell) => rankOf.get(cell) ?? -1) };
  });
  const seen = new Int32Array(rule.columns.length).fill(-1);
  return rowsBy(coded[0]!.codes.length, (row) => {
    let mark: 0 | 1 = 1;
    for (const { codes, ranks } of coded) {
      if (codes[row]! < 0) return 2;
      const rank = ranks[codes[row]!]!;
      if (rank < 0 || seen[rank] === row) mark = 0;
      else seen[rank] = row;
    }
    return mark;
  });
}

export function missingTogetherRows(
  rule: RuleOf<'missing-together'>,
  columns: readonly RuleColumn[],
): Uint8Array {
  const missing = rule.columns.map((name) => missingOf(columnNamed(columns, name)));
  return rowsBy(missing[0]!.length, (row) =>
    missing.every((column) => column[row] === missing[0]![row]) ? 1 : 0,
  );
}

/** 1 where a column holds one of the cells. */
function holding({ codes, cells }: CodedColumn, wanted: readonly Cell[]): Uint8Array {
  const held = new Set(wanted);
  const marks = cells.map((cell) => (held.has(cell) ? 1 : 0));
  const missing = Number(held.has(null));
  const rows = new Uint8Array(codes.length);
  for (let row = 0; row < rows.length; row++) rows[row] = codes[row]! < 0 ? missing : marks[codes[row]!]!;
  return rows;
}

export function impliedRows(rule: RuleOf<'implied-value'>, columns: readonly RuleColumn[]): Uint8Array {
  const cause = holding(codeColumn(columnNamed(columns, rule.by)), rule.values);
  const effect = holding(codeColumn(columnNamed(columns, rule.column)), [rule.cell]);
  return rowsBy(cause.length, (row) => {
    if (cause[row] === 1) return effect[row] === 1 ? 1 : 0;
    if (!rule.exactly) return 2;
    return effect[row] === 1 ? 0 : 1;
  });
}

export function oftenEqualRows(rule: RuleOf<'often-equal'>, columns: readonly RuleColumn[]): Uint8Array {
  const [first, second] = rule.columns.map((name) => codeColumn(columnNamed(columns, name)));
  const codeOf = new Map(first!.cells.map((cell, code) => [cell, code]));
  const matching = second!.cells.map((cell) => codeOf.get(cell) ?? -2);
  return rowsBy(first!.codes.length, (row) => {
    const other = second!.codes[row]!;
    if (first!.codes[row]! < 0 || other < 0) return 2;
    return matching[other] === first!.codes[row] ? 1 : 0;
  });
}

function rowsBy(count: number, mark: (row: number) => 0 | 1 | 2): Uint8Array {
  const marks = new Uint8Array(count);
  for (let row = 0; row < count; row++) marks[row] = mark(row);
  return marks;
}
