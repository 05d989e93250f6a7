import { DAY } from '../../src/domain/calendar';
import type { ColumnData } from '../../src/domain/column-data';
import type { Cell, RuleOf } from '../../src/domain/rules';
import { intervalOf } from '../../src/domain/threshold-interval';
import { comparedSides } from './rows/numbers';
import { columnNamed, isDate, numbersOf, type RuleColumn } from './rule-column';

type Thresholds = RuleOf<'thresholds'>;

/**
 * The numbers whose interval decides: those of a column, or differences of two; NaN = missing. A day and an instant are
 * compared by day.
 * @throws UserError `config/invalid` for text, or a date beside a number
 */
export function decidingNumbers(
  { column, minus }: Pick<Thresholds, 'column' | 'minus'>,
  columns: readonly RuleColumn[],
): Float64Array {
  if (minus === undefined) return numbersOf(columnNamed(columns, column));
  const [own, other] = [columnNamed(columns, column), columnNamed(columns, minus)];
  const [from, to] = comparedSides(other, own);
  const unit = isDate(own) && own.storageType !== other.storageType ? DAY : 1;
  return to.map((value, row) => unit * (value - from[row]!));
}

/** The cells of the intervals row by row, missing where a number is. */
export function cellsByThresholds(rule: Thresholds, columns: readonly RuleColumn[]): ColumnData {
  const numbers = decidingNumbers(rule, columns);
  const nulls = Uint8Array.from(numbers, (value) => Number(Number.isNaN(value)));
  if (rule.cells.some((cell) => typeof cell === 'string')) {
    const dictionary = [...new Set(rule.cells.map(String))];
    const codeOf = rule.cells.map((cell: Cell) => dictionary.indexOf(String(cell)));
    const codes = Int32Array.from(numbers, (value, row) =>
      nulls[row] === 1 ? -1 : codeOf[intervalOf(value, rule)]!,
    );
    return { kind: 'text', codes, dictionary };
  }
  const values = numbers.map((value, row) =>
    nulls[row] === 1 ? 0 : Number(rule.cells[intervalOf(value, rule)]),
  );
  return { kind: 'number', values, nulls: nulls.includes(1) ? nulls : null };
}
