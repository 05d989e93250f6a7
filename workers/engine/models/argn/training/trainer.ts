import { UserError } from '../../../../../src/domain/errors';
import type { TrainingSummary } from '../../../../../src/domain/generators';
import type { StepPhase } from '../../../../../src/domain/job';
import { hash, hashText } from '../../../../../src/domain/random';
import { PrivacyGuard } from '../../../privacy/guard';
import type { Backend } from '../network/network-backend';
import { costOf } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { codeSampler } from '../sampling/sample-codes';
import { EarlyStopping, type Verdict } from './early-stopping';
import { Journal } from './journal';
import { type Block, KeptModels, type Snapshot } from './kept-models';
import { Learner, type StepSchedule } from './learner';
import { Pace } from './pace';
import { dropoutOf, effectiveBatchSize, learningRate, orderMixOf, validationInterval } from './schedule';
import { TargetBests } from './target-bests';
import { isTiny, trainTiny } from './tiny-training';
import { endOf } from './training-end';
import { rowsToLearn, type TrainedWeights, type TrainingHooks, type TrainingSetup } from './training-setup';
import { summaryOf } from './training-summary';
import { Validation } from './validation';

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
  if (isTiny(setup)) {
    if (setup.continued) throw tooFewToContinue();
    return trainTiny(backend, setup, hooks);
  }
  return new Training(backend, setup, hooks).run();
}

/** The model to go on from has seen the rows that cross-fitting would hold back from it. */
function tooFewToContinue(): UserError {
  return new UserError(
    'config/invalid',
    'So few rows are learned anew in seconds, and the privacy guard can watch them only then. Clone the generator with the same settings, and train it.',
  );
}

class Training {
  readonly #backend: Backend;
  readonly #setup: TrainingSetup;
  readonly #hooks: TrainingHooks;
  readonly #learner: Learner;
  readonly #stopping: EarlyStopping;
  readonly #targets: TargetBests;
  readonly #blockOf: (target: number) => Block;
  readonly #validation: Validation;
  readonly #models: KeptModels;
  readonly #guard: PrivacyGuard | null;
  readonly #journal: Journal;
  readonly #pace: Pace;
  /** Steps from one validation to the next. */
  readonly #interval: number;
  readonly #maxSteps: number;
  readonly #learningSeed: number;
  #done = false;
  #stoppedBy: TrainingSummary['stoppedBy'] = 'early-stopping';
  #validations = 0;
  #halvings: number;
  #breakdowns = 0;
  #trainingLoss = Number.NaN;
  #peakMemory = 0;

  constructor(backend: Backend, setup: TrainingSetup, hooks: TrainingHooks) {
    const { limits, recipe, spec, trainingRows, validationRows, subjects, seed, continued } = setup;
    this.#backend = backend;
    this.#setup = setup;
    this.#hooks = hooks;
    this.#journal = hooks.journal ?? Journal.none();
    this.#pace = new Pace(this.#journal.secondsBefore);
    // Validated as the model that it goes on from, which it must not fall behind; learned in other batches.
    this.#learningSeed = continued ? hash(seed, hashText('continued')) : seed;
    const orders = orderMixOf(recipe, limits);
    const batchSize = effectiveBatchSize(trainingRows.length, costOf(spec), limits);
    this.#learner = new Learner(
      backend,
      {
        rows: rowsToLearn(setup),
        batchSize,
        columnCount: spec.columnCount,
        factorCount: spec.factorCount,
        orders,
        seed: this.#learningSeed,
      },
      this.#pace,
      this.#journal,
    );
    this.#stopping = new EarlyStopping(recipe.patience, recipe.plateau);
    this.#targets = new TargetBests(recipe.patience, continued?.untrainedLoss);
    this.#halvings = continued ? recipe.continuedHalvings : 0;
    const layout = createLayout(spec);
    this.#blockOf = (j) => ({ start: layout.blockStart(j), size: layout.blockSize(j) });
    const evaluated = validationRows.length > 0 ? validationRows : trainingRows;
    this.#validation = new Validation(evaluated, spec.columnCount, orders, seed, spec.factorCount);
    const perEpoch = this.#learner.stepsPerEpoch;
    this.#interval = validationInterval(perEpoch);
    this.#maxSteps = Math.max(1, Math.ceil(limits.maxEpochs * perEpoch));
    this.#models = new KeptModels(backend, setup.initial.average);
    this.#journal.begin({ elapsed: () => this.#pace.elapsed(), epochs: () => this.#learner.epochs });
    this.#journal.hold(this.#models);
    const { watched } = setup;
    this.#guard =
      watched &&
      PrivacyGuard.open({
        table: watched,
        trainingRows,
        unseenRows: validationRows,
        subjects,
        sample: codeSampler(backend, spec, watched),
        seed,
        pause: () => this.#hooks.yield(),
        remember: async (work) => {
          const found = await this.#journal.once('copied', async () => {
            const { copied, standardError } = await work();
            return [copied, standardError];
          });
          return { copied: found[0]!, standardError: found[1]! };
        },
      });
  }

  async run(): Promise<TrainedWeights> {
    await this.#hooks.yield();
    await this.#backend.setState(this.#setup.initial);
    await this.#validate();
    while (!this.#done) {
      await this.#learner.train(this.#stepsToEvent(), this.#schedule());
      this.#tell(null, this.#expectedEnd());
      await this.#hooks.yield();
      const end = endOf(this.#journal, this.#hooks, this.#pace, this.#setup.limits);
      if (end) await this.#end(end);
      else await this.#advance();
    }
    if (this.#guard) {
      this.#tell('CHECK_PRIVACY', this.#learner.steps);
      await this.#hooks.yield();
    }
    const guarded = (await this.#guard?.choose<Snapshot>(this.#models)) ?? null;
    await this.#journal.keep();
    const model = guarded?.model ?? this.#models.best;
    const ending = {
      model,
      stoppedBy: this.#stoppedBy,
      privacyGuard: guarded?.summary ?? null,
      peakMemory: this.#peakMemory,
    };
    return {
      weights: model.weights,
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
    const { recipe, trainingRows, subjects } = this.#setup;
    return {
      rate: (step) => learningRate(step, batchSize, this.#halvings),
      dropout: dropoutOf(recipe, subjects?.sample.length ?? trainingRows.length),
      seed: hash(this.#learningSeed, 1, this.#breakdowns),
    };
  }

  #stepsToEvent(): number {
    return Math.min(this.#interval - this.#learner.summed, this.#maxSteps - this.#learner.steps);
  }

  /** Validates where that is due or the training ends, and moves on. */
  async #advance(): Promise<void> {
    const atLimit = this.#learner.steps >= this.#maxSteps;
    if (!Number.isFinite(this.#learner.meanLoss)) return this.#recover();
    if (!atLimit && this.#learner.summed < this.#interval) return;
    const verdict = await this.#validate();
    if (this.#guard && !(await this.#guard.allows(this.#validations))) return this.#stop('privacy-guard');
    if (verdict === 'halve') this.#halvings++;
    if (verdict === 'stop') this.#stop('early-stopping');
    else if (atLimit) this.#stop('max-epochs');
  }

  /** Validates the averaged weights, keeps the best, reports. */
  async #validate(): Promise<Verdict> {
    const losses = await this.#journal.once('scores', () =>
      this.#validation.scores(this.#backend, () => this.#hooks.yield()),
    );
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
    if (improved.length > 0) await this.#take(improved);
    await this.#report(score, improved.length > 0);
    return verdict === 'stop' && this.#targets.gains ? 'wait' : verdict;
  }

  /** Takes the weights of the targets that have improved. */
  async #take(targets: readonly number[]): Promise<void> {
    const scores = {
      epoch: this.#learner.epochs,
      trainingLoss: this.#trainingLoss,
      validationLoss: this.#targets.total,
    };
    await this.#models.take(scores, this.#validations, targets.map(this.#blockOf));
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
      totalTime: this.#journal.choose('clock', () => this.#pace.elapsed()),
      learningRate: rate,
    });
    this.#learner.forgetLosses();
    if (steps > 0 && !this.#journal.isReplaying) await this.#hooks.onCheckpoint();
  }

  async #end(reason: 'person' | 'max-time'): Promise<void> {
    if (this.#learner.summed > 0) await this.#validate();
    this.#stop(reason);
  }

  #stop(reason: TrainingSummary['stoppedBy']): void {
    this.#stoppedBy = reason;
    this.#done = true;
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
    await this.#models.restore();
    this.#learner.restart();
  }

  /** Step count at which all will have ended, as far as can be told now. */
  #expectedEnd(): number {
    const { steps, summed } = this.#learner;
    const patience = this.#stopping.remainingPatience * this.#interval - summed;
    const typical = this.#setup.continued ? 0 : TYPICAL_UPDATES;
    return Math.min(this.#maxSteps, Math.max(typical, steps + patience));
  }
}
