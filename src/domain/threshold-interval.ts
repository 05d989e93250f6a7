import type { RuleOf } from './rules';

/** Index of the interval that a number lies in, from 0. */
export function intervalOf(
  value: number,
  { thresholds, inclusive }: Pick<RuleOf<'thresholds'>, 'thresholds' | 'inclusive'>,
): number {
  let index = 0;
  while (index < thresholds.length && (inclusive ? value > thresholds[index]! : value >= thresholds[index]!))
    index++;
  return index;
}
