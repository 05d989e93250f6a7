/** Training with the SIMD kernels: target by target, so that only one block's gradient exists at a time. */
import { type Hyperparameters, NO_ROW, type StepPlan } from '../backend';
import { roundUp } from '../layout';
import { dropoutBase, dropoutOf, type OptimiserStep, optimiserStep } from '../numerics';
import { usedInputs, visibilityKeys } from '../visibility';
import { headWidth } from './levels';
import { loadRows, type RowSelection } from './load-rows';
import { GradientTree, type PartialGradient, partRange } from './row-parts';
import { closeTarget, openTarget, tableFloats } from './target';
import { ROW_CAPACITY, TABLE_PIECE, type Workspace } from './workspace';

/**
 * Runs the steps of a plan for the targets that the workspace owns; no other block is read or written.
 * @returns [steps × owned targets] mean loss in nats over the batch's real rows
 */
export function trainSteps(space: Workspace, hyper: Hyperparameters, plan: StepPlan): Float32Array {
  const run = new TrainingRun(space, hyper, plan);
  for (let step = 0; step < plan.steps; step++) {
    if (!run.begin(step)) continue;
    const shared = run.addParts();
    run.trainWhole();
    run.applyParts(shared);
  }
  return run.losses;
}

/** Targets whose rows are parted, with what is added up of their gradients. */
export type SharedGradients = ReadonlyMap<number, GradientTree>;

/** The steps of one plan. Of a step: `begin`, `addParts`, `trainWhole`, `applyParts`. */
export class TrainingRun {
  /** [steps × owned targets] */
  readonly losses: Float32Array;
  readonly #space: Workspace;
  readonly #hyper: Hyperparameters;
  readonly #plan: StepPlan;
  readonly #keys: Uint16Array;
  readonly #inputs: readonly Uint16Array[];
  /** Per parted target, arrays for its gradients: fresh megabytes each step would take longer than the sums. */
  readonly #spare = new Map<number, Float32Array[]>();
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
  }

  /** @returns whether the step has any rows; else there is nothing to do */
  begin(step: number): boolean {
    const plan = this.#plan;
    const start = step * plan.batchSize;
    const rows = plan.rows.subarray(start, start + plan.batchSize);
    const orderOf = plan.orderOf.subarray(start, start + plan.batchSize);
    this.#step = step;
    this.#rows = { rows, orderOf, keys: this.#keys };
    this.#real = rows.reduce((sum, row) => sum + (row === NO_ROW ? 0 : 1), 0);
    this.#update = optimiserStep(this.#hyper, plan, step);
    const { slots, u16, at, rowCount } = this.#space;
    slots.chooseRows(u16, at.codeTable / 2, rows, rowCount);
    return this.#real > 0;
  }

  /**
   * Adds up gradients of targets whose rows are parted.
   * @param partsOf parts of target j to add up here; all by default
   */
  addParts(
    partsOf: (j: number) => Iterable<number> = (j) => Array(this.#space.rowParts[j]!).keys(),
  ): SharedGradients {
    const { owned, rowParts } = this.#space;
    const trees = new Map<number, GradientTree>();
    for (const j of owned) {
      const parts = rowParts[j]!;
      if (parts === 1) continue;
      const tree = new GradientTree(parts, this.#spareOf(j));
      this.#open(j);
      for (const part of partsOf(j)) {
        const [from, to] = partRange(part, parts, this.#plan.batchSize);
        if (from === to) tree.addPart(part, { values: new Float32Array(), loss: 0 });
        else tree.addPart(part, this.#takeGradient(j, this.#accumulate(j, from, to, true)));
      }
      trees.set(j, tree);
    }
    return trees;
  }

  /** Trains the targets whose rows are not parted. */
  trainWhole(): void {
    const { owned, rowParts } = this.#space;
    const { batchSize } = this.#plan;
    let isLoaded = false;
    owned.forEach((j, place) => {
      if (rowParts[j] !== 1) return;
      this.#open(j);
      const loss = this.#accumulate(j, 0, batchSize, !isLoaded || batchSize > ROW_CAPACITY);
      isLoaded = true;
      this.#close(j, place, loss);
    });
  }

  /** Takes the step of the parted targets, all of whose parts are there. */
  applyParts(shared: SharedGradients): void {
    for (const [j, tree] of shared) {
      const { values, loss } = tree.total!;
      this.#putGradient(j, values);
      this.#spareOf(j).push(values);
      this.#close(j, this.#space.owned.indexOf(j), loss);
    }
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
  #accumulate(j: number, from: number, to: number, load: boolean): number {
    const space = this.#space;
    const { at, kernels, layout } = space;
    const dropout = dropoutOf(this.#plan.dropout);
    const base = dropoutBase(this.#plan, this.#step, j);
    const gradient = at.gradient - 4 * layout.blockStart(j);
    let loss = 0;
    for (let first = from; first < to; first += ROW_CAPACITY) {
      const count = Math.min(ROW_CAPACITY, to - first);
      if (load) loadRows(space, this.#rows, first, count, 1 / this.#real);
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
  #close(j: number, place: number, loss: number): void {
    closeTarget(this.#space, j, this.#inputs[j]!);
    updateBlock(this.#space, this.#hyper, j, this.#update);
    this.losses[this.#step * this.#space.owned.length + place] = loss / this.#real;
  }

  /** Moves what was added up out of the workspace: gradients of V, b and c, then of the tables. */
  #takeGradient(j: number, loss: number): PartialGradient {
    const { f32 } = this.#space;
    const [head, tables] = this.#gradientRegions(j);
    const length = head.floats + tables.floats;
    const spare = this.#spareOf(j).pop();
    const values = spare?.length === length ? spare : new Float32Array(length);
    values.set(f32.subarray(head.start, head.start + head.floats));
    values.set(f32.subarray(tables.start, tables.start + tables.floats), head.floats);
    for (const { start, floats } of [head, tables]) f32.fill(0, start, start + floats);
    return { values, loss };
  }

  #spareOf(j: number): Float32Array[] {
    const spare = this.#spare.get(j) ?? [];
    this.#spare.set(j, spare);
    return spare;
  }

  #putGradient(j: number, values: Float32Array): void {
    const { f32 } = this.#space;
    const [head, tables] = this.#gradientRegions(j);
    f32.set(values.subarray(0, head.floats), head.start);
    f32.set(values.subarray(head.floats), tables.start);
  }

  #gradientRegions(j: number) {
    const { at, layout } = this.#space;
    const head = layout.output(j) - layout.blockStart(j);
    const floats = tableFloats(this.#space, j, this.#inputs[j]!);
    return [
      { start: at.gradient / 4 + head, floats: layout.blockSize(j) - head },
      // Behind the tables are zeros: few lengths, so that arrays can be used again.
      { start: at.tableGradients / 4, floats: roundUp(floats, TABLE_PIECE) },
    ] as const;
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
