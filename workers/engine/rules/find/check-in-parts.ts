import { columnLength } from '../../../../src/domain/column-data';
import { type CheckedRule, columnsOfRule, type Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import type { Pacer } from './pacer';

/** Rows that are checked without a pause. */
const ROWS = 100_000;
/** Kinds of which a row cannot be checked without the others. */
const WHOLE: readonly Rule['kind'][] = [
  'functional-dependency',
  'fixed-combinations',
  'permutation',
  'running-number',
];

/** `checkRule` with pauses between stretches of rows, where the kind allows it. */
export async function checkInParts(
  rule: Rule,
  columns: readonly RuleColumn[],
  pacer: Pacer,
): Promise<CheckedRule> {
  const names = columnsOfRule(rule);
  const used = columns.filter(({ name }) => names.includes(name));
  const rows = columnLength(columns[0]!.data);
  if (rows <= ROWS || WHOLE.includes(rule.kind)) return checkRule(rule, used);
  let [applicable, kept] = [0, 0];
  for (let from = 0; from < rows; from += ROWS) {
    const part = checkRule(
      rule,
      used.map((column) => stretch(column, from, Math.min(rows, from + ROWS))),
    );
    applicable += part.applicable;
    kept += part.kept;
    await pacer.tick();
  }
  return { rule, applicable, kept };
}

/** Rows of a column, on the same memory. */
function stretch(column: RuleColumn, from: number, to: number): RuleColumn {
  const { data } = column;
  if (data.kind === 'text') return { ...column, data: { ...data, codes: data.codes.subarray(from, to) } };
  const nulls = data.nulls?.subarray(from, to) ?? null;
  return { ...column, data: { kind: 'number', values: data.values.subarray(from, to), nulls } };
}
