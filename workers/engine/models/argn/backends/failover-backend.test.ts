import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/domain/errors';
import type { StepPlan } from '../network/network-backend';
import { createLayout, createState } from '../network/weight-layout';
import { inTurn, workLasting } from '../testing/lasting-work';
import { HYPER, randomPlan, request, specOf } from '../testing/samples';
import { ScriptedBackend } from '../testing/scripted-backend';
import { FailoverBackend, WeightsLost } from './failover-backend';

const SPEC = specOf([[3, 2, 4, 0]]);
const START = createState(createLayout(SPEC));
const PRIVACY = { clip: 1, deviation: 1, expectedRows: 4, noiseSeed: null };

const planAt = (firstStep: number, changes: Partial<StepPlan> = {}): StepPlan => ({
  ...randomPlan(SPEC, { steps: 2, batchSize: 4, tableRows: 4, seed: 1, firstStep }),
  ...changes,
});

function gone(): never {
  throw new UserError('engine/unavailable', 'The GPU is gone.');
}

function pair() {
  const [first, second] = [new ScriptedBackend(), new ScriptedBackend()];
  second.followsState = true;
  const sentences: string[] = [];
  const backend = new FailoverBackend(
    first,
    inTurn(async () => second),
    (sentence) => sentences.push(sentence),
  );
  return { first, second, sentences, backend };
}

/** Trains so many calls, keeps the weights after some of them, and loses the backend in a later one. */
async function lose(at: number, calls: number, kept: readonly number[], changes: Partial<StepPlan> = {}) {
  const { first, second, sentences, backend } = pair();
  first.onTrain = () => {
    if (first.plans.length === at + 1) gone();
  };
  const losses = await workLasting(backend, async (own, train, journal) => {
    await own.init(SPEC, new Uint16Array(4), 4, HYPER);
    await own.setState(START);
    const all: number[] = [];
    for (let call = 0; call < calls; call++) {
      all.push(...(await train(planAt(2 * call, changes))));
      if (kept.includes(call)) await journal.keep();
    }
    return all;
  });
  expect(losses).toHaveLength(2 * calls);
  expect(sentences).toEqual(['The GPU is gone. The job goes on with script.']);
  return { repeated: second.plans.map(({ firstStep }) => firstStep), states: second.states };
}

describe('FailoverBackend', () => {
  it('gives the next backend the table and weights that were given, and repeats the call', async () => {
    const { first, second, sentences, backend } = pair();
    first.onGenerate = gone;
    second.onGenerate = (_, steps) => Uint16Array.of(steps);
    await backend.init(SPEC, new Uint16Array(4), 4, HYPER);
    const average = START.average.slice().fill(7);
    await backend.setState({ ...START, average });
    const draws = [1, 2, 3].map((seed) => backend.generate(request(SPEC, { rows: 4, seed })));
    expect((await Promise.all(draws)).map(([steps]) => steps)).toEqual([7, 7, 7]);
    expect(second.states).toEqual([7]);
    expect(sentences).toEqual(['The GPU is gone. The job goes on with script.']);
  });

  it('draws no rows of other weights than those that were trained', async () => {
    const { first, backend } = pair();
    first.onGenerate = gone;
    await backend.init(SPEC, new Uint16Array(4), 4, HYPER);
    await backend.setState(START);
    await backend.train(planAt(0));
    await expect(backend.generate(request(SPEC, { rows: 4 }))).rejects.toThrow(WeightsLost);
    await expect(backend.getState()).rejects.toThrow(WeightsLost);
    await backend.init(SPEC, new Uint16Array(4), 4, HYPER);
    expect((await backend.getState()).average[0]).toBe(0);
  });
});

describe('a training whose backend is lost', () => {
  it('begins anew where nothing is kept yet', async () => {
    expect(await lose(2, 4, [])).toEqual({ repeated: [0, 2, 4, 6], states: [0] });
  });

  it('goes on from the last checkpoint in memory', async () => {
    // After 16 answers one is due.
    expect(await lose(18, 20, [])).toEqual({ repeated: [32, 34, 36, 38], states: [32] });
  });

  it('repeats no private step that rows were drawn after', async () => {
    expect(await lose(2, 3, [1], { privacy: PRIVACY })).toEqual({ repeated: [4], states: [4] });
  });
});
