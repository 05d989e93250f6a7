import type { RuleOf } from '../../../../src/domain/rules';
import { extremesOf } from '../../../rules/extremes';
import { codeColumn, columnNamed, numbersOf, type RuleColumn } from '../../../rules/rule-column';
import { type Change, type GivenCells, openRows } from './changes';

type Extreme = RuleOf<'extreme'>;

/**
 * The columns of an extreme made to fit one that is given: of a number, columns beyond it are moved to it, and the nearest
 * one if none is left there; of a name, the column that it names takes the extreme, which changes sides with it where
 * it can. Given cells stay.
 * @param rows [rows] 1 = the extreme is given
 */
export function columnsOfGiven(
  rule: Extreme,
  columns: readonly RuleColumn[],
  given: GivenCells,
  rows: Uint8Array,
): Change[] {
  const inputs = rule.columns.map((name) => {
    const column = columnNamed(columns, name);
    return {
      values: numbersOf(column).slice(),
      open: openRows(column, given, false),
      changed: new Uint8Array(rows.length),
    };
  });
  const put = (k: number, row: number, value: number) => {
    inputs[k]!.values[row] = value;
    inputs[k]!.changed[row] = 1;
  };
  const target = columnNamed(columns, rule.target);
  const sign = rule.end === 'largest' ? 1 : -1;
  const wanted = rule.cells ? null : numbersOf(target);
  const named = rule.cells ? codeColumn(target) : null;
  const extremes = extremesOf(rule, columns);
  rows.forEach((flag, row) => {
    if (flag === 0 || Number.isNaN(extremes[row]!)) return;
    const isOpen = (k: number) => inputs[k]!.open[row] === 1;
    if (wanted) {
      const bound = wanted[row]!;
      if (Number.isNaN(bound) || extremes[row] === bound) return;
      const open = [...inputs.keys()].filter(isOpen);
      for (const k of open) if (sign * inputs[k]!.values[row]! > sign * bound) put(k, row, bound);
      if (open.length === 0 || inputs.some(({ values }) => values[row] === bound)) return;
      put(
        open.reduce((a, b) => (sign * inputs[b]!.values[row]! > sign * inputs[a]!.values[row]! ? b : a)),
        row,
        bound,
      );
      return;
    }
    const code = named!.codes[row]!;
    const own = code < 0 ? -1 : rule.cells!.indexOf(named!.cells[code]!);
    if (own < 0 || !isOpen(own) || inputs[own]!.values[row] === extremes[row]) return;
    const before = inputs[own]!.values[row]!;
    const other = inputs.findIndex(({ values }) => values[row] === extremes[row]);
    put(own, row, extremes[row]!);
    if (isOpen(other)) put(other, row, before);
  });
  return inputs.flatMap(({ values, changed }, k): Change[] => {
    if (!changed.includes(1)) return [];
    const data = { kind: 'number', values: values.map((value) => value || 0), nulls: null } as const;
    return [{ target: rule.columns[k]!, data, rows: changed }];
  });
}
