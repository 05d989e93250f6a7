import { UserError } from '../../../../../src/domain/errors';
import type { TrainingSummary } from '../../../../../src/domain/generators';
import { crossFits } from '../../../../../src/domain/row-plan';
import { isAcceptable } from '../../../privacy/guard';
import type { Backend } from '../network/network-backend';
import { costOf } from '../network/network-spec';
import { choosePoint, type FitPoint, worthGoingOn } from './choose-updates';
import { CrossFitting, type TinyPlan, type TinySetup, tinyRate, updatesAt } from './cross-fitting';
import { Journal } from './journal';
import { Learner } from './learner';
import { Pace } from './pace';
import { effectiveBatchSize, orderMixOf } from './schedule';
import { endOf } from './training-end';
import { rowsToLearn, type TrainedWeights, type TrainingHooks, type TrainingSetup } from './training-setup';
import { summaryOf } from './training-summary';

/** Updates per model that a tiny table usually needs: the first guess at the end. */
const TYPICAL_UPDATES = 300;

/** Whether a guarded training has so few subjects that cross-fitting finds its length, or no other rows to find it by. */
export function isTiny(setup: TrainingSetup): setup is TinySetup {
  const { trainingRows, validationRows, subjects, watched } = setup;
  const count = subjects?.sample.length ?? trainingRows.length;
  return crossFits(count, watched !== null) || (watched !== null && validationRows.length === 0);
}

/**
 * Trains a tiny table. Five models, each without a fifth of the rows, tell after how many updates unseen rows are
 * predicted best while samples repeat no more trained rows than acceptable. Then one model learns all rows for as
 * many updates. Few validation rows alone would neither show memorising nor find the end (docs/model.md).
 * @throws UserError `canceled`, or `training/failed` when the numbers break at once
 */
export function trainTiny(backend: Backend, setup: TinySetup, hooks: TrainingHooks): Promise<TrainedWeights> {
  return new TinyTraining(backend, setup, hooks).run();
}

class TinyTraining {
  readonly #backend: Backend;
  readonly #setup: TinySetup;
  readonly #hooks: TrainingHooks;
  readonly #journal: Journal;
  readonly #pace: Pace;
  readonly #plan: TinyPlan;
  readonly #folds: CrossFitting;
  readonly #last: Learner;
  readonly #maxUpdates: number;
  #stoppedBy: TrainingSummary['stoppedBy'] = 'early-stopping';
  #fraction = 0;
  #peakMemory = 0;

  constructor(backend: Backend, setup: TinySetup, hooks: TrainingHooks) {
    const { limits, recipe, spec, trainingRows, seed } = setup;
    this.#backend = backend;
    this.#setup = setup;
    this.#hooks = hooks;
    this.#journal = hooks.journal ?? Journal.none();
    this.#pace = new Pace(this.#journal.secondsBefore);
    this.#plan = {
      orders: orderMixOf(recipe, limits),
      batchSize: effectiveBatchSize(trainingRows.length, costOf(spec), limits),
      dropout: recipe.dropout,
    };
    const planner = {
      ...this.#plan,
      rows: rowsToLearn(setup),
      columnCount: spec.columnCount,
      factorCount: spec.factorCount,
      seed,
    };
    this.#last = new Learner(backend, planner, this.#pace, this.#journal);
    this.#folds = new CrossFitting(backend, setup, this.#plan, this.#pace, this.#journal, () =>
      this.#yield(),
    );
    this.#journal.begin({
      elapsed: () => this.#pace.elapsed(),
      epochs: () => (this.#folds.steps + this.#last.steps) / this.#last.stepsPerEpoch,
    });
    this.#journal.hold(this.#folds);
    this.#maxUpdates = Math.max(1, Math.ceil(limits.maxEpochs * this.#last.stepsPerEpoch));
  }

  async run(): Promise<TrainedWeights> {
    this.#hooks.checkpoint();
    await this.#crossFit();
    const { point, held } = choosePoint(this.#folds.points);
    if (this.#stoppedBy === 'early-stopping') {
      if (held) this.#stoppedBy = 'privacy-guard';
      else if (point.updates === this.#maxUpdates) this.#stoppedBy = 'max-epochs';
    }
    await this.#trainAll(point.updates);
    const { average } = await this.#backend.getState();
    return { weights: average, summary: this.#summary(point, held) };
  }

  async #crossFit(): Promise<void> {
    const { points } = this.#folds;
    do {
      await this.#folds.advance(Math.min(updatesAt(points.length), this.#maxUpdates));
      this.#peakMemory = Math.max(this.#peakMemory, this.#backend.memory());
      this.#checkNumbers();
      await this.#report();
      this.#stoppedBy = endOf(this.#journal, this.#hooks, this.#pace, this.#setup.limits) ?? this.#stoppedBy;
    } while (
      this.#stoppedBy === 'early-stopping' &&
      points.at(-1)!.updates < this.#maxUpdates &&
      worthGoingOn(points)
    );
  }

  /** Numbers that break later end the cross-fitting; at once, there is no model. */
  #checkNumbers(): void {
    if (Number.isFinite(this.#folds.points[0]!.loss)) return;
    throw new UserError(
      'training/failed',
      'The training broke down: the loss became infinite at once. Exclude columns with extreme values, or choose a smaller batch size.',
    );
  }

  async #trainAll(updates: number): Promise<void> {
    const { initial, seed } = this.#setup;
    const { batchSize, dropout } = this.#plan;
    await this.#backend.setState(initial);
    while (this.#last.steps < updates) {
      // The training loss is that of the last pass; earlier ones are of less trained models.
      const before = updates - this.#last.stepsPerEpoch - this.#last.steps;
      if (before === 0) this.#last.forgetLosses();
      await this.#last.train(before > 0 ? before : updates - this.#last.steps, {
        rate: (step) => tinyRate(step, batchSize),
        dropout,
        seed,
      });
      await this.#yield();
    }
  }

  async #report(): Promise<void> {
    const { updates, loss } = this.#folds.points.at(-1)!;
    const isBest = choosePoint(this.#folds.points).point.updates === updates;
    this.#hooks.onMessage({
      epoch: updates / this.#last.stepsPerEpoch,
      isCheckpoint: isBest,
      steps: updates,
      samples: updates * this.#plan.batchSize,
      trainingLoss: this.#folds.trainingLoss,
      validationLoss: loss,
      totalTime: this.#journal.choose('clock', () => this.#pace.elapsed()),
      learningRate: tinyRate(updates, this.#plan.batchSize),
    });
    if (!this.#journal.isReplaying) await this.#hooks.onCheckpoint();
  }

  /** Progress over all models as one bar that never goes back: updates done, of those expected. */
  #progress(): void {
    const done = this.#folds.steps + this.#last.steps;
    const perModel = Math.max(TYPICAL_UPDATES, updatesAt(this.#folds.points.length));
    const expected = this.#last.steps > 0 ? done + this.#left() : (this.#folds.count + 1) * perModel;
    this.#fraction = Math.max(this.#fraction, Math.min(1, done / expected));
    const perEpoch = this.#last.stepsPerEpoch;
    const elapsed = this.#pace.elapsed();
    const remaining = this.#fraction > 0 ? (elapsed * (1 - this.#fraction)) / this.#fraction : null;
    this.#hooks.enter(this.#last.steps > 0 ? 'FINISH_TRAINING' : null);
    this.#hooks.update(done / perEpoch, done / perEpoch / this.#fraction, remaining);
  }

  #left(): number {
    return Math.max(0, choosePoint(this.#folds.points).point.updates - this.#last.steps);
  }

  async #yield(): Promise<void> {
    this.#progress();
    await this.#hooks.yield();
  }

  #summary({ updates, loss, found }: FitPoint, held: boolean): TrainedWeights['summary'] {
    const epoch = updates / this.#last.stepsPerEpoch;
    return summaryOf(this.#last, this.#pace, {
      model: { epoch, trainingLoss: this.#last.meanLoss, validationLoss: loss },
      stoppedBy: this.#stoppedBy,
      privacyGuard: {
        ...found,
        rows: this.#setup.trainingRows.length,
        checks: this.#folds.points.length,
        outcome: held ? 'stopped' : 'kept',
        acceptable: isAcceptable(found),
        seconds: this.#folds.seconds,
      },
      peakMemory: this.#peakMemory,
      allSteps: this.#folds.steps + this.#last.steps,
    });
  }
}
