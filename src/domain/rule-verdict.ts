import type { RuleScore, RuleShare } from './reports';

/**
 * What a report says of a rule. `kept`: by every synthetic row; `as-often`: by as large a share as in the original,
 * within chance; `less-often`, `more-often`: it is not; `broken`: the original keeps it in all rows, the synthetic rows
 * do not; `free`: neither, but it was switched off; `silent`: it speaks of no row on one side.
 */
export type RuleVerdict = 'kept' | 'as-often' | 'more-often' | 'less-often' | 'broken' | 'free' | 'silent';

/** Standard errors that two shares may differ by chance. */
const MAX_DEVIATION = 3;

/** Verdicts that a person should look at. */
const BAD: readonly RuleVerdict[] = ['broken', 'less-often'];

export function verdictOf(score: Pick<RuleScore, 'original' | 'synthetic' | 'state'>): RuleVerdict {
  const verdict = compared(score);
  return score.state === 'off' && isBad(verdict) ? 'free' : verdict;
}

function compared({ original, synthetic }: Pick<RuleScore, 'original' | 'synthetic'>): RuleVerdict {
  if (synthetic.applicable === 0 || original.applicable === 0) return 'silent';
  if (original.kept === original.applicable) {
    return synthetic.kept === synthetic.applicable ? 'kept' : 'broken';
  }
  const difference = shareOf(synthetic)! - shareOf(original)!;
  const together = (original.kept + synthetic.kept) / (original.applicable + synthetic.applicable);
  const variance = together * (1 - together) * (1 / original.applicable + 1 / synthetic.applicable);
  if (Math.abs(difference) <= MAX_DEVIATION * Math.sqrt(variance)) return 'as-often';
  return difference < 0 ? 'less-often' : 'more-often';
}

export function isBad(verdict: RuleVerdict): boolean {
  return BAD.includes(verdict);
}

/** Share of rows that keep a rule; null where it speaks of none. */
export function shareOf({ kept, applicable }: RuleShare): number | null {
  return applicable === 0 ? null : kept / applicable;
}

/** Those to look at first: bad ones by the share of rows that break them, then the rest in their order. */
export function worstRulesFirst(scores: readonly RuleScore[]): RuleScore[] {
  const rank = (score: RuleScore) =>
    isBad(verdictOf(score)) ? 1 + shareOf(score.original)! - shareOf(score.synthetic)! : 0;
  return scores.toSorted((a, b) => rank(b) - rank(a));
}
