/** Training with the SIMD kernels: target by target, so that only one block's gradient exists at a time. */
import { type Hyperparameters, NO_ROW, type StepPlan } from '../network/network-backend';
import { dropoutBase, dropoutOf, type OptimiserStep, optimiserStep } from '../network/numerics';
import { usedInputs, visibilityKeys } from '../network/visibility';
import { headWidth } from './levels';
import { loadRows, type RowSelection } from './load-rows';
import { PartedGradient } from './parted-gradient';
import { partRange, totalLoss } from './row-parts';
import { closeTarget, openTarget, tableFloats } from './target';
import { ROW_CAPACITY, type Workspace } from './workspace';

/**
 * Runs the steps of a plan for the targets that the workspace owns; no other block is read or written.
 * @returns [steps × owned targets] mean loss in nats over the batch's real rows
 */
export function trainSteps(space: Workspace, hyper: Hyperparameters, plan: StepPlan): Float32Array {
  const run = new TrainingRun(space, hyper, plan);
  for (let step = 0; step < plan.steps; step++) {
    if (!run.begin(step)) continue;
    for (const j of run.parted) run.addParts(j);
    run.trainWhole();
    for (const j of run.parted) run.applyParts(j);
  }
  return run.losses;
}

/** The steps of one plan. Of a step: `begin`, `addParts` of each parted target, `trainWhole`, `applyParts` of each. */
export class TrainingRun {
  /** [steps × owned targets] */
  readonly losses: Float32Array;
  readonly #space: Workspace;
  readonly #hyper: Hyperparameters;
  readonly #plan: StepPlan;
  readonly #keys: Uint16Array;
  readonly #inputs: readonly Uint16Array[];
  readonly #gradients: ReadonlyMap<number, PartedGradient>;
  /** Whether the rows that the kernels look at are those of the whole batch. */
  #isLoaded = false;
  #step = 0;
  #real = 0;
  #rows: RowSelection;
  #update: OptimiserStep;

  constructor(space: Workspace, hyper: Hyperparameters, plan: StepPlan) {
    this.#space = space;
    this.#hyper = hyper;
    this.#plan = plan;
    this.#keys = visibilityKeys(space.layout.spec, plan.orders);
    this.#inputs = usedInputs(this.#keys, space.layout);
    this.losses = new Float32Array(plan.steps * space.owned.length);
    this.#rows = { rows: plan.rows, orderOf: plan.orderOf, keys: this.#keys };
    this.#update = optimiserStep(hyper, plan, 0);
    const parted = space.owned.filter((j) => space.rowParts[j]!.count > 1);
    this.#gradients = new Map(parted.map((j) => [j, new PartedGradient(space, j)]));
  }

  /** Owned targets whose rows are not parted, ascending. */
  get whole(): number[] {
    return this.#space.owned.filter((j) => !this.#gradients.has(j));
  }

  /** Owned targets whose rows are parted, ascending. */
  get parted(): number[] {
    return [...this.#gradients.keys()];
  }

  /** @returns whether the step has any rows; else there is nothing to do */
  begin(step: number): boolean {
    const plan = this.#plan;
    const start = step * plan.batchSize;
    const rows = plan.rows.subarray(start, start + plan.batchSize);
    const orderOf = plan.orderOf.subarray(start, start + plan.batchSize);
    this.#step = step;
    this.#isLoaded = false;
    this.#rows = { rows, orderOf, keys: this.#keys };
    this.#real = rows.reduce((sum, row) => sum + (row === NO_ROW ? 0 : 1), 0);
    this.#update = optimiserStep(this.#hyper, plan, step);
    const { slots, u16, at, rowCount } = this.#space;
    slots.chooseRows(u16, at.codeTable / 2, rows, rowCount);
    return this.#real > 0;
  }

  /**
   * Adds up the gradient of a parted target.
   * @param parts to add up here; all by default
   */
  addParts(
    j: number,
    parts: Iterable<number> = Array(this.#space.rowParts[j]!.count).keys(),
  ): PartedGradient {
    const { layout } = this.#space;
    const gradient = this.#gradients.get(j)!;
    this.#open(j);
    const head = layout.blockStart(j) + layout.blockSize(j) - layout.output(j);
    gradient.begin(head, tableFloats(this.#space, j, this.#inputs[j]!));
    for (const part of parts) {
      const [from, to] = partRange(part, this.#space.rowParts[j]!, this.#plan.batchSize);
      gradient.addPart(part, from === to ? null : (space) => this.#accumulate(space, j, from, to));
    }
    return gradient;
  }

  /** Trains targets whose rows are not parted. */
  trainWhole(targets: readonly number[] = this.whole): void {
    const { owned } = this.#space;
    const { batchSize } = this.#plan;
    for (const j of targets) {
      this.#open(j);
      const loss = this.#accumulate(this.#space, j, 0, batchSize);
      this.#close(this.#space, j, owned.indexOf(j), loss);
    }
  }

  /**
   * Takes the step of a parted target, whose gradient is all there.
   * @param losses of nodes that make up all parts; by default those added up here
   */
  applyParts(j: number, losses?: ReadonlyMap<number, number>): void {
    const { total, nodes } = this.#gradients.get(j)!;
    const loss = totalLoss(losses ?? new Map(nodes.map(({ node, loss }) => [node, loss])));
    this.#close(total, j, this.#space.owned.indexOf(j), loss);
  }

  #open(j: number): void {
    const { at, kernels, layout } = this.#space;
    const { hidden } = layout.spec.subColumns[j]!;
    openTarget(this.#space, at.parameters, j, this.#inputs[j]!);
    const output = at.parameters + 4 * layout.output(j);
    const rowBytes = 4 * layout.outputWidth(j);
    kernels.transpose(output, rowBytes, at.outputTransposed, 4 * hidden, hidden, headWidth(layout, j));
  }

  /** Adds up the gradient of the open target over rows of the batch. @returns its loss over them */
  #accumulate(space: Workspace, j: number, from: number, to: number): number {
    const { at, kernels, layout } = space;
    const dropout = dropoutOf(this.#plan.dropout);
    const base = dropoutBase(this.#plan, this.#step, j);
    const gradient = at.gradient - 4 * layout.blockStart(j);
    let loss = 0;
    for (let first = from; first < to; first += ROW_CAPACITY) {
      const count = Math.min(ROW_CAPACITY, to - first);
      const isWhole = count === this.#plan.batchSize;
      if (!isWhole || !this.#isLoaded) loadRows(space, this.#rows, first, count, 1 / this.#real);
      this.#isLoaded = isWhole;
      kernels.setDropout(dropout.threshold, dropout.scale, base, first);
      loss += kernels.accumulateGradients(
        count,
        at.outputTransposed,
        at.tableGradients - at.tables,
        gradient + 4 * layout.output(j),
        gradient + 4 * layout.bias(j),
        gradient + 4 * layout.outputBias(j),
      );
    }
    return loss;
  }

  /** Gradients of E and W, the update, the loss. */
  #close(space: Workspace, j: number, place: number, loss: number): void {
    closeTarget(space, j, this.#inputs[j]!);
    updateBlock(space, this.#hyper, j, this.#update);
    this.losses[this.#step * this.#space.owned.length + place] = loss / this.#real;
  }
}

function updateBlock(
  space: Workspace,
  { beta1, beta2 }: Hyperparameters,
  j: number,
  { keep, rate, epsilon, ema }: OptimiserStep,
): void {
  const { at, kernels, layout } = space;
  const start = 4 * layout.blockStart(j);
  const moments = 4 * space.momentStart[j]!;
  const decayed = layout.decayedSize(j);
  const run = (from: number, floats: number, factor: number) =>
    kernels.adamw(
      at.parameters + start + 4 * from,
      at.firstMoment + moments + 4 * from,
      at.secondMoment + moments + 4 * from,
      at.average + start + 4 * from,
      at.gradient + 4 * from,
      floats,
      factor,
      rate,
      epsilon,
      beta1,
      beta2,
      ema,
    );
  run(0, decayed, keep);
  run(decayed, layout.blockSize(j) - decayed, 1);
}
