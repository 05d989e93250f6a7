import type { GenerationOrder } from '../../../../../src/domain/synthetic-datasets';
import type { ArgnConfiguration } from '../family';
import type { OrderMix } from './order-planner';

/** How the default model is trained (docs/model.md; measured in `bench/quality-log.md`). */
export interface Recipe {
  /** Column orders of a model that may be drawn in any order. */
  readonly orders: OrderMix;
  /** Share of hidden units dropped while a table of `DROPOUT_ROWS` rows and more is learned. */
  readonly dropout: number;
  /** Weight decay of a table of `DECAY_ROWS` rows and more. */
  readonly weightDecay: number;
  /** Validations without a better loss after which learning ends, unless single targets still gain. */
  readonly patience: number;
  /** Non-improving validations after which the learning rate halves. */
  readonly plateau: number;
  /** How often the learning rate of a training that goes on from a trained model is halved at its start. */
  readonly continuedHalvings: number;
}

export const RECIPE: Recipe = {
  orders: { natural: 0.2, rotated: 0.3 },
  dropout: 0.1,
  weightDecay: 0.01,
  patience: 4,
  plateau: 3,
  continuedHalvings: 1,
};

/** AdamW (docs/model.md, Optimiser); the decay is the recipe's. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** The plateau never takes the learning rate below this share of the peak. */
const RATE_FLOOR = 0.1;
const SMALLEST_BATCH = 32;
const LARGEST_BATCH = 2048;
/** Below this many rows the weight decay grows as the rows get fewer, like a prior of fixed weight, up to 1. */
const DECAY_ROWS = 22_000;
/** Below this many rows dropout falls with them: what it hides they cannot teach again. */
const DROPOUT_ROWS = 15_000;
/** Of the output layers, forward: about 0.1 s with both gradients on one core. */
const MULTIPLICATIONS_PER_UPDATE = 3e8;
/** Batches an epoch should have at least (docs/model.md, Batch size). */
const BATCHES_PER_EPOCH = 64;
const MIN_BATCHES_PER_EPOCH = 16;

/** Multiplications, forward. */
export interface Cost {
  /** Of one row in the output layers. */
  readonly perRow: number;
  /** Of one update whatever its batch: the products E·W. */
  readonly perUpdate: number;
}

/**
 * Rows per update: a power of two that leaves 64 updates per epoch where the table allows it, fewer (down to 16) for
 * wide tables whose updates cost more than their rows, and that lets one update take a fraction of a second.
 */
export function chooseBatchSize(trainingRows: number, { perRow, perUpdate }: Cost): number {
  const wanted = Math.max(
    trainingRows / BATCHES_PER_EPOCH,
    Math.min(trainingRows / MIN_BATCHES_PER_EPOCH, perUpdate / perRow),
  );
  const fitting = Math.min(wanted, MULTIPLICATIONS_PER_UPDATE / perRow);
  const power = 2 ** Math.floor(Math.log2(Math.max(fitting, 1)));
  return Math.min(Math.max(power, SMALLEST_BATCH), LARGEST_BATCH);
}

/** Column orders to train in: the natural one alone for a model that is never asked for another. */
export function orderMixOf(
  recipe: Recipe,
  { enableFlexibleGeneration }: Pick<ArgnConfiguration, 'enableFlexibleGeneration'>,
): OrderMix {
  return enableFlexibleGeneration ? recipe.orders : { natural: 1, rotated: 0 };
}

/**
 * Order in which a model draws its columns unless told otherwise: of those it was trained in, the one that is closest
 * to the original.
 */
export function defaultOrder(
  { enableFlexibleGeneration }: Pick<ArgnConfiguration, 'enableFlexibleGeneration'>,
  { rotated, natural }: OrderMix,
): GenerationOrder {
  if (!enableFlexibleGeneration) return 'natural';
  if (rotated > 0) return 'rotated';
  return natural > 0 ? 'natural' : 'random';
}

/** AdamW's decay for a table of so many training rows. */
export function weightDecayOf(recipe: Recipe, trainingRows: number): number {
  return Math.min(1, recipe.weightDecay * Math.max(1, DECAY_ROWS / trainingRows));
}

/** Share of hidden units dropped while a table of so many training rows is learned. */
export function dropoutOf(recipe: Recipe, trainingRows: number): number {
  return recipe.dropout * Math.min(1, trainingRows / DROPOUT_ROWS);
}

/** Highest learning rate: 0.001·√(B/32). */
export function peakRate(batchSize: number): number {
  return 0.001 * Math.sqrt(batchSize / 32);
}

/**
 * Learning rate of an update.
 * @param step number of the update since the optimiser was reset, from 0
 * @param halvings how often validation found a plateau or numbers broke
 */
export function learningRate(
  step: number,
  batchSize: number,
  halvings: number,
  warmUp = batchSize >= 512 ? 50 : 100,
): number {
  const ramp = Math.min(1, (step + 1) / warmUp);
  return peakRate(batchSize) * ramp * Math.max(RATE_FLOOR, 0.5 ** halvings);
}

/** Updates between two validations, at most. */
const MAX_VALIDATION_INTERVAL = 500;

/** Updates from one validation to the next: an epoch, or an even part of it where it is long. */
export function validationInterval(stepsPerEpoch: number): number {
  return Math.ceil(stepsPerEpoch / Math.ceil(stepsPerEpoch / MAX_VALIDATION_INTERVAL));
}

/** Decay of the averaged weights: min(0.99, (1+t)/(10+t)), 0.98 for batches from 1,024. */
export function averageDecay(step: number, batchSize: number): number {
  return Math.min(batchSize >= 1024 ? 0.98 : 0.99, (1 + step) / (10 + step));
}

/**
 * Rows per update: chosen or by the number of rows, times the accumulated steps, at most all rows; a multiple of 4.
 * Accumulating gradients is the same arithmetic as a larger batch, and cheaper as one.
 */
export function effectiveBatchSize(
  trainingRows: number,
  cost: Cost,
  limits: Pick<ArgnConfiguration, 'batchSize' | 'gradientAccumulationSteps'>,
): number {
  const base = limits.batchSize ?? chooseBatchSize(trainingRows, cost);
  const wanted = Math.min(base * limits.gradientAccumulationSteps, Math.max(trainingRows, 4));
  return Math.ceil(wanted / 4) * 4;
}
