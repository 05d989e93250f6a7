import { describe, expect, it } from 'vitest';
import { ScriptedBackend, watchingHooks } from '../testing/scripted-backend';
import { effectiveBatchSize, RECIPE } from './schedule';
import { trainModel } from './trainer';
import type { TrainingSetup } from './training-setup';

const ROWS = 160;
const LIMITS = {
  batchSize: 16,
  gradientAccumulationSteps: 1,
  maxTrainingTime: 60,
  maxEpochs: 100,
  enableFlexibleGeneration: true,
};
const COST = { perRow: 1000, perUpdate: 1000 };
/** 10 steps an epoch. */
const PER_EPOCH = ROWS / LIMITS.batchSize;

function setup(overrides: Partial<typeof LIMITS> = {}, recipe = RECIPE): TrainingSetup {
  const weights = Float32Array.of(0);
  return {
    // One column: the validation loss is that of the natural order alone, one call of the backend each.
    spec: { columnCount: 1, subColumns: [{ cardinality: 2, dimension: 2, hidden: 4, column: 0 }] },
    initial: { parameters: weights, firstMoment: weights, secondMoment: weights, average: weights },
    trainingRows: Uint32Array.from({ length: ROWS }, (_, i) => i),
    validationRows: Uint32Array.from({ length: 10 }, (_, i) => ROWS + i),
    limits: { ...LIMITS, ...overrides },
    recipe: { ...recipe, patience: 3 },
    watched: null,
    seed: 1,
  };
}

describe('trainModel', () => {
  it('stops early and keeps the best weights', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9, 8, 6, 7, 7, 7];
    const watch = watchingHooks();
    const { weights, summary } = await trainModel(backend, setup(), watch);
    // Best after epoch 2, three epochs of patience.
    expect(summary).toMatchObject({ stoppedBy: 'early-stopping', epochs: 5, steps: 50, validationLoss: 6 });
    expect(summary.bestEpoch).toBe(2);
    expect(backend.states).toEqual([0]);
    expect([...weights]).toEqual([2 * PER_EPOCH]);
    expect(watch.messages.map(({ epoch, isCheckpoint }) => [epoch, isCheckpoint])).toEqual([
      [0, true],
      [1, true],
      [2, true],
      [3, false],
      [4, false],
      [5, false],
    ]);
  });

  it('keeps the number of epochs, fractions included', async () => {
    for (const [maxEpochs, steps] of [
      [0.5, 5],
      [1, 10],
      [2.25, 23],
      [12, 120],
    ] as const) {
      const backend = new ScriptedBackend();
      let score = 100;
      backend.evaluate = async () => Float64Array.of(score--);
      const { summary } = await trainModel(backend, setup({ maxEpochs }), watchingHooks());
      expect(summary).toMatchObject({ stoppedBy: 'max-epochs', steps });
    }
  });

  it('validates a long epoch every 500 updates at most, and may end well before it is over', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9, 8, 7, 7, 7, 7];
    const long = setup({ batchSize: 4 });
    const trainingRows = Uint32Array.from({ length: 6000 * 4 }, (_, i) => i);
    const watch = watchingHooks();
    const { summary } = await trainModel(backend, { ...long, trainingRows }, watch);
    const steps = [0, 500, 1000, 1500, 2000, 2500];
    expect(watch.messages.map((message) => message.steps)).toEqual(steps);
    expect(summary).toMatchObject({
      stoppedBy: 'early-stopping',
      epochs: 2500 / 6000,
      bestEpoch: 1000 / 6000,
    });
    expect(watch.progress.at(-1)).toMatchObject({ epochs: 2500 / 6000, expectedEpochs: 2500 / 6000 });
  });

  it('ends at the time limit with what it has', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9, 8];
    const { weights, summary } = await trainModel(backend, setup({ maxTrainingTime: 0 }), watchingHooks());
    expect(summary).toMatchObject({ stoppedBy: 'max-time', validationLoss: 8 });
    expect(weights[0]).toBe(summary.steps);
    expect(backend.plans).toHaveLength(1);
  });

  it('rejects when cancelled and asks the backend for nothing more', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9];
    const watch = watchingHooks();
    backend.onTrain = () => {
      if (backend.done >= 4) watch.canceler.abort();
    };
    await expect(trainModel(backend, setup(), watch)).rejects.toMatchObject({ code: 'canceled' });
    const calls = backend.plans.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(backend.plans).toHaveLength(calls);
  });

  it('keeps the best weights when a person stops it', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9, 8, 5, 6];
    const watch = watchingHooks();
    backend.onTrain = () => {
      if (backend.done >= 2 * PER_EPOCH) watch.stopper.abort();
    };
    const { weights, summary } = await trainModel(backend, setup(), watch);
    expect(summary).toMatchObject({ stoppedBy: 'person', bestEpoch: 2, validationLoss: 5 });
    expect([...weights]).toEqual([2 * PER_EPOCH]);
    expect(summary.steps).toBeLessThan(3 * PER_EPOCH + 1);
  });

  it('goes back to the best weights at half the learning rate when numbers break', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9, 8, 7, 7];
    let broken = false;
    backend.trainingLoss = (step) => {
      const breaks = step === 25 && !broken;
      if (breaks) broken = true;
      return breaks ? Number.NaN : 1;
    };
    const { summary } = await trainModel(backend, setup(), watchingHooks());
    expect(summary.stoppedBy).toBe('early-stopping');
    expect(backend.states[1]).toBe(2 * PER_EPOCH);
    const again = backend.plans.findIndex((plan, i) => i > 0 && plan.firstStep === 0);
    expect(backend.plans[again]!.learningRate[0]).toBeCloseTo(backend.plans[0]!.learningRate[0]! / 2, 9);
  });

  it('gives up with a sentence when numbers keep breaking', async () => {
    const backend = new ScriptedBackend();
    backend.scores = [9];
    backend.trainingLoss = () => Number.NaN;
    await expect(trainModel(backend, setup(), watchingHooks())).rejects.toMatchObject({
      code: 'training/failed',
    });
  });
});

describe('effectiveBatchSize', () => {
  it('multiplies by the accumulated steps, within the rows, in fours', () => {
    expect(effectiveBatchSize(10_000, COST, { ...LIMITS, gradientAccumulationSteps: 8 })).toBe(128);
    expect(effectiveBatchSize(10_000, COST, { ...LIMITS, batchSize: null })).toBe(128);
    expect(effectiveBatchSize(21, COST, { ...LIMITS, batchSize: 512 })).toBe(24);
    expect(effectiveBatchSize(10_000, COST, { ...LIMITS, batchSize: 6 })).toBe(8);
  });
});
