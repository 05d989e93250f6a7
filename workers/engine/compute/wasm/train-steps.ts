/** Training with the SIMD kernels: target by target, so that only one block's gradient exists at a time. */
import { type Hyperparameters, NO_ROW, type StepPlan } from '../backend';
import { dropoutBase, dropoutOf, type OptimiserStep, optimiserStep } from '../numerics';
import { usedInputs, visibilityKeys } from '../visibility';
import { loadRows, type RowSelection } from './load-rows';
import { closeTarget, openTarget } from './target';
import { ROW_CAPACITY, type Workspace } from './workspace';

/**
 * Runs the steps of a plan for the targets that the workspace owns; no other block is read or written.
 * @returns [steps × owned targets] mean loss in nats over the batch's real rows
 */
export function trainSteps(space: Workspace, hyper: Hyperparameters, plan: StepPlan): Float32Array {
  const { spec } = space.layout;
  const { owned } = space;
  const keys = visibilityKeys(spec, plan.orders);
  const inputs = usedInputs(keys, space.layout);
  const losses = new Float32Array(plan.steps * owned.length);
  for (let step = 0; step < plan.steps; step++) {
    const start = step * plan.batchSize;
    const end = start + plan.batchSize;
    const selection = {
      rows: plan.rows.subarray(start, end),
      orderOf: plan.orderOf.subarray(start, end),
      keys,
    };
    const out = losses.subarray(step * owned.length, (step + 1) * owned.length);
    trainStep(space, hyper, plan, step, selection, inputs, out);
  }
  return losses;
}

function trainStep(
  space: Workspace,
  hyper: Hyperparameters,
  plan: StepPlan,
  step: number,
  rows: RowSelection,
  inputs: readonly Uint16Array[],
  losses: Float32Array,
): void {
  const { at, kernels, layout } = space;
  const real = rows.rows.reduce((sum, row) => sum + (row === NO_ROW ? 0 : 1), 0);
  if (real === 0) return;
  const dropout = dropoutOf(plan.dropout);
  const update = optimiserStep(hyper, plan, step);
  const distance = at.tableGradients - at.tables;
  space.owned.forEach((j, place) => {
    const { hidden } = layout.spec.subColumns[j]!;
    const width = layout.outputWidth(j);
    const gradient = at.gradient - 4 * layout.blockStart(j);
    const base = dropoutBase(plan, step, j);
    openTarget(space, at.parameters, j, inputs[j]!);
    const output = at.parameters + 4 * layout.output(j);
    kernels.transpose(output, 4 * width, at.outputTransposed, 4 * hidden, hidden, width);
    let loss = 0;
    for (let first = 0; first < plan.batchSize; first += ROW_CAPACITY) {
      const count = Math.min(ROW_CAPACITY, plan.batchSize - first);
      if (place === 0 || plan.batchSize > ROW_CAPACITY) loadRows(space, rows, first, count, 1 / real);
      kernels.setDropout(dropout.threshold, dropout.scale, base, first);
      loss += kernels.accumulateGradients(
        count,
        at.outputTransposed,
        distance,
        gradient + 4 * layout.output(j),
        gradient + 4 * layout.bias(j),
        gradient + 4 * layout.outputBias(j),
      );
    }
    closeTarget(space, j, inputs[j]!);
    updateBlock(space, hyper, j, update);
    losses[place] = loss / real;
  });
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
