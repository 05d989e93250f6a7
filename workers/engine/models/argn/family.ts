import { ModelSettings } from '../../../../src/domain/model-settings';
import { PrivacyBudgetSettings } from '../../../../src/domain/privacy-settings';
import { z } from '../../../../src/domain/zod';
import type { ModelFamily } from '../family';

export const ModelSize = z.enum(['S', 'M', 'L']);
export type ModelSize = z.infer<typeof ModelSize>;

export const BackendChoice = z.enum(['auto', 'webgpu', 'wasm']);
export type BackendChoice = z.infer<typeof BackendChoice>;

/** Differential privacy by noisy gradients; names are those of MOSTLY AI's DifferentialPrivacyConfig. */
export const DifferentialPrivacy = z.object({
  /** The training ends before it would give away more. */
  ...PrivacyBudgetSettings.shape,
  noiseMultiplier: z.number().min(0.3).max(10_000).default(2).meta({
    title: 'Noise multiplier',
    description:
      'Deviation of the noise in units of the gradient norm. More noise pays for more updates with the same ε.',
    group: 'privacy',
  }),
  maxGradNorm: z.number().gt(0).max(10_000).default(1).meta({
    title: 'Gradient norm at most',
    description:
      'What one subject adds to an update at most. The optimiser divides by it, so it changes little.',
    option: 'max-grad-norm',
    group: 'privacy',
  }),
  /** The part of ε for categories, ranges and decimals; null = they are declared public by the person. */
  valueProtectionEpsilon: z.number().gt(0).max(10_000).nullable().default(1).meta({
    title: 'ε for value domains',
    description: 'Part of ε that finds categories, ranges and decimals; public = you declare them public.',
    nullOption: 'public',
    group: 'privacy',
  }),
});
export type DifferentialPrivacy = z.infer<typeof DifferentialPrivacy>;

/** Settings of TabularARGN; names and defaults are those of https://github.com/mostly-ai/mostlyai-engine. */
export const ArgnConfiguration = z.object({
  model: z.literal('argn'),
  modelSize: ModelSize.default('M').meta({
    title: 'Model size',
    description: 'Larger models can learn finer patterns and take longer.',
    labels: { S: 'Small', M: 'Medium (default)', L: 'Large' },
  }),
  /** Passes over the training rows. */
  maxEpochs: z.number().min(0).default(100).meta({
    title: 'Epochs at most',
    description: 'Passes over the rows. Training stops earlier when it no longer improves.',
  }),
  /** Minutes. */
  maxTrainingTime: z.number().min(0).default(14_400).meta({
    title: 'Minutes at most',
    description: 'The best model so far is kept when the time is up.',
    option: 'max-minutes',
  }),
  backend: BackendChoice.default('auto').meta({
    title: 'Computed by',
    description: 'The name of what computes is shown during the training.',
    labels: {
      auto: 'Automatic (fastest here)',
      webgpu: 'GPU (WebGPU)',
      wasm: 'WebAssembly',
    },
    group: 'compute',
  }),
  ...ModelSettings.shape,
  /** Rows per step; null = chosen from the number of rows. */
  batchSize: z.number().int().min(4).max(65_536).nullable().default(null).meta({
    title: 'Batch size',
    description: 'Rows per step. Empty: chosen from the number of rows.',
    nullText: 'Automatic',
    expert: true,
  }),
  /** Steps whose gradients are averaged before an update; multiplies the batch. */
  gradientAccumulationSteps: z.number().int().min(1).max(1024).default(1).meta({
    title: 'Gradient accumulation',
    description: 'Steps averaged before an update; multiplies the batch.',
    option: 'gradient-accumulation',
    expert: true,
  }),
  /** Any-order training: needed for rotated and random order and for given cells. */
  enableFlexibleGeneration: z.boolean().default(true).meta({
    title: 'Flexible generation',
    description: 'Trains on many column orders, so that rows can be generated in rotated or random order.',
    group: 'outcome',
    option: 'flexible-generation',
    expert: true,
  }),
  /** Null = trained without noise. */
  differentialPrivacy: DifferentialPrivacy.nullable().default(null),
});
export type ArgnConfiguration = z.infer<typeof ArgnConfiguration>;

export const argn: ModelFamily<typeof ArgnConfiguration> = {
  id: 'argn',
  title: 'TabularARGN',
  about: 'Learns each column given the columns before it, in any order. The default for tables.',
  configuration: ArgnConfiguration,
  capabilities: ({ enableFlexibleGeneration, differentialPrivacy }) => ({
    anyOrder: enableFlexibleGeneration,
    cellsGiven: enableFlexibleGeneration,
    sequential: false,
    differentialPrivacy: differentialPrivacy !== null,
    logProbability: true,
    continues: differentialPrivacy === null,
  }),
  privacy: {
    title: 'Neural model with private gradients',
    about:
      'Trains TabularARGN on rows drawn from noisy counts, then on noisy sums of clipped gradients. Completes given cells, in any order of columns; at a larger ε learns what goes beyond pairs of columns.',
    account: 'any',
    counted: [
      'which categories, ranges and decimals there are',
      'how often each value occurs, which pairs of columns go together, and how often their values meet',
      'every update on the private rows, with its share of the subjects',
    ],
    notCovered: [
      'number of rows and of subjects, names and types of columns, which take part, and as what the others are written',
      'which rows belong to one subject, which were held back, and how long the training takes',
      'report, charts and distances, which compare with the original',
    ],
    declaration: 'categories, ranges, bins and decimals of every column',
    training:
      'Columns and pairs of columns are counted with noise and rows drawn from the counts are learned; then as many updates on the private rows follow as ε pays for.',
    isGradual: true,
    regenerates: false,
    settings: {
      maxEpochs: { help: 'Passes over the rows. The training ends earlier when ε is spent.' },
      maxTrainingTime: { help: 'The model as it is then is kept, and ε that was not spent stays unspent.' },
      batchSize: {
        help: 'Subjects per update, on average. Larger batches have less noise each and spend more ε. Empty: a twelfth of the subjects.',
      },
      rareThreshold: { help: 'Not used: which values show is decided with noise.', isIdle: true },
      privacyGuard: { help: 'Does not run: it looks at rows without noise.', isIdle: true },
    },
  },
};
