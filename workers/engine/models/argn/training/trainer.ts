import { UserError } from '../../../../../src/domain/errors';
import type { TrainingSummary } from '../../../../../src/domain/generators';
import type { StepPhase } from '../../../../../src/domain/job';
import { hash } from '../../../../../src/domain/random';
import { PrivacyGuard } from '../../../privacy/guard';
import type { Backend } from '../network/network-backend';
import { costOf } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { codeSampler } from '../sampling/sample-codes';
import { EarlyStopping, type Verdict } from './early-stopping';
import { type Block, KeptModels, type Snapshot } from './kept-models';
import { Learner, type StepSchedule } from './learner';
import { Pace } from './pace';
import {
  dropoutOf,
  effectiveBatchSize,
  finishShape,
  learningRate,
  orderMixOf,
  validationInterval,
} from './schedule';
import type { OrderMix } from './step-planner';
import { TargetBests } from './target-bests';
import { isTiny, trainTiny } from './tiny-training';
import type { TrainedWeights, TrainingHooks, TrainingSetup } from './training-setup';
import { summaryOf } from './training-summary';
import { Validation } from './validation';

/** `learning` ends by early stopping or a limit, `finishing` after its passes. */
type Phase = 'learning' | 'finishing' | 'done';

/** Breakdowns (NaN, infinity) after which a training gives up. */
const MAX_BREAKDOWNS = 5;
/** Updates that a table of any size usually needs: the first guess at the end. */
const TYPICAL_UPDATES = 1500;

/**
 * Trains on a backend that holds the code table, from `setup.initial`.
 * @throws UserError `canceled`, or `training/failed` when the numbers keep breaking
 */
export function trainModel(
  backend: Backend,
  setup: TrainingSetup,
  hooks: TrainingHooks,
): Promise<TrainedWeights> {
  if (isTiny(setup)) return trainTiny(backend, setup, hooks);
  return new Training(backend, setup, hooks).run();
}

class Training {
  readonly #backend: Backend;
  readonly #setup: TrainingSetup;
  readonly #hooks: TrainingHooks;
  readonly #orders: OrderMix;
  readonly #learner: Learner;
  readonly #stopping: EarlyStopping;
  readonly #targets: TargetBests;
  readonly #blockOf: (target: number) => Block;
  readonly #validation: Validation;
  readonly #models: KeptModels;
  readonly #guard: PrivacyGuard | null;
  readonly #pace = new Pace();
  /** Steps from one validation to the next. */
  readonly #interval: number;
  readonly #finishSteps: number;
  readonly #maxSteps: number;
  #phase: Phase = 'learning';
  #stoppedBy: TrainingSummary['stoppedBy'] = 'early-stopping';
  #validations = 0;
  #halvings = 0;
  #breakdowns = 0;
  #trainingLoss = Number.NaN;
  #finishEnd = 0;
  #peakMemory = 0;

  constructor(backend: Backend, setup: TrainingSetup, hooks: TrainingHooks) {
    const { limits, recipe, spec, trainingRows, validationRows, seed } = setup;
    this.#backend = backend;
    this.#setup = setup;
    this.#hooks = hooks;
    const orders = orderMixOf(recipe, limits);
    this.#orders = orders;
    const batchSize = effectiveBatchSize(trainingRows.length, costOf(spec), limits);
    this.#learner = new Learner(
      backend,
      {
        rows: trainingRows,
        batchSize,
        columnCount: spec.columnCount,
        factorCount: spec.factorCount,
        orders,
        seed,
      },
      this.#pace,
    );
    this.#stopping = new EarlyStopping(recipe.patience, recipe.plateau);
    this.#targets = new TargetBests(recipe.patience);
    const layout = createLayout(spec);
    this.#blockOf = (j) => ({ start: layout.blockStart(j), size: layout.blockSize(j) });
    const evaluated = validationRows.length > 0 ? validationRows : trainingRows;
    this.#validation = new Validation(evaluated, spec.columnCount, orders, seed, spec.factorCount);
    const perEpoch = this.#learner.stepsPerEpoch;
    this.#interval = validationInterval(perEpoch);
    this.#maxSteps = Math.max(1, Math.ceil(limits.maxEpochs * perEpoch));
    // A short training has no finish, whose passes would be missing from the learning.
    const fits = limits.maxEpochs * perEpoch >= 4 * recipe.finishEpochs * this.#interval;
    this.#finishSteps = fits ? Math.round(recipe.finishEpochs * this.#interval) : 0;
    this.#models = new KeptModels(backend, setup.initial.average);
    const { watched } = setup;
    this.#guard =
      watched &&
      PrivacyGuard.open({
        table: watched,
        trainingRows,
        unseenRows: validationRows,
        sample: codeSampler(backend, spec, watched),
        seed,
        pause: () => this.#hooks.yield(),
      });
  }

  async run(): Promise<TrainedWeights> {
    await this.#hooks.yield();
    await this.#backend.setState(this.#setup.initial);
    await this.#validate();
    while (this.#phase !== 'done') {
      await this.#learner.train(this.#stepsToEvent(), this.#schedule());
      this.#tell(this.#phase === 'finishing' ? 'FINISH_TRAINING' : null, this.#expectedEnd());
      await this.#hooks.yield();
      if (this.#hooks.stop.aborted) await this.#end('person');
      else if (this.#pace.elapsed() >= this.#setup.limits.maxTrainingTime * 60) await this.#end('max-time');
      else await this.#advance();
    }
    if (this.#guard) {
      this.#tell('CHECK_PRIVACY', this.#learner.steps);
      await this.#hooks.yield();
    }
    const guarded = (await this.#guard?.choose<Snapshot>(this.#models)) ?? null;
    const model = guarded?.model ?? this.#models.best;
    const ending = {
      model,
      stoppedBy: this.#stoppedBy,
      privacyGuard: guarded?.summary ?? null,
      peakMemory: this.#peakMemory,
    };
    return {
      weights: model.weights,
      orders: this.#orders,
      summary: summaryOf(this.#learner, this.#pace, ending),
    };
  }

  /** @param end step count at which the training will have ended, as far as can be told now */
  #tell(phase: StepPhase | null, end: number): void {
    const { epochs, steps, stepsPerEpoch } = this.#learner;
    const left = (end - steps) * this.#pace.secondsPerStep();
    const timeLeft = Math.max(0, this.#setup.limits.maxTrainingTime * 60 - this.#pace.elapsed());
    this.#hooks.enter(phase);
    this.#hooks.update(epochs, end / stepsPerEpoch, Number.isFinite(left) ? Math.min(left, timeLeft) : null);
  }

  #schedule(): StepSchedule {
    const { batchSize } = this.#learner;
    const { limits, recipe } = this.#setup;
    const seed = hash(this.#setup.seed, 1, this.#breakdowns);
    if (this.#phase === 'learning') {
      const dropout = dropoutOf(recipe, this.#setup.trainingRows.length);
      return { rate: (step) => learningRate(step, batchSize, this.#halvings), dropout, seed };
    }
    const peak = recipe.finishRate * learningRate(Number.POSITIVE_INFINITY, batchSize, this.#halvings);
    return {
      rate: (step) => peak * finishShape(step, this.#finishSteps),
      dropout: 0,
      orders: orderMixOf(recipe, limits, 'finishing'),
      seed,
    };
  }

  #stepsToEvent(): number {
    return Math.min(this.#interval - this.#learner.summed, this.#limit() - this.#learner.steps);
  }

  /** Step count at which the phase ends, unless something else ends it before. */
  #limit(): number {
    return this.#phase === 'finishing' ? this.#finishEnd : this.#maxSteps - this.#finishSteps;
  }

  /** Validates where that is due or the phase ends, and moves on. */
  async #advance(): Promise<void> {
    const atLimit = this.#learner.steps >= this.#limit();
    if (!Number.isFinite(this.#learner.meanLoss)) return this.#recover();
    if (this.#phase === 'finishing') {
      if (atLimit) await this.#takeFinish();
      return;
    }
    if (!atLimit && this.#learner.summed < this.#interval) return;
    const verdict = await this.#validate();
    if (this.#guard && !(await this.#guard.allows(this.#validations))) return this.#done('privacy-guard');
    if (verdict === 'halve') this.#halvings++;
    if (verdict !== 'stop' && !atLimit) return;
    this.#stoppedBy = verdict === 'stop' ? 'early-stopping' : 'max-epochs';
    if (this.#finishSteps === 0) this.#phase = 'done';
    else await this.#startFinish();
  }

  /** Validates the averaged weights, keeps the best, reports. */
  async #validate(): Promise<Verdict> {
    const losses = await this.#validation.scores(this.#backend, () => this.#hooks.yield());
    const score = losses.reduce((sum, loss) => sum + loss, 0);
    this.#peakMemory = Math.max(this.#peakMemory, this.#backend.memory());
    if (this.#learner.summed > 0) {
      this.#trainingLoss = this.#learner.meanLoss;
      this.#validations++;
    }
    if (!Number.isFinite(score)) {
      await this.#recover();
      return 'wait';
    }
    const verdict = this.#stopping.observe(score);
    const improved = this.#targets.observe(losses);
    if (improved.length > 0) await this.#take(this.#targets.total, this.#validations, improved);
    await this.#report(score, improved.length > 0);
    return verdict === 'stop' && this.#targets.gains ? 'wait' : verdict;
  }

  /** @param targets those whose weights are taken; absent = all */
  async #take(validationLoss: number, validation: number, targets?: readonly number[]): Promise<void> {
    const { epochs: epoch } = this.#learner;
    const scores = { epoch, trainingLoss: this.#trainingLoss, validationLoss };
    await this.#models.take(scores, validation, targets?.map(this.#blockOf));
  }

  async #report(validationLoss: number, isCheckpoint: boolean): Promise<void> {
    const { epochs, steps, batchSize, rate } = this.#learner;
    this.#hooks.onMessage({
      epoch: epochs,
      isCheckpoint,
      steps,
      samples: steps * batchSize,
      trainingLoss: Number.isFinite(this.#trainingLoss) ? this.#trainingLoss : null,
      validationLoss,
      totalTime: this.#pace.elapsed(),
      learningRate: rate,
    });
    this.#learner.forgetLosses();
    if (steps > 0) await this.#hooks.onCheckpoint();
  }

  /** The finish starts over from the best weights with a fresh optimiser (docs/model.md, Finish). */
  async #startFinish(): Promise<void> {
    this.#phase = 'finishing';
    this.#finishEnd = this.#learner.steps + this.#finishSteps;
    await this.#restart();
  }

  /**
   * The finish is kept even if its validation loss is higher: it removes the bias that dropout leaves. Whether it
   * memorises is for the guard to say.
   */
  async #takeFinish(): Promise<void> {
    const score = await this.#validation.score(this.#backend, () => this.#hooks.yield());
    this.#trainingLoss = this.#learner.meanLoss;
    if (Number.isFinite(score)) {
      await this.#take(score, Number.POSITIVE_INFINITY);
      await this.#report(score, true);
    }
    this.#phase = 'done';
  }

  async #end(reason: 'person' | 'max-time'): Promise<void> {
    if (this.#phase === 'learning' && this.#learner.summed > 0) await this.#validate();
    this.#done(reason);
  }

  #done(reason: TrainingSummary['stoppedBy']): void {
    this.#stoppedBy = reason;
    this.#phase = 'done';
  }

  /** Broken numbers: back to the best weights at half the learning rate. */
  async #recover(): Promise<void> {
    this.#breakdowns++;
    this.#halvings++;
    if (this.#breakdowns > MAX_BREAKDOWNS) {
      throw new UserError(
        'training/failed',
        'The training broke down: the loss became infinite again and again. Exclude columns with extreme values, or choose a smaller batch size.',
      );
    }
    await this.#restart();
  }

  async #restart(): Promise<void> {
    await this.#models.restore();
    this.#learner.restart();
  }

  /** Step count at which all will have ended, as far as can be told now. */
  #expectedEnd(): number {
    if (this.#phase === 'finishing') return Math.min(this.#maxSteps, this.#finishEnd);
    const { steps, summed } = this.#learner;
    const patience = this.#stopping.remainingPatience * this.#interval - summed;
    const open = Math.max(TYPICAL_UPDATES - this.#finishSteps, steps + patience);
    return Math.min(this.#maxSteps, open + this.#finishSteps);
  }
}
