import type { RuleOf } from '../../../../../src/domain/rules';
import { intervalOf } from '../../../../../src/domain/threshold-interval';
import type { CodeRelation } from '../network/restrictions';
import type { CodeMeaning } from './code-values';
import type { Lookup } from './column-codes';

/**
 * The codes of a number, or of the bins whose ranges meet its interval, go with the class of the interval; missing and
 * hidden cells, and classes that the rule does not name, go with everything. Numbers inside a bin that a threshold cuts are
 * made to agree afterwards.
 */
export function byThresholds(rule: RuleOf<'thresholds'>, lookup: Lookup): CodeRelation[] {
  const [from, to] = [lookup(rule.column), lookup(rule.target)];
  if (rule.minus !== undefined || !from?.meanings || !to?.meanings) return [];
  const cells = [...new Set<unknown>(rule.cells)];
  // Group 1 + k for the code of cell k, 0 for all others.
  const classes = to.meanings.map((meaning) =>
    meaning.kind === 'cell' ? cells.indexOf(meaning.cell) + 1 : 0,
  );
  const sets = from.meanings.map((meaning) => reachedBy(meaning, rule, cells));
  const names = [...new Set(sets.map((set) => set.join()))];
  const tuples = names.flatMap((name, group) => {
    const set = sets.find((own) => own.join() === name)!;
    return [0, ...set].flatMap((cell) => [group, cell]);
  });
  return [
    {
      members: [
        { part: from.part, groups: sets.map((set) => names.indexOf(set.join())) },
        { part: to.part, groups: classes },
      ],
      tuples,
    },
  ];
}

/** Groups of the classes that a code may come with. */
function reachedBy(meaning: CodeMeaning, rule: RuleOf<'thresholds'>, cells: readonly unknown[]): number[] {
  const isNumber = meaning.kind === 'range' || (meaning.kind === 'cell' && typeof meaning.cell === 'number');
  if (!isNumber) return cells.map((_, k) => k + 1);
  const [low, high] = meaning.kind === 'range' ? [meaning.low, meaning.high] : [meaning.cell, meaning.cell];
  const [first, last] = [intervalOf(Number(low), rule), intervalOf(Number(high), rule)];
  const own = rule.cells.slice(first, last + 1).map((cell) => cells.indexOf(cell) + 1);
  return [...new Set(own)].sort((a, b) => a - b);
}
