import { ModelSettings } from '../../../../src/domain/model-settings';
import { z } from '../../../../src/domain/zod';
import type { ModelFamily } from '../family';

/** Settings of the marginals engine; names are those of MOSTLY AI's DifferentialPrivacyConfig where it has them. */
export const MarginalsConfiguration = z.object({
  model: z.literal('marginals'),
  maxEpsilon: z.number().gt(0).max(10_000).default(3).meta({
    title: 'ε at most',
    description:
      'How much the model may give away of a subject: at 1 nearly nothing, at 10 little is promised.',
  }),
  delta: z.number().gt(0).lt(1).default(1e-5).meta({
    title: 'δ',
    description: 'Probability that ε does not hold; well below one in the number of subjects.',
  }),
  /** The part of `maxEpsilon` for categories, ranges and decimals; null = a share of it. */
  valueProtectionEpsilon: z.number().gt(0).max(10_000).nullable().default(null).meta({
    title: 'ε for value domains',
    description:
      'Part of ε that finds categories, ranges and decimals. Must be below ε. Empty: a sixth of the budget.',
    nullText: 'Automatic',
  }),
  /** What a person declares of the data; more rows of one subject break the guarantee. */
  maxRowsPerSubject: z.number().int().min(1).max(10_000).default(1).meta({
    title: 'Rows of one subject at most',
    description: 'As you know your data: the guarantee holds for subjects with no more rows than this.',
  }),
  ...ModelSettings.shape,
});
export type MarginalsConfiguration = z.infer<typeof MarginalsConfiguration>;

export const marginals: ModelFamily<typeof MarginalsConfiguration> = {
  id: 'marginals',
  title: 'Private marginals',
  about:
    'Differentially private: learns noisy counts of columns and pairs of columns, with a guarantee for every subject. Finds no rules.',
  configuration: MarginalsConfiguration,
  capabilities: () => ({
    anyOrder: false,
    cellsGiven: false,
    sequential: false,
    differentialPrivacy: true,
    logProbability: false,
  }),
};
