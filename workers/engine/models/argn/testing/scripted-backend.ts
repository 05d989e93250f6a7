import type { TrainingMessage } from '../../../../../src/domain/job';
import { quietJob } from '../../../../../src/threads/testing/quiet-job';
import type { Backend, GenerationRequest, StepPlan, TrainingState } from '../network/network-backend';
import type { TrainingHooks } from '../training/training-setup';

/** A backend without arithmetic: its weights are the number of steps done, its losses are given. */
export class ScriptedBackend implements Backend {
  readonly kind = 'reference';
  readonly adapter = 'script';
  readonly plans: Pick<StepPlan, 'firstStep' | 'steps' | 'dropout' | 'learningRate'>[] = [];
  readonly states: number[] = [];
  done = 0;
  /** Validation losses in order; the last one stays. */
  scores: number[] = [];
  trainingLoss: (step: number) => number = () => 1;
  onTrain: () => void = () => {};
  /** Codes to generate, column-major; by the number of steps that the weights stand for. */
  onGenerate: (request: GenerationRequest, steps: number) => Uint16Array = () => new Uint16Array(0);
  /** Rows of the last call of `train`. */
  lastRows: Uint32Array = new Uint32Array(0);
  /** Whether weights given to it count as the steps they stand for. */
  followsState = false;

  async init(): Promise<void> {}
  async setState(state: TrainingState): Promise<void> {
    this.states.push(state.average[0]!);
    if (this.followsState) this.done = state.average[0]!;
  }
  async getState(): Promise<TrainingState> {
    const average = Float32Array.of(this.done);
    return { parameters: average, firstMoment: average, secondMoment: average, average };
  }
  async train(plan: StepPlan): Promise<Float32Array> {
    this.plans.push({ ...plan, learningRate: plan.learningRate.slice() });
    this.lastRows = plan.rows.slice();
    this.onTrain();
    const losses = Float32Array.from({ length: plan.steps }, (_, s) => this.trainingLoss(this.done + s));
    this.done += plan.steps;
    return losses;
  }
  async evaluate(): Promise<Float64Array> {
    const score = this.scores.length > 1 ? this.scores.shift()! : this.scores[0]!;
    return Float64Array.of(score * 10);
  }
  async generate(request: GenerationRequest): Promise<Uint16Array> {
    return this.onGenerate(request, this.done);
  }
  memory(): number {
    return 1;
  }
  dispose(): void {}
}

/** Hooks that record their calls. */
export function watchingHooks(): TrainingHooks & {
  messages: TrainingMessage[];
  progress: { epochs: number; expectedEpochs: number }[];
  canceler: AbortController;
  stopper: AbortController;
} {
  const canceler = new AbortController();
  const stopper = new AbortController();
  const messages: TrainingMessage[] = [];
  const progress: { epochs: number; expectedEpochs: number }[] = [];
  return {
    messages,
    progress,
    canceler,
    stopper,
    ...quietJob(canceler.signal, stopper.signal),
    onMessage: (message) => messages.push(message),
    enter: () => undefined,
    update: (epochs, expectedEpochs) => progress.push({ epochs, expectedEpochs: expectedEpochs! }),
    onCheckpoint: async () => undefined,
  };
}
