import type { Cell, RuleOf } from '../../../../src/domain/rules';
import { type CodedColumn, codeColumn, columnNamed, type RuleColumn } from '../../../rules/rule-column';

/** Candidates of a sample, made to fit all rows: rare values and combinations that the sample lacks. */

/** The values that imply the cell in all rows; null if none is left. */
export function refineImplied(
  rule: RuleOf<'implied-value'>,
  columns: readonly RuleColumn[],
): RuleOf<'implied-value'> | null {
  const by = codeColumn(columnNamed(columns, rule.by));
  const target = codeColumn(columnNamed(columns, rule.column));
  const wanted = rule.cell === null ? -1 : target.cells.indexOf(rule.cell);
  // Codes are moved up by one: 0 = missing.
  const rows = new Uint32Array(by.cells.length + 1);
  const inside = new Uint32Array(by.cells.length + 1);
  let held = 0;
  for (let row = 0; row < by.codes.length; row++) {
    const value = by.codes[row]! + 1;
    rows[value]!++;
    if (target.codes[row] === wanted) {
      inside[value]!++;
      held++;
    }
  }
  const values: Cell[] = [];
  let covered = 0;
  for (let value = 0; value < rows.length; value++) {
    if (rows[value] === 0 || inside[value] !== rows[value]) continue;
    const cell = value === 0 ? null : by.cells[value - 1]!;
    if (!rule.exactly && !rule.values.includes(cell)) continue;
    values.push(cell);
    covered += inside[value]!;
  }
  const exactly = rule.exactly && covered === held;
  const known = exactly ? values : values.filter((cell) => rule.values.includes(cell));
  return known.length === 0 ? null : { ...rule, values: known, exactly };
}

/** The combinations that no row holds; null if none is left. */
export function refineExcluded(
  rule: RuleOf<'excluded-combinations'>,
  columns: readonly RuleColumn[],
): RuleOf<'excluded-combinations'> | null {
  const [first, second] = rule.columns.map((name) => codeColumn(columnNamed(columns, name)));
  const width = second!.cells.length + 1;
  const seen = new Uint8Array((first!.cells.length + 1) * width);
  for (let row = 0; row < first!.codes.length; row++)
    seen[(first!.codes[row]! + 1) * width + second!.codes[row]! + 1] = 1;
  const codeOf = ({ cells }: CodedColumn, cell: Cell) => (cell === null ? 0 : cells.indexOf(cell) + 1);
  const combinations = rule.combinations.filter(
    ([a, b]) => seen[codeOf(first!, a) * width + codeOf(second!, b)] === 0,
  );
  return combinations.length === 0 ? null : { ...rule, combinations };
}
