import { describe, expect, it } from 'vitest';
import type { Backend, ModelSpec } from '../backend';
import { createBackend } from '../create-backend';
import { courseOf } from '../testing/course';
import { loadKernels } from '../wasm/load-node';
import { raceBackends } from './race';

const SPEC: ModelSpec = {
  columnCount: 3,
  subColumns: [4, 7, 3].map((cardinality, column) => ({ cardinality, dimension: 3, hidden: 8, column })),
};
const COURSE = courseOf(SPEC);

/** A clock of which every timed step of a backend takes its given time. */
class Clock {
  now = 0;
}

interface Runner {
  readonly backend: Backend;
  readonly disposals: () => number;
  readonly steps: () => number;
}

/** A backend that takes so many milliseconds per step, counts its disposals and, if told, fails at a step. */
async function runner(clock: Clock, perStep: number, failsAt = Number.POSITIVE_INFINITY): Promise<Runner> {
  const backend = createBackend('wasm', await loadKernels());
  let disposals = 0;
  let steps = 0;
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    disposals++;
    dispose();
  };
  const train = backend.train.bind(backend);
  backend.train = async (plan) => {
    steps += plan.steps;
    if (steps > failsAt) throw new Error('no room');
    clock.now += perStep * plan.steps;
    return train(plan);
  };
  return { backend, disposals: () => disposals, steps: () => steps };
}

describe('raceBackends', () => {
  it.each([
    [10, 20, 0],
    [20, 10, 1],
    [10, 10, 0],
  ])('of %i and %i ms a step keeps the faster and disposes of the other', async (first, second, fastest) => {
    const clock = new Clock();
    const runners = [await runner(clock, first), await runner(clock, second)];
    const { winner, failures } = await raceBackends(
      runners.map(({ backend }) => backend),
      COURSE,
      () => clock.now,
    );
    expect(winner).toBe(runners[fastest]!.backend);
    expect(failures).toEqual([]);
    expect(runners.map(({ disposals }) => disposals())).toEqual(fastest === 0 ? [0, 1] : [1, 0]);
  });

  it('takes as many steps as fit a moment: two of slow ones, at most 34 of fast ones', async () => {
    const clock = new Clock();
    const [slow, fast] = [await runner(clock, 3000), await runner(clock, 0.01)];
    await raceBackends([slow.backend, fast.backend], COURSE, () => clock.now);
    expect([slow.steps(), fast.steps()]).toEqual([2, 34]);
  });

  it('lets a backend that fails drop out, and does not run the last one left', async () => {
    const clock = new Clock();
    const failing = await runner(clock, 1, 2);
    const last = await runner(clock, 1);
    const { winner, failures } = await raceBackends([failing.backend, last.backend], COURSE, () => clock.now);
    expect(winner).toBe(last.backend);
    expect(failures).toEqual([new Error('no room')]);
    expect([failing.disposals(), last.disposals(), last.steps()]).toEqual([1, 0, 0]);
  });

  it('leaves nothing behind in the winner: a training after it is the training without it', async () => {
    const train = async (backend: Backend) => {
      await backend.init(SPEC, COURSE.codes, COURSE.rowCount, COURSE.hyper);
      await backend.setState(COURSE.initial);
      const losses = await backend.train(COURSE.plan(0, 6));
      return { losses, state: await backend.getState() };
    };
    const module = await loadKernels();
    const candidates = [createBackend('reference'), createBackend('wasm', module)];
    const { winner } = await raceBackends(candidates, COURSE);
    expect(winner.kind).toBe('wasm');
    expect(await train(winner)).toEqual(await train(createBackend('wasm', module)));
  });
});
