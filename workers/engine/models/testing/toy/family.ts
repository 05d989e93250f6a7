import { ModelSettings } from '../../../../../src/domain/model-settings';
import { z } from '../../../../../src/domain/zod';
import type { ModelFamily } from '../../family';

const ToyConfiguration = z.object({
  model: z.literal('toy'),
  bins: z.number().int().min(2).max(9).default(4).meta({ title: 'Bins', description: 'Bins per column.' }),
  smoothing: z.number().min(0).nullable().default(null).meta({
    title: 'Smoothing',
    description: 'Counts added to each bin.',
    nullText: 'By the rows',
  }),
  tails: z
    .enum(['cut', 'keep'])
    .default('cut')
    .meta({
      title: 'Tails',
      labels: { cut: 'Cut off', keep: 'Kept' },
      needs: 'exact',
      group: 'outcome',
    }),
  exact: z.boolean().default(false).meta({ title: 'Exact shares', group: 'outcome' }),
  /** Without a title: of no concern to a person. */
  hidden: z.string().default('x'),
  ...ModelSettings.shape,
});

/** A second family for tests of what must hold for any: add it to a mocked catalogue. */
export const toy: ModelFamily<typeof ToyConfiguration> = {
  id: 'toy',
  title: 'Toy',
  about: 'Learns each column by itself.',
  configuration: ToyConfiguration,
  capabilities: ({ exact }) => ({
    anyOrder: true,
    cellsGiven: !exact,
    sequential: false,
    differentialPrivacy: false,
    logProbability: false,
  }),
};
