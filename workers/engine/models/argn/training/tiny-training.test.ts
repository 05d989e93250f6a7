import { describe, expect, it } from 'vitest';
import { HIGHEST_COPIED } from '../../../../../src/domain/privacy-guard';
import { drawCopies, NOISE_SPEC, noiseTable } from '../testing/copied-table';
import { ScriptedBackend, watchingHooks } from '../testing/scripted-backend';
import { RECIPE } from './schedule';
import { trainModel } from './trainer';
import type { TrainingSetup } from './training-setup';

const ROWS = 300;
const WATCHED = noiseTable(ROWS, 2);

function setup(overrides: Partial<TrainingSetup['limits']> = {}): TrainingSetup {
  const weights = Float32Array.of(0);
  return {
    spec: NOISE_SPEC,
    initial: { parameters: weights, firstMoment: weights, secondMoment: weights, average: weights },
    trainingRows: Uint32Array.from({ length: ROWS }, (_, i) => i),
    validationRows: new Uint32Array(0),
    limits: {
      batchSize: 32,
      gradientAccumulationSteps: 1,
      maxTrainingTime: 60,
      maxEpochs: 1000,
      enableFlexibleGeneration: false,
      ...overrides,
    },
    recipe: RECIPE,
    watched: WATCHED,
    seed: 1,
  };
}

/** Copies the rows it learned last from `step` on; its loss falls until `best` updates. */
function copyingFrom(step: number, best: number): ScriptedBackend {
  const backend = new ScriptedBackend();
  backend.followsState = true;
  backend.onGenerate = (request, steps) =>
    drawCopies(WATCHED, backend.lastRows, steps >= step ? 0.6 : 0, request);
  backend.evaluate = async () => Float64Array.of(60 * (1 + Math.abs(Math.log(backend.done / best))));
  return backend;
}

describe('a tiny training', () => {
  it('learns all rows for as many updates as unseen rows are best predicted after', async () => {
    const backend = copyingFrom(10_000, 90);
    const watch = watchingHooks();
    const { weights, summary } = await trainModel(backend, setup(), watch);
    expect(summary).toMatchObject({ stoppedBy: 'early-stopping', steps: 97 });
    expect(summary.privacyGuard).toMatchObject({ outcome: 'kept', acceptable: true, rows: ROWS });
    expect([...weights]).toEqual([97]);
    const last = backend.plans.slice(backend.plans.findLastIndex(({ firstStep }) => firstStep === 0));
    expect(last.reduce((sum, { steps }) => sum + steps, 0)).toBe(97);
  });

  it('ends before it memorises', async () => {
    const { summary } = await trainModel(copyingFrom(40, 90), setup(), watchingHooks());
    expect(summary).toMatchObject({ stoppedBy: 'privacy-guard', steps: 34 });
    expect(summary.privacyGuard).toMatchObject({ outcome: 'stopped', acceptable: true });
    expect(summary.privacyGuard!.copied).toBeLessThan(HIGHEST_COPIED);
  });

  it('keeps the number of epochs and the time', async () => {
    const epochs = await trainModel(copyingFrom(10_000, 90), setup({ maxEpochs: 4 }), watchingHooks());
    expect(epochs.summary).toMatchObject({ stoppedBy: 'max-epochs', steps: 36, epochs: 4 });
    const time = await trainModel(copyingFrom(10_000, 90), setup({ maxTrainingTime: 0 }), watchingHooks());
    expect(time.summary).toMatchObject({ stoppedBy: 'max-time', steps: 20 });
  });

  it('shows one bar that never goes back and ends full', async () => {
    const watch = watchingHooks();
    await trainModel(copyingFrom(10_000, 90), setup(), watch);
    const shares = watch.progress.map(({ epochs, expectedEpochs }) => epochs / expectedEpochs);
    for (let i = 1; i < shares.length; i++) expect(shares[i]!).toBeGreaterThanOrEqual(shares[i - 1]! - 1e-12);
    expect(shares.at(-1)).toBeCloseTo(1, 6);
  });

  it('answers to cancel and to stop between two calls of the backend', async () => {
    const canceled = copyingFrom(10_000, 90);
    const watch = watchingHooks();
    canceled.onTrain = () => {
      if (canceled.plans.length === 7) watch.canceler.abort();
    };
    await expect(trainModel(canceled, setup(), watch)).rejects.toMatchObject({ code: 'canceled' });
    expect(canceled.plans).toHaveLength(7);

    const stopped = copyingFrom(10_000, 90);
    const stopping = watchingHooks();
    stopped.onTrain = () => {
      if (stopped.done >= 20) stopping.stopper.abort();
    };
    const { summary } = await trainModel(stopped, setup(), stopping);
    expect(summary.stoppedBy).toBe('person');
    expect(summary.steps).toBeLessThanOrEqual(31);
  });

  it('fails with a sentence when numbers break at once', async () => {
    const backend = copyingFrom(10_000, 90);
    backend.evaluate = async () => Float64Array.of(Number.NaN);
    await expect(trainModel(backend, setup(), watchingHooks())).rejects.toMatchObject({
      code: 'training/failed',
    });
  });
});
