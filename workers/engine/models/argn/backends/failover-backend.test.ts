import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/domain/errors';
import type { StepPlan } from '../network/network-backend';
import { createLayout, createState } from '../network/weight-layout';
import { HYPER, randomPlan, request, specOf } from '../testing/samples';
import { ScriptedBackend } from '../testing/scripted-backend';
import { FailoverBackend } from './failover-backend';

const SPEC = specOf([[3, 2, 4, 0]]);
const PRIVACY = { clip: 1, deviation: 1, expectedRows: 4, noiseSeed: null };

/** Trains three calls, draws rows after the second, and loses the backend in the third. @returns calls of the next */
async function loseThird(changes: Partial<StepPlan>) {
  const [first, second] = [new ScriptedBackend(), new ScriptedBackend()];
  first.onTrain = () => {
    if (first.plans.length === 3) throw new UserError('engine/unavailable', 'The GPU is gone.');
  };
  const sentences: string[] = [];
  const backend = new FailoverBackend(first, [async () => second], (sentence) => sentences.push(sentence));
  await backend.init(SPEC, new Uint16Array(4), 4, HYPER);
  await backend.setState(createState(createLayout(SPEC)));
  const plan = (firstStep: number) => ({
    ...randomPlan(SPEC, { steps: 2, batchSize: 4, tableRows: 4, seed: 1, firstStep }),
    ...changes,
  });
  await backend.train(plan(0));
  await backend.train(plan(2));
  await backend.generate(request(SPEC, { rows: 4 }));
  await backend.train(plan(4));
  expect(sentences).toEqual(['The GPU is gone. The job goes on with script.']);
  return { repeated: second.plans.map(({ firstStep }) => firstStep), states: second.states };
}

describe('FailoverBackend', () => {
  it('repeats the steps since the last state read back', async () => {
    expect(await loseThird({})).toEqual({ repeated: [0, 2, 4], states: [0] });
  });

  it('repeats no private step that rows were drawn after', async () => {
    expect(await loseThird({ privacy: PRIVACY })).toEqual({ repeated: [4], states: [4] });
  });
});
