import type { CheckedRule, Rule } from '../../src/domain/rules';
import { combinationRows, dependencyRows, excludedRows } from './rows/combinations';
import { computedRows } from './rows/computed';
import { calendarRows, incrementRows, inequalityRows, rangeRows, runningRows } from './rows/numbers';
import { impliedRows, missingTogetherRows, oftenEqualRows, oneHotRows, permutationRows } from './rows/values';
import type { RuleColumn } from './rule-column';

/** What a row does to a rule. */
export const BREAKS = 0;
export const KEEPS = 1;
export const SAYS_NOTHING = 2;

/**
 * How rows keep a rule.
 * @param original the table whose combinations count for functional dependencies and fixed combinations, itself if not given
 * @throws UserError `config/invalid` if the rule names an unknown column or one of the wrong type
 */
export function checkRule(
  rule: Rule,
  columns: readonly RuleColumn[],
  original: readonly RuleColumn[] = columns,
): CheckedRule {
  const rows = rowsKeeping(rule, columns, original);
  let kept = 0;
  let broken = 0;
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === KEEPS) kept++;
    else if (rows[row] === BREAKS) broken++;
  }
  return { rule, applicable: kept + broken, kept };
}

/** Per row: 1 keeps the rule, 0 breaks it, 2 the rule says nothing about it. Parameters and errors as for `checkRule`. */
export function rowsKeeping(
  rule: Rule,
  columns: readonly RuleColumn[],
  original: readonly RuleColumn[] = columns,
): Uint8Array {
  switch (rule.kind) {
    case 'functional-dependency':
      return dependencyRows(rule, columns, original);
    case 'fixed-combinations':
      return combinationRows(rule, columns, original);
    case 'excluded-combinations':
      return excludedRows(rule, columns);
    case 'inequality':
      return inequalityRows(rule, columns);
    case 'linear':
    case 'product':
    case 'date-part':
    case 'age':
    case 'date-count':
    case 'thresholds':
    case 'extreme':
      return computedRows(rule, columns);
    case 'calendar-date':
      return calendarRows(rule, columns);
    case 'one-hot':
      return oneHotRows(rule, columns);
    case 'permutation':
      return permutationRows(rule, columns, original);
    case 'missing-together':
      return missingTogetherRows(rule, columns);
    case 'implied-value':
      return impliedRows(rule, columns);
    case 'often-equal':
      return oftenEqualRows(rule, columns);
    case 'running-number':
      return runningRows(rule, columns);
    case 'range':
      return rangeRows(rule, columns);
    case 'increments':
      return incrementRows(rule, columns);
  }
}
