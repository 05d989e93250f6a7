import { ModelSettings } from '../../../../src/domain/model-settings';
import { z } from '../../../../src/domain/zod';
import type { ModelFamily } from '../family';

export const ModelSize = z.enum(['S', 'M', 'L']);
export type ModelSize = z.infer<typeof ModelSize>;

export const BackendChoice = z.enum(['auto', 'webgpu', 'wasm']);
export type BackendChoice = z.infer<typeof BackendChoice>;

/** Differential privacy by noisy gradients; names are those of MOSTLY AI's DifferentialPrivacyConfig. */
export const DifferentialPrivacy = z.object({
  /** The training ends before it would give away more. */
  maxEpsilon: z.number().gt(0).max(10_000).default(10),
  /** Probability that ε does not hold; well below one in the number of subjects. */
  delta: z.number().gt(0).lt(1).default(1e-5),
  /** Deviation of the noise in units of `maxGradNorm`. */
  noiseMultiplier: z.number().min(0.3).max(10_000).default(2),
  /** Norm to which the gradient of each subject is clipped. */
  maxGradNorm: z.number().gt(0).max(10_000).default(1),
  /** The part of ε for categories, ranges and decimals; null = they are declared public by the person. */
  valueProtectionEpsilon: z.number().gt(0).max(10_000).nullable().default(1),
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
  }),
  /** Steps whose gradients are averaged before an update; multiplies the batch. */
  gradientAccumulationSteps: z.number().int().min(1).max(1024).default(1).meta({
    title: 'Gradient accumulation',
    description: 'Steps averaged before an update; multiplies the batch.',
    option: 'gradient-accumulation',
  }),
  /** Any-order training: needed for rotated and random order and for given cells. */
  enableFlexibleGeneration: z.boolean().default(true).meta({
    title: 'Flexible generation',
    description: 'Trains on many column orders, so that rows can be generated in rotated or random order.',
    group: 'outcome',
    option: 'flexible-generation',
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
  }),
};
