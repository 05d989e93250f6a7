import type { Rule } from '../../../../src/domain/rules';
import { isDate } from '../../../rules/rule-column';
import type { ExtraColumn } from '../../models/kept-rules';
import type { FeatureColumn } from '../../models/model';
import { freeName, planGap, type ReadColumn } from './extra-columns';
import { gapStep, isPossible, type PlannedStep } from './plan-steps';

/**
 * Gaps of dates that a class compares, of either sign: drawn apart, two dates would say too rarely, or too often, that one
 * is late.
 * @param steps that are planned: none of them may write the date that follows from the gap, nor compute a span from it
 * @param extras extra columns planned so far
 */
export async function planCompared(
  rules: readonly Rule[],
  known: ReadonlyMap<string, FeatureColumn>,
  steps: readonly PlannedStep[],
  extras: readonly ExtraColumn[],
  read: ReadColumn,
): Promise<{ readonly extras: ExtraColumn[]; readonly steps: PlannedStep[] }> {
  const own: { extras: ExtraColumn[]; steps: PlannedStep[] } = { extras: [], steps: [] };
  for (const rule of rules) {
    if (rule.kind !== 'thresholds' || rule.minus === undefined) continue;
    const pair = [rule.column, rule.minus] as const;
    if (!pair.every((name) => isDate(known.get(name)!.schema))) continue;
    for (const [low, high] of [pair, [pair[1], pair[0]]] as const) {
      const name = freeName(`${low} to ${high}`, known, [...extras, ...own.extras]);
      const gap = planGap(await read(low), await read(high), name);
      const planned = gapStep(gap);
      if (isTiedElsewhere(high, steps) || !isPossible([...steps, ...own.steps], planned)) continue;
      own.extras.push(gap);
      own.steps.push(planned);
      break;
    }
  }
  return own;
}

/** Whether a step computes another column from a date and further ones: spans would no longer be those that were drawn. */
function isTiedElsewhere(name: string, steps: readonly PlannedStep[]): boolean {
  return steps.some(
    ({ step, reads }) =>
      reads.includes(name) &&
      reads.length > 1 &&
      !(step.kind === 'compute' && step.rules[0]!.kind === 'thresholds'),
  );
}
