import { describe, expect, it } from 'vitest';
import { HIGHEST_COPIED } from '../../../../../src/domain/privacy-guard';
import { isAcceptable } from '../../../privacy/guard';
import { drawCopies, NOISE_SPEC, noiseTable } from '../testing/copied-table';
import { ScriptedBackend, watchingHooks } from '../testing/scripted-backend';
import { RECIPE } from './schedule';
import { trainModel } from './trainer';
import type { TrainingSetup } from './training-setup';

const TRAINING = 1200;
const UNSEEN = 240;
const WATCHED = noiseTable(TRAINING + UNSEEN, 1);
const STEPS_PER_EPOCH = 12;

function setup(watched: TrainingSetup['watched']): TrainingSetup {
  const weights = Float32Array.of(0);
  return {
    spec: NOISE_SPEC,
    initial: { parameters: weights, firstMoment: weights, secondMoment: weights, average: weights },
    trainingRows: Uint32Array.from({ length: TRAINING }, (_, i) => i),
    validationRows: Uint32Array.from({ length: UNSEEN }, (_, i) => TRAINING + i),
    limits: {
      batchSize: TRAINING / STEPS_PER_EPOCH,
      gradientAccumulationSteps: 1,
      maxTrainingTime: 60,
      maxEpochs: 60,
      enableFlexibleGeneration: false,
    },
    recipe: { ...RECIPE, patience: 3 },
    watched,
    seed: 1,
  };
}

/** A backend that copies rows from so many steps on, and whose validation loss falls until epoch `best`. */
function copyingFrom(step: number, best: number): ScriptedBackend {
  const backend = new ScriptedBackend();
  backend.followsState = true;
  const training = setup(null).trainingRows;
  backend.onGenerate = (request, steps) => drawCopies(WATCHED, training, steps >= step ? 0.5 : 0, request);
  backend.evaluate = async () => Float64Array.of(UNSEEN * Math.abs(backend.done / STEPS_PER_EPOCH - best));
  return backend;
}

describe('the privacy guard', () => {
  it('keeps a model that copies nothing, after one look', async () => {
    const { summary } = await trainModel(copyingFrom(10_000, 5), setup(WATCHED), watchingHooks());
    expect(summary).toMatchObject({ stoppedBy: 'early-stopping', bestEpoch: 5 });
    expect(summary.privacyGuard).toMatchObject({
      outcome: 'kept',
      acceptable: true,
      checks: 1,
      rows: UNSEEN,
    });
    expect(Math.abs(summary.privacyGuard!.copied)).toBeLessThan(0.01);
  });

  it('falls back to an earlier model when the best one memorises', async () => {
    const backend = copyingFrom(5 * STEPS_PER_EPOCH, 5);
    const { weights, summary } = await trainModel(backend, setup(WATCHED), watchingHooks());
    expect(summary.privacyGuard).toMatchObject({ outcome: 'fell-back', acceptable: true });
    expect([...weights]).toEqual([3 * STEPS_PER_EPOCH]);
  });

  it('stops a training that memorises', async () => {
    const backend = copyingFrom(9 * STEPS_PER_EPOCH, 50);
    const { weights, summary } = await trainModel(backend, setup(WATCHED), watchingHooks());
    expect(summary).toMatchObject({ stoppedBy: 'privacy-guard', epochs: 10, bestEpoch: 7 });
    expect(summary.privacyGuard).toMatchObject({ outcome: 'stopped', acceptable: true });
    expect([...weights]).toEqual([7 * STEPS_PER_EPOCH]);
  });

  it('says when no model is acceptable, and takes the one that copies least', async () => {
    const backend = copyingFrom(1, 5);
    const training = setup(null).trainingRows;
    backend.onGenerate = (request, steps) => drawCopies(WATCHED, training, 0.5 + steps / 500, request);
    const { summary } = await trainModel(backend, setup(WATCHED), watchingHooks());
    expect(summary.privacyGuard).toMatchObject({ outcome: 'fell-back', acceptable: false });
    expect(summary.bestEpoch).toBe(1);
    expect(summary.privacyGuard!.copied).toBeGreaterThan(HIGHEST_COPIED);
  });

  it('leaves the training as it is where it is switched off or has nothing to compare with', async () => {
    const off = await trainModel(copyingFrom(1, 5), setup(null), watchingHooks());
    expect(off.summary.privacyGuard).toBeNull();
    const few = { ...setup(WATCHED), validationRows: Uint32Array.of(TRAINING, TRAINING + 1) };
    const backend = copyingFrom(1, 5);
    expect((await trainModel(backend, few, watchingHooks())).summary.privacyGuard).toBeNull();
  });
});

describe('isAcceptable', () => {
  it('needs two standard errors above the limit to refuse', () => {
    expect(isAcceptable({ copied: HIGHEST_COPIED + 0.019, standardError: 0.01 })).toBe(true);
    expect(isAcceptable({ copied: HIGHEST_COPIED + 0.021, standardError: 0.01 })).toBe(false);
  });
});
