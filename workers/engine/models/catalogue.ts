import { ModelConfiguration } from '../../../src/domain/generators';
import type { GenerationOrder } from '../../../src/domain/synthetic-datasets';
import type { OrderMix } from './argn/training/step-planner';

/** What a trained model can be asked for. */
export interface Capabilities {
  /** Columns may be drawn in any order. */
  readonly anyOrder: boolean;
  /** Values may be given for some columns. */
  readonly conditional: boolean;
  /** Rows of one subject may depend on each other. */
  readonly sequential: boolean;
  readonly differentialPrivacy: boolean;
  /** The likelihood of a given row can be computed. */
  readonly logProbability: boolean;
}

export interface ModelFamily {
  readonly id: 'argn';
  readonly title: string;
  readonly about: string;
  readonly configuration: typeof ModelConfiguration;
  capabilities(configuration: ModelConfiguration): Capabilities;
}

/** The models there are, the default first. */
export const MODEL_FAMILIES: readonly [ModelFamily, ...ModelFamily[]] = [
  {
    id: 'argn',
    title: 'TabularARGN',
    about: 'Learns each column given the columns before it, in any order. The default for tables.',
    configuration: ModelConfiguration,
    capabilities: ({ enableFlexibleGeneration }) => ({
      anyOrder: enableFlexibleGeneration,
      conditional: enableFlexibleGeneration,
      sequential: false,
      differentialPrivacy: false,
      logProbability: true,
    }),
  },
];

/**
 * Order in which a model draws its columns unless told otherwise: of those it was trained in, the one that is closest
 * to the original.
 */
export function defaultOrder(model: ModelConfiguration, { rotated, natural }: OrderMix): GenerationOrder {
  if (!MODEL_FAMILIES[0].capabilities(model).anyOrder) return 'natural';
  if (rotated > 0) return 'rotated';
  return natural > 0 ? 'natural' : 'random';
}
