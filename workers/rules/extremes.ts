import type { ColumnData } from '../../src/domain/column-data';
import type { RuleOf } from '../../src/domain/rules';
import { codeColumn, columnNamed, numbersOf, type RuleColumn } from './rule-column';

type Extreme = RuleOf<'extreme'>;

/**
 * The largest or smallest of the columns, row by row; NaN where one is missing.
 * @throws UserError `config/invalid` for text
 */
export function extremesOf({ columns: names, end }: Extreme, columns: readonly RuleColumn[]): Float64Array {
  const inputs = names.map((name) => numbersOf(columnNamed(columns, name)));
  const extreme = end === 'largest' ? Math.max : Math.min;
  return inputs[0]!.map((_, row) => extreme(...inputs.map((values) => values[row]!)));
}

/** The cell that stands for the first column that is the extreme; missing where a column is. */
export function cellsByExtremes(rule: Extreme, columns: readonly RuleColumn[]): ColumnData {
  const inputs = rule.columns.map((name) => numbersOf(columnNamed(columns, name)));
  const first = Array.from(extremesOf(rule, columns), (value, row) =>
    inputs.findIndex((values) => values[row] === value),
  );
  const cells = rule.cells!;
  if (cells.some((cell) => typeof cell === 'string')) {
    const dictionary = [...new Set(cells.map(String))];
    const codes = Int32Array.from(first, (index) =>
      index < 0 ? -1 : dictionary.indexOf(String(cells[index])),
    );
    return { kind: 'text', codes, dictionary };
  }
  const values = Float64Array.from(first, (index) => (index < 0 ? 0 : Number(cells[index])));
  const nulls = Uint8Array.from(first, (index) => Number(index < 0));
  return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
}

/** Per row: 1 if the target names a column that is the extreme, 0 if another one, 2 where nothing is said (check-rule.ts). */
export function namedExtremeRows(rule: Extreme, columns: readonly RuleColumn[]): Uint8Array {
  const inputs = rule.columns.map((name) => numbersOf(columnNamed(columns, name)));
  const { codes, cells } = codeColumn(columnNamed(columns, rule.target));
  const named = cells.map((cell) => inputs.filter((_, k) => rule.cells![k] === cell));
  return Uint8Array.from(extremesOf(rule, columns), (extreme, row) => {
    const own = codes[row]! < 0 ? [] : named[codes[row]!]!;
    if (own.length === 0 || Number.isNaN(extreme)) return 2;
    return Number(own.some((values) => values[row] === extreme));
  });
}
