import { UserError } from '../../../../../src/domain/errors';
import type { TrainingSummary } from '../../../../../src/domain/generators';
import type { Backend, GradientPrivacy, ModelSpec, TrainingState } from '../network/network-backend';
import type { Journal } from '../training/journal';
import { type OrderMix, OrderPlanner } from '../training/order-planner';
import { Pace } from '../training/pace';
import { peakRate } from '../training/schedule';
import { endOf } from '../training/training-end';
import type { TrainedWeights, TrainingHooks } from '../training/training-setup';
import type { PoissonRows } from './poisson-rows';

export interface PrivateSetup {
  readonly spec: ModelSpec;
  readonly initial: TrainingState;
  readonly orders: OrderMix;
  readonly rows: PoissonRows;
  readonly gradients: GradientPrivacy;
  readonly steps: number;
  /** ε after so many steps, for messages. */
  readonly epsilon: (steps: number) => number;
  /** The training that gave the initial weights. */
  readonly before: TrainedWeights['summary'];
  /** Minutes. */
  readonly maxTrainingTime: number;
  /** Of what is not secret: column orders. */
  readonly seed: number;
}

/** Seconds between two messages. */
const MESSAGE_SECONDS = 2;
/** Times the learning rate that batches of the same size have without noise: the noise is what AdamW divides by. */
const RATE = 1;
/** Of the steps: the learning rate rises from 0, and falls to 0 at the end. */
const WARM_UP = 0.05;
const COOL_DOWN = 0.7;
/** The averaged weights look back on this share of the steps. */
const MEMORY = 0.05;

/**
 * DP-SGD (Abadi et al. 2016, https://arxiv.org/abs/1607.00133) with AdamW (docs/dp-sgd.md). The number of
 * steps is known before the first; nothing is validated, and no loss is shown.
 * @returns the weights, and the steps taken, which may be fewer if the person stopped or time was up
 */
export async function trainPrivately(
  backend: Backend,
  setup: PrivateSetup,
  hooks: TrainingHooks & { readonly journal: Journal },
): Promise<TrainedWeights & { readonly steps: number }> {
  const { journal } = hooks;
  const { spec, steps, rows, gradients, before } = setup;
  const pace = new Pace();
  const { columnCount, factorCount } = spec;
  const planner = new OrderPlanner({ ...setup, columnCount, factorCount });
  const expected = gradients.expectedRows;
  const epochsOf = (count: number) => before.epochs + (count * expected) / rows.subjects;
  let done = 0;
  let lastMessage = Number.NEGATIVE_INFINITY;
  let stoppedBy: TrainingSummary['stoppedBy'] = 'completed';
  journal.begin({ elapsed: () => before.seconds + pace.elapsed(), epochs: () => epochsOf(done) });
  const message = async () => {
    // Rows are drawn of these weights: no step before may be taken again with other noise, that would give away more.
    await journal.keep();
    rows.forget(done);
    const now = journal.choose('clock', () => pace.elapsed());
    hooks.onMessage({
      epoch: epochsOf(done),
      isCheckpoint: true,
      steps: before.steps + done,
      samples: Math.round(epochsOf(done) * rows.subjects),
      trainingLoss: null,
      validationLoss: null,
      totalTime: before.seconds + now,
      learningRate: rateOf(done, steps, expected),
      epsilon: setup.epsilon(done),
    });
    lastMessage = now;
    if (!journal.isReplaying) await hooks.onCheckpoint();
  };
  await hooks.yield();
  await backend.setState(setup.initial);
  while (done < steps) {
    const count = journal.choose('steps', () => Math.min(pace.stepsPerCall(), steps - done));
    await journal.once('loss', async () => {
      const started = pace.elapsed();
      const { draws, ...batches } = rows.draw(done, count);
      await backend.train({
        ...batches,
        ...planner.planDrawn(done, count, batches.batchSize, draws),
        steps: count,
        firstStep: done,
        learningRate: Float32Array.from({ length: count }, (_, s) => rateOf(done + s, steps, expected)),
        emaDecay: Float32Array.from({ length: count }, (_, s) => averageDecay(done + s, steps)),
        dropout: 0,
        seed: setup.seed,
        privacy: gradients,
      });
      pace.record(count, pace.elapsed() - started);
      // No loss is told.
      return [0];
    });
    done += count;
    hooks.enter(null);
    hooks.update(epochsOf(done), epochsOf(steps), (steps - done) * pace.secondsPerStep());
    await hooks.yield();
    if (journal.choose('clock', () => pace.elapsed()) - lastMessage > MESSAGE_SECONDS) await message();
    const end = endOf(journal, hooks, pace, setup);
    if (!end) continue;
    stoppedBy = end;
    break;
  }
  await message();
  const { average } = await backend.getState();
  if (!average.every(Number.isFinite)) {
    throw new UserError(
      'training/failed',
      'The training broke down: the weights became infinite. Raise the noise, or choose a larger batch.',
    );
  }
  const seconds = pace.elapsed();
  return {
    weights: average,
    steps: done,
    summary: {
      batchSize: Math.round(expected),
      epochs: epochsOf(done),
      steps: before.steps + done,
      bestEpoch: epochsOf(done),
      trainingLoss: null,
      validationLoss: null,
      seconds: before.seconds + seconds,
      secondsPerStep: pace.secondsPerStep(),
      rowsPerSecond: (done * expected) / seconds,
      stoppedBy,
      privacyGuard: null,
      peakMemory: Math.max(before.peakMemory, backend.memory()),
    },
  };
}

/** Learning rate of a step: up from 0, level, down to 0. */
export function rateOf(step: number, steps: number, expectedRows: number): number {
  const done = (step + 0.5) / steps;
  const share = Math.min(1, done / WARM_UP, (1 - done) / COOL_DOWN);
  return RATE * peakRate(expectedRows) * Math.max(0, share);
}

/** Decay of the averaged weights. */
export function averageDecay(step: number, steps: number): number {
  return Math.min(1 - 1 / Math.max(10, MEMORY * steps), (1 + step) / (10 + step));
}
