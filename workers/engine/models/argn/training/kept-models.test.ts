import { describe, expect, it } from 'vitest';
import { ScriptedBackend } from '../testing/scripted-backend';
import { KeptModels } from './kept-models';

async function keep(validations: readonly number[]) {
  const backend = new ScriptedBackend();
  const models = new KeptModels(backend, Float32Array.of(0));
  for (const validation of validations) {
    backend.done = validation;
    await models.take({ epoch: validation, trainingLoss: 1, validationLoss: 1 }, validation);
  }
  return { backend, models };
}

describe('KeptModels', () => {
  it('keeps the best and the last one of each octave of validations before', async () => {
    const { models } = await keep([1, 2, 3, 4, 5, 7, 9, 10]);
    expect(models.all.map(({ weights }) => weights[0])).toEqual([10, 7, 3, 1]);
    expect(models.best.epoch).toBe(10);
  });

  it('takes the weights of single targets, and leaves earlier models as they were', async () => {
    const backend = new ScriptedBackend();
    const initial = Float32Array.of(0, 0, 0);
    const models = new KeptModels(backend, initial);
    backend.getState = async () => {
      const average = new Float32Array(3).fill(backend.done);
      return { parameters: average, firstMoment: average, secondMoment: average, average };
    };
    const scores = { epoch: 1, trainingLoss: 1, validationLoss: 1 };
    backend.done = 1;
    await models.take(scores, 1, [{ start: 1, size: 2 }]);
    const before = models.best.weights;
    backend.done = 2;
    await models.take(scores, 2, [{ start: 0, size: 2 }]);
    expect([...models.best.weights]).toEqual([2, 2, 1]);
    expect([...before]).toEqual([0, 1, 1]);
    expect([...initial]).toEqual([0, 0, 0]);
  });

  it('gives weights back to the backend', async () => {
    const { backend, models } = await keep([1, 2]);
    await models.restore();
    await models.restore(models.all.at(-1)!);
    expect(backend.states).toEqual([2, 1]);
  });
});
