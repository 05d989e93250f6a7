import type { Rule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import type { GivenCells } from './changes';
import { rowCountOf } from './drawn-rows';

/** Columns in which running numbers count the rows, from the absolute number of the first one; given ones stay. */
export function numbered(
  columns: readonly RuleColumn[],
  rules: readonly Rule[],
  cells: GivenCells,
  row0: number,
): RuleColumn[] {
  return columns.map((column) => {
    const rule = rules.find((own) => own.kind === 'running-number' && own.column === column.name);
    if (rule?.kind !== 'running-number' || cells.has(column.name)) return column;
    const values = Float64Array.from(
      { length: rowCountOf([column]) },
      (_, row) => rule.start + rule.step * (row0 + row),
    );
    return { ...column, data: { kind: 'number', values, nulls: null } };
  });
}
