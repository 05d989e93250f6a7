import { ModelSettings } from '../../../../src/domain/model-settings';
import { PrivacyBudgetSettings } from '../../../../src/domain/privacy-settings';
import { z } from '../../../../src/domain/zod';
import type { ModelFamily } from '../family';

/** Settings of the marginals engine; names are those of MOSTLY AI's DifferentialPrivacyConfig where it has them. */
export const MarginalsConfiguration = z.object({
  model: z.literal('marginals'),
  ...PrivacyBudgetSettings.shape,
  /** The part of `maxEpsilon` for categories, ranges and decimals; null = a share of it. */
  valueProtectionEpsilon: z.number().gt(0).max(10_000).nullable().default(null).meta({
    title: 'ε for value domains',
    description:
      'Part of ε that finds categories, ranges and decimals. Must be below ε. Empty: a sixth of the budget.',
    nullText: 'Automatic',
    group: 'privacy',
  }),
  /** What a person declares of the data; more rows of one subject break the guarantee. */
  maxRowsPerSubject: z.number().int().min(1).max(10_000).default(1).meta({
    title: 'Rows of one subject at most',
    description:
      'Of each, so many are used, chosen at random; noise grows with them. Where nothing says whose rows are whose, you declare that nobody has more.',
    group: 'privacy',
  }),
  ...ModelSettings.shape,
});
export type MarginalsConfiguration = z.infer<typeof MarginalsConfiguration>;

export const marginals: ModelFamily<typeof MarginalsConfiguration> = {
  id: 'marginals',
  title: 'Private marginals',
  about:
    'Differentially private: learns noisy counts of columns and pairs of columns, with a guarantee for every subject. Keeps no rules.',
  configuration: MarginalsConfiguration,
  capabilities: () => ({
    anyOrder: false,
    cellsGiven: false,
    sequential: false,
    differentialPrivacy: true,
    logProbability: false,
  }),
  privacy: {
    title: 'Private marginals',
    about:
      'Counts columns and the pairs of columns that depend on each other, with noise. Ready in seconds, and the better choice at a small ε and for few rows.',
    account: 'gaussian',
    counted: [
      'which categories, ranges and decimals there are',
      'how often each value occurs',
      'which pairs of columns go together, and how often their values meet',
    ],
    notCovered: [
      'number of rows and of subjects, names and types of columns, which take part, and as what the others are written',
      'report, charts and distances, which compare with the original',
      'which rows were held back, and which columns say whose rows are whose',
    ],
    declaration: null,
    training:
      'Columns and pairs of columns are counted with noise until ε is spent; then the model is fitted to the counts.',
    isGradual: false,
    regenerates: false,
    settings: {
      threads: { help: 'Noisy counts need one thread.', isIdle: true },
      valueProtection: {
        help: 'Not needed: which categories and ranges there are is told with noise alone.',
        isIdle: true,
      },
      rareThreshold: { help: 'Not used: which values show is decided with noise.', isIdle: true },
      rareCategoryReplacementMethod: {
        help: 'What stands for values that too few subjects have: “(other)” instead of invented ones, a frequent category, or _RARE_.',
      },
      privacyGuard: { help: 'Does not run: it looks at rows without noise.', isIdle: true },
    },
  },
};
