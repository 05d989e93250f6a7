import type { VerdictLevel } from './evidence-part';
import { z } from './zod';

const Share = z.number().min(0).max(1).nullable().default(null);

/** What a report must reach: of a run by a recipe, or before its rows leave; null = not asked for. */
export const RecipeChecks = z.strictObject({
  minAccuracy: Share.meta({
    title: 'Accuracy at least',
    description: 'Overall accuracy of the report, 0 to 1. Empty: not checked.',
    nullText: 'Not checked',
    nullOption: 'none',
  }),
  minAccuracyOfMaximum: Share.meta({
    title: 'Share of the reachable accuracy',
    description: 'Accuracy divided by that of held-out original rows, 0 to 1. Empty: not checked.',
    nullText: 'Not checked',
    nullOption: 'none',
  }),
  maxDcrShare: Share.meta({
    title: 'DCR share at most',
    description:
      'Synthetic rows that are nearer to a row trained on than to one held out: 0.5 is chance. Empty: not checked.',
    nullText: 'Not checked',
    nullOption: 'none',
  }),
  minRulesKept: Share.meta({
    title: 'Rows that keep each rule, at least',
    description: 'Of the rules that the run keeps; 1: every row keeps every one. Empty: not checked.',
    nullText: 'Not checked',
    nullOption: 'none',
  }),
  minVerdict: z
    .enum(['pass', 'inconclusive'])
    .nullable()
    .default(null)
    .meta({
      title: 'Verdict on privacy, at least',
      description: 'Of the report: attention never passes, inconclusive where that is enough.',
      nullText: 'Not checked',
      nullOption: 'none',
      labels: { pass: 'Pass', inconclusive: 'Inconclusive' },
    }),
});
export type RecipeChecks = z.infer<typeof RecipeChecks>;

/** What became of one check. */
export interface CheckResult {
  readonly check: keyof RecipeChecks;
  readonly limit: number | VerdictLevel;
  /** What was measured; null = it could not be. */
  readonly value: number | VerdictLevel | null;
  readonly passed: boolean;
  readonly sentence: string;
}
