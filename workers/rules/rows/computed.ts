import { columnLength } from '../../../src/domain/column-data';
import type { RuleOf } from '../../../src/domain/rules';
import { type ComputedRule, computeTarget, exactTarget } from '../compute-target';
import { roundingSlack } from '../decimals';
import { namedExtremeRows } from '../extremes';
import { columnNamed, isDate, missingOf, numbersOf, type RuleColumn } from '../rule-column';

/** Rows whose target is what the rule computes, within its rounding; nothing is said where a value is missing. */
export function computedRows(rule: ComputedRule, columns: readonly RuleColumn[]): Uint8Array {
  const target = columnNamed(columns, rule.target);
  if (rule.kind === 'date-part') return equalRows(target, computeTarget(rule, columns));
  if (rule.kind === 'thresholds') return thresholdRows(rule, target, computeTarget(rule, columns));
  if (rule.kind === 'extreme' && rule.cells) return namedExtremeRows(rule, columns);
  const exact = exactTarget(rule, columns);
  const cells = numbersOf(target);
  const marks = new Uint8Array(cells.length);
  // Milliseconds of dates are whole numbers; ages and counts are exact.
  const isRounded = rule.kind === 'linear' || rule.kind === 'product';
  const isWhole = rule.kind === 'age' || rule.kind === 'date-count' || isDate(target);
  const decimals = isWhole ? 0 : isRounded ? rule.decimals : null;
  const rounding = isRounded ? rule.rounding : 'nearest';
  const leeway = isRounded ? inputLeeway(rule, columns) : null;
  for (let row = 0; row < marks.length; row++) {
    const cell = cells[row]!;
    const value = exact[row]!;
    if (Number.isNaN(cell) || Number.isNaN(value)) {
      marks[row] = 2;
      continue;
    }
    const { below, above } = roundingSlack(decimals, rounding, Math.max(Math.abs(cell), Math.abs(value)));
    const free = leeway?.(row, value) ?? 0;
    marks[row] = value >= cell - below - free && value <= cell + above + free ? 1 : 0;
  }
  return marks;
}

/** As `equalRows`; nothing is said of targets with cells that the rule does not name. */
function thresholdRows(
  { cells }: RuleOf<'thresholds'>,
  target: RuleColumn,
  computed: RuleColumn['data'],
): Uint8Array {
  const named = new Set<unknown>(cells);
  const { data } = target;
  const known = data.kind === 'text' ? data.dictionary.map((text) => named.has(text)) : null;
  return equalRows(target, computed).map((mark, row) => {
    if (mark !== 0) return mark;
    const isNamed = data.kind === 'text' ? known![data.codes[row]!] : named.has(data.values[row]);
    return isNamed ? 0 : 2;
  });
}

/** How far the target may be off because its inputs were rounded afterwards; null = they were not. */
function inputLeeway(
  rule: RuleOf<'linear' | 'product'>,
  columns: readonly RuleColumn[],
): ((row: number, value: number) => number) | null {
  if (!rule.inputDecimals) return null;
  const halves = rule.inputDecimals.map((decimals) => (1 + 1e-7) * 0.5 * 10 ** -decimals);
  if (rule.kind === 'linear') {
    const sum = rule.terms.reduce((all, { factor }, k) => all + Math.abs(factor) * (halves[k] ?? 0), 0);
    return () => sum;
  }
  // Relative errors of factors add up, to first order.
  const inputs = rule.factors.map(({ column }) => numbersOf(columnNamed(columns, column)));
  return (row, value) =>
    inputs.reduce((all, input, k) => {
      const { power, per } = rule.factors[k]!;
      const half = (halves[k] ?? 0) * Math.abs(per ?? 1);
      const base = Math.abs(per === undefined ? input[row]! : 1 + per * input[row]!);
      return all + Math.abs((power * value) / (base - half || 1)) * half;
    }, 0);
}

function equalRows(target: RuleColumn, computed: RuleColumn['data']): Uint8Array {
  const missing = missingOf(target);
  const { data } = target;
  const lacking = missingOf({ ...target, data: computed });
  const marks = new Uint8Array(columnLength(data));
  for (let row = 0; row < marks.length; row++) {
    if (missing[row] === 1 || lacking[row] === 1) marks[row] = 2;
    else if (data.kind === 'text') {
      const text = computed.kind === 'text' ? computed.dictionary[computed.codes[row]!] : null;
      marks[row] = data.dictionary[data.codes[row]!] === text ? 1 : 0;
    } else marks[row] = computed.kind === 'number' && computed.values[row] === data.values[row] ? 1 : 0;
  }
  return marks;
}
