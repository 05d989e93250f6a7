import { ModelSettings } from '../../../../src/domain/model-settings';
import { z } from '../../../../src/domain/zod';
import type { ModelFamily } from '../family';

/** How the values of a number are distributed: as in the rows, or by a form with few parameters. */
export const Distribution = z.enum([
  'empirical',
  'norm',
  'beta',
  'truncnorm',
  'uniform',
  'gamma',
  'gaussian_kde',
]);
export type Distribution = z.infer<typeof Distribution>;

/** Settings of the Gaussian copula; names are those of SDV's GaussianCopulaSynthesizer. */
export const GaussianCopulaConfiguration = z.object({
  model: z.literal('gaussian_copula'),
  defaultDistribution: Distribution.default('empirical').meta({
    title: 'Distribution of numbers',
    description:
      'Empirical follows the rows and is the most accurate. The others smooth each number to a form with few parameters, within its protected range.',
    labels: {
      empirical: 'Empirical',
      norm: 'Normal',
      beta: 'Beta',
      truncnorm: 'Truncated normal',
      uniform: 'Uniform',
      gamma: 'Gamma',
      gaussian_kde: 'Gaussian kernels',
    },
  }),
  /** By name of the column; others have `defaultDistribution`. */
  numericalDistributions: z.record(z.string(), Distribution).default({}),
  ...ModelSettings.shape,
});
export type GaussianCopulaConfiguration = z.infer<typeof GaussianCopulaConfiguration>;

export const gaussianCopula: ModelFamily<typeof GaussianCopulaConfiguration> = {
  id: 'gaussian_copula',
  title: 'Gaussian copula',
  about:
    'Learns how often each value occurs, and one correlation for every pair of columns. Ready in a second; good for prototypes and as a baseline.',
  configuration: GaussianCopulaConfiguration,
  capabilities: () => ({
    anyOrder: true,
    cellsGiven: true,
    sequential: false,
    differentialPrivacy: false,
    logProbability: false,
  }),
  settings: {
    privacyGuard: {
      help: 'Does not run: how often values occur and one correlation a pair of columns hold no row to copy.',
      isIdle: true,
    },
  },
};
