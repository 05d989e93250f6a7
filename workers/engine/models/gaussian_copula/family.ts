import { ModelSettings } from '../../../../src/domain/model-settings';
import { z } from '../../../../src/domain/zod';
import type { ModelFamily } from '../family';

/** Settings of the Gaussian copula. */
export const GaussianCopulaConfiguration = z.object({
  model: z.literal('gaussian_copula'),
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
