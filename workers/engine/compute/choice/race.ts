import type { Backend, Hyperparameters, ModelSpec, StepPlan, TrainingState } from '../backend';

/** Milliseconds of steps that are timed at once, and steps at most: a training's calls hold as many. */
const TIMED = 160;
const MOST_STEPS = 32;

/** The training that the race runs the first steps of. */
export interface RaceCourse {
  readonly spec: ModelSpec;
  /** Column-major [sub-column][row]. */
  readonly codes: Uint16Array;
  readonly rowCount: number;
  readonly hyper: Hyperparameters;
  readonly initial: TrainingState;
  /** Steps of the training from its first, everything random decided. */
  plan(firstStep: number, steps: number): StepPlan;
}

/** Milliseconds of any clock that goes on. */
export type Stopwatch = () => number;

export interface RaceResult {
  readonly winner: Backend;
  /** What those that did not finish failed with: no room on the GPU, say. */
  readonly failures: readonly unknown[];
}

/**
 * Lets backends run the first steps of a training and keeps the fastest per step; the others are disposed and free
 * their memory as soon as they have lost. One that fails drops out; the last one left wins without running. The
 * winner holds the race's weights: it is to be initialised again.
 * @param candidates at least one, the one to fall back on last
 */
export async function raceBackends(
  candidates: readonly Backend[],
  course: RaceCourse,
  now: Stopwatch = () => performance.now(),
): Promise<RaceResult> {
  const failures: unknown[] = [];
  let best: { readonly backend: Backend; readonly time: number } | null = null;
  for (const [at, backend] of candidates.entries()) {
    if (best === null && at === candidates.length - 1) return { winner: backend, failures };
    const time = await timePerStep(backend, course, now).catch((error: unknown) => {
      failures.push(error);
      return Number.NaN;
    });
    if (Number.isNaN(time) || (best !== null && time >= best.time)) {
      backend.dispose();
      continue;
    }
    best?.backend.dispose();
    best = { backend, time };
  }
  if (!best) throw new RangeError('A race needs a backend.');
  return { winner: best.backend, failures };
}

/** One step warms caches and compiles shaders, one tells how many fit the time, and those count. */
async function timePerStep(backend: Backend, course: RaceCourse, now: Stopwatch): Promise<number> {
  const { spec, codes, rowCount, hyper, initial } = course;
  await backend.init(spec, codes, rowCount, hyper);
  await backend.setState(initial);
  await backend.train(course.plan(0, 1));
  const run = async (firstStep: number, steps: number) => {
    const plan = course.plan(firstStep, steps);
    const start = now();
    await backend.train(plan);
    return (now() - start) / steps;
  };
  const single = await run(1, 1);
  const steps = Math.min(MOST_STEPS, Math.floor(TIMED / Math.max(single, 1e-3)));
  return steps > 1 ? run(2, steps) : single;
}
