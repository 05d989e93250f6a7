import { canceledError, UserError } from '../../../../src/domain/errors';
import type { TrainingSummary } from '../../../../src/domain/generators';
import { hash } from '../../../../src/domain/random';
import type { Backend } from '../../compute/backend';
import { EarlyStopping, type Verdict } from './early-stopping';
import { KeptModel } from './kept-model';
import { Pace } from './pace';
import { StepPlanner } from './plan';
import { averageDecay, effectiveBatchSize, finishShape, learningRate } from './schedule';
import { costOf } from './spec';
import type { TrainedWeights, TrainingHooks, TrainingProgress, TrainingSetup } from './training';
import { Validation } from './validation';

/** Where a training is. `learning` ends by early stopping or a limit, `finishing` after its passes. */
type Phase = 'learning' | 'finishing' | 'done';

/** Broken numbers (NaN, infinity) after which a training gives up. */
const MAX_BREAKDOWNS = 5;
/** Updates that a table of any size usually needs (recipe.md §2 "Typical length"): the first guess at the end. */
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
  return new Training(backend, setup, hooks).run();
}

class Training {
  readonly #backend: Backend;
  readonly #setup: TrainingSetup;
  readonly #hooks: TrainingHooks;
  readonly #planner: StepPlanner;
  readonly #stopping: EarlyStopping;
  readonly #validation: Validation;
  readonly #best: KeptModel;
  readonly #pace = new Pace();
  readonly #batchSize: number;
  readonly #finishSteps: number;
  readonly #maxSteps: number;
  #phase: Phase = 'learning';
  #stoppedBy: TrainingSummary['stoppedBy'] = 'early-stopping';
  /** Steps done in all, since the optimiser was reset, and since the last validation. */
  #steps = 0;
  #sinceReset = 0;
  #sinceValidation = 0;
  #halvings = 0;
  #breakdowns = 0;
  #lossSum = 0;
  #trainingLoss = Number.NaN;
  #rate = 0;
  #finishEnd = 0;
  #peakMemory = 0;

  constructor(backend: Backend, setup: TrainingSetup, hooks: TrainingHooks) {
    const { limits, recipe, spec } = setup;
    this.#backend = backend;
    this.#setup = setup;
    this.#hooks = hooks;
    this.#batchSize = effectiveBatchSize(setup.trainingRows.length, costOf(spec), limits);
    const naturalShare = limits.enableFlexibleGeneration ? recipe.naturalShare : 1;
    this.#planner = new StepPlanner({
      rows: setup.trainingRows,
      batchSize: this.#batchSize,
      columnCount: spec.columnCount,
      naturalShare,
      seed: setup.seed,
    });
    this.#stopping = new EarlyStopping(recipe.patience, recipe.plateau);
    this.#validation = new Validation(
      setup.validationRows.length > 0 ? setup.validationRows : setup.trainingRows,
      spec.columnCount,
      naturalShare,
      setup.seed,
    );
    const perEpoch = this.#planner.stepsPerEpoch;
    this.#maxSteps = Math.max(1, Math.ceil(limits.maxEpochs * perEpoch));
    // A short training has no room for a finish: its passes would be missing from the learning.
    const fits = limits.maxEpochs >= 4 * recipe.finishEpochs;
    this.#finishSteps = fits ? Math.round(recipe.finishEpochs * perEpoch) : 0;
    this.#best = new KeptModel(backend, setup.initial.average);
  }

  async run(): Promise<TrainedWeights> {
    this.#checkCanceled();
    await this.#backend.setState(this.#setup.initial);
    await this.#validate();
    while (this.#phase !== 'done') {
      await this.#trainSome();
      await this.#rest();
      if (this.#hooks.stop.aborted) await this.#end('person');
      else if (this.#pace.elapsed() >= this.#setup.limits.maxTrainingTime * 60) await this.#end('max-time');
      else await this.#advance();
    }
    return { weights: this.#best.weights, summary: this.#summary() };
  }

  /** One call of the backend: as many steps as fit the pace and the next event. */
  async #trainSome(): Promise<void> {
    const steps = Math.max(1, Math.min(this.#pace.stepsPerCall(), this.#stepsToEvent()));
    const learningRates = new Float32Array(steps);
    const emaDecay = new Float32Array(steps);
    for (let s = 0; s < steps; s++) {
      learningRates[s] = this.#rateAt(this.#sinceReset + s);
      emaDecay[s] = averageDecay(this.#sinceReset + s, this.#batchSize);
    }
    const started = this.#pace.elapsed();
    const losses = await this.#backend.train({
      ...this.#planner.batches(this.#steps, steps),
      firstStep: this.#sinceReset,
      learningRate: learningRates,
      emaDecay,
      dropout: this.#phase === 'learning' ? this.#setup.recipe.dropout : 0,
      seed: hash(this.#setup.seed, 1, this.#breakdowns),
    });
    this.#pace.record(steps, this.#pace.elapsed() - started);
    this.#steps += steps;
    this.#sinceReset += steps;
    this.#sinceValidation += steps;
    this.#rate = learningRates[steps - 1]!;
    for (const loss of losses) this.#lossSum += loss;
    this.#hooks.onProgress(this.#progress());
  }

  #rateAt(step: number): number {
    if (this.#phase === 'learning') return learningRate(step, this.#batchSize, this.#halvings);
    const peak = learningRate(Number.POSITIVE_INFINITY, this.#batchSize, this.#halvings);
    return peak * this.#setup.recipe.finishRate * finishShape(step, this.#finishSteps);
  }

  #stepsToEvent(): number {
    return Math.min(this.#planner.stepsPerEpoch - this.#sinceValidation, this.#limit() - this.#steps);
  }

  /** Step count at which the phase ends, unless something else ends it before. */
  #limit(): number {
    return this.#phase === 'finishing' ? this.#finishEnd : this.#maxSteps - this.#finishSteps;
  }

  /** Validates where an epoch or the phase ends, and moves on. */
  async #advance(): Promise<void> {
    const atLimit = this.#steps >= this.#limit();
    if (!Number.isFinite(this.#lossSum)) return this.#recover();
    if (this.#phase === 'finishing') {
      if (atLimit) await this.#takeFinish();
      return;
    }
    if (!atLimit && this.#sinceValidation < this.#planner.stepsPerEpoch) return;
    const verdict = await this.#validate();
    if (verdict === 'halve') this.#halvings++;
    if (verdict !== 'stop' && !atLimit) return;
    this.#stoppedBy = verdict === 'stop' ? 'early-stopping' : 'max-epochs';
    if (this.#finishSteps === 0) this.#phase = 'done';
    else await this.#startFinish();
  }

  /** Validates the averaged weights, keeps the best, reports. */
  async #validate(): Promise<Verdict> {
    const score = await this.#validation.score(this.#backend, () => this.#rest());
    this.#peakMemory = Math.max(this.#peakMemory, this.#backend.memory());
    if (this.#sinceValidation > 0) this.#trainingLoss = this.#lossSum / this.#sinceValidation;
    if (!Number.isFinite(score)) {
      await this.#recover();
      return 'wait';
    }
    const verdict = this.#stopping.observe(score);
    if (verdict === 'improved') await this.#best.take(this.#epochs(), this.#trainingLoss, score);
    await this.#report(score, verdict === 'improved');
    return verdict;
  }

  async #report(validationLoss: number, isCheckpoint: boolean): Promise<void> {
    this.#hooks.onMessage({
      epoch: this.#epochs(),
      isCheckpoint,
      steps: this.#steps,
      samples: this.#steps * this.#batchSize,
      trainingLoss: Number.isFinite(this.#trainingLoss) ? this.#trainingLoss : null,
      validationLoss,
      totalTime: this.#pace.elapsed(),
      learningRate: this.#rate,
    });
    this.#lossSum = 0;
    this.#sinceValidation = 0;
    if (this.#steps > 0) await this.#hooks.onCheckpoint();
  }

  /** The finish starts over from the best weights with a fresh optimiser (recipe.md §2). */
  async #startFinish(): Promise<void> {
    this.#phase = 'finishing';
    this.#finishEnd = this.#steps + this.#finishSteps;
    await this.#restart();
  }

  /** The finish is kept even if its validation loss is higher: it removes the bias that dropout leaves. */
  async #takeFinish(): Promise<void> {
    const score = await this.#validation.score(this.#backend, () => this.#rest());
    this.#trainingLoss = this.#lossSum / this.#sinceValidation;
    if (Number.isFinite(score)) {
      await this.#best.take(this.#epochs(), this.#trainingLoss, score);
      await this.#report(score, true);
    }
    this.#phase = 'done';
  }

  async #end(reason: 'person' | 'max-time'): Promise<void> {
    this.#stoppedBy = reason;
    if (this.#phase === 'learning' && this.#sinceValidation > 0) await this.#validate();
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
    await this.#best.restore();
    this.#sinceReset = 0;
    this.#sinceValidation = 0;
    this.#lossSum = 0;
  }

  #epochs(): number {
    return this.#steps / this.#planner.stepsPerEpoch;
  }

  #progress(): TrainingProgress {
    const perEpoch = this.#planner.stepsPerEpoch;
    const patience = this.#stopping.remainingPatience * perEpoch - this.#sinceValidation;
    const open = Math.max(TYPICAL_UPDATES - this.#finishSteps, this.#steps + patience);
    const end = Math.min(
      this.#maxSteps,
      this.#phase === 'finishing' ? this.#finishEnd : open + this.#finishSteps,
    );
    const elapsed = this.#pace.elapsed();
    const left = (end - this.#steps) * this.#pace.secondsPerStep();
    const timeLeft = Math.max(0, this.#setup.limits.maxTrainingTime * 60 - elapsed);
    return {
      epochs: this.#epochs(),
      expectedEpochs: end / perEpoch,
      elapsed,
      remaining: Number.isFinite(left) ? Math.min(left, timeLeft) : null,
    };
  }

  /** Lets messages in, and ends here if one of them cancelled the job. */
  async #rest(): Promise<void> {
    await this.#hooks.pause();
    this.#checkCanceled();
  }

  #checkCanceled(): void {
    if (this.#hooks.cancel.aborted) throw canceledError('The training');
  }

  #summary(): TrainedWeights['summary'] {
    const seconds = this.#pace.elapsed();
    return {
      batchSize: this.#batchSize,
      epochs: this.#epochs(),
      steps: this.#steps,
      bestEpoch: this.#best.epoch,
      trainingLoss: this.#best.trainingLoss,
      validationLoss: this.#best.validationLoss,
      seconds,
      secondsPerStep: this.#pace.secondsPerStep(),
      rowsPerSecond: (this.#steps * this.#batchSize) / seconds,
      stoppedBy: this.#stoppedBy,
      peakMemory: this.#peakMemory,
    };
  }
}
