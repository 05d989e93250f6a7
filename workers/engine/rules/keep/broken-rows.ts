import { hash } from '../../../../src/domain/random';
import { columnsOfRule, type Rule } from '../../../../src/domain/rules';
import { BREAKS, rowsKeeping, SAYS_NOTHING } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import type { KeptRules } from '../../models/kept-rules';
import { rowCountOf } from './drawn-rows';
import { exempt } from './exempt-rows';
import { markUnknown, markUnlisted, markWronglyEqual } from './marked-rows';

/** Kinds of which a row is not checked by itself: the draw and the restoring keep them. */
const BY_TABLE: readonly Rule['kind'][] = ['functional-dependency', 'fixed-combinations', 'running-number'];

/** Rules that a row can break by itself; combinations are kept by the draw. */
export function checkedRules({ rules, checks }: KeptRules): Rule[] {
  return [...rules, ...checks].filter(({ kind }) => !BY_TABLE.includes(kind));
}

/**
 * [rows] 1 = breaks a rule.
 * @param checked `checkedRules`
 * @param seed chooses the rows that may break a rule of nearly all rows
 * @param isGiven cells are given: dependents that are may not be what was looked up
 */
export function brokenRows(
  columns: readonly RuleColumn[],
  kept: KeptRules,
  checked: readonly Rule[],
  seed: number,
  isGiven = false,
): Uint8Array {
  const broken = new Uint8Array(rowCountOf(columns));
  // What is given may lead beyond what is usual.
  const limits = isGiven ? [] : (kept.limits ?? []);
  for (const rule of [...checked, ...limits]) {
    const names = columnsOfRule(rule);
    const own = columns.filter(({ name }) => names.includes(name));
    const states = rowsKeeping(rule, own, own);
    for (let row = 0; row < states.length; row++) if (states[row] === BREAKS) broken[row] = 1;
  }
  for (const [number, { rule, share }] of kept.nearly.entries()) {
    const states = rowsKeeping(rule, columns);
    const breaking = states.map((state) => Number(state === BREAKS));
    const applicable = states.reduce((sum, state) => sum + Number(state !== SAYS_NOTHING), 0);
    for (const row of exempt(breaking, share * applicable, hash(seed, number))) breaking[row] = 0;
    breaking.forEach((flag, row) => {
      broken[row] = broken[row]! | flag;
    });
  }
  for (const step of kept.steps) {
    if (step.kind === 'equal') markWronglyEqual(step, columns, broken);
    if (!isGiven && step.kind === 'look-up') markUnlisted(step, columns, broken);
    if (isGiven && step.kind === 'look-up' && step.share === 0) markUnknown(step, columns, broken);
  }
  return broken;
}
