/** Training with the SIMD kernels: target by target, so that only one block's gradient exists at a time. */

import { noiseWords } from '../network/gradient-noise';
import { type Hyperparameters, NO_ROW, type StepPlan } from '../network/network-backend';
import { dropoutBase, dropoutOf, type OptimiserStep, optimiserStep } from '../network/numerics';
import { usedInputs, visibilityKeys } from '../network/visibility';
import { headWidth } from './levels';
import { loadRows } from './load-rows';
import { columnOf, finishGradient, privateTarget } from './private-steps';
import { closeTarget, openTarget } from './target';
import { ROW_CAPACITY, type Workspace } from './workspace';

/**
 * Runs the steps of a plan for the targets that the workspace owns; no other block is read or written.
 * @returns [steps × owned targets] mean loss in nats over the batch's real rows
 */
export function trainSteps(space: Workspace, hyper: Hyperparameters, plan: StepPlan): Float32Array {
  const { at, kernels, layout, owned, slots } = space;
  const { batchSize, privacy } = plan;
  const keys = visibilityKeys(layout.spec, plan.orders);
  const inputs = usedInputs(keys, layout);
  const dropout = dropoutOf(plan.dropout);
  const losses = new Float32Array(plan.steps * owned.length);
  const targets = privacy ? owned.map((j) => privateTarget(space, j)) : null;
  for (let step = 0; step < plan.steps; step++) {
    const start = step * batchSize;
    const rows = plan.rows.subarray(start, start + batchSize);
    const orderOf = plan.orderOf.subarray(start, start + batchSize);
    const real = rows.reduce((sum, row) => sum + (row === NO_ROW ? 0 : 1), 0);
    slots.chooseRows(space.u16, at.codeTable / 2, rows, space.rowCount);
    // A private step without rows still adds noise: else it would tell that there were none.
    if (real === 0 && !privacy) continue;
    const update = optimiserStep(hyper, plan, step);
    owned.forEach((j, index) => {
      openForTraining(space, j, inputs[j]!);
      const gradient = at.gradient - 4 * layout.blockStart(j);
      const base = dropoutBase(plan, step, j);
      const column = privacy ? dropout.scale * columnOf(space, j) : 0;
      let loss = 0;
      for (let first = 0; first < batchSize; first += ROW_CAPACITY) {
        const count = Math.min(ROW_CAPACITY, batchSize - first);
        // A batch that fits is loaded once for all targets.
        if (index === 0 || count < batchSize)
          loadRows(space, { rows, orderOf, keys }, first, count, privacy ? 1 : 1 / real);
        kernels.setDropout(dropout.threshold, dropout.scale, base, first);
        const shared = [
          count,
          at.outputTransposed,
          at.tableGradients - at.tables,
          gradient + 4 * layout.output(j),
          gradient + 4 * layout.bias(j),
          gradient + 4 * layout.outputBias(j),
        ] as const;
        loss += privacy
          ? kernels.accumulateClipped(...shared, privacy.clip, targets![index]!.reach, column, at.factors)
          : kernels.accumulateGradients(...shared);
      }
      closeTarget(space, j, inputs[j]!, privacy !== undefined);
      if (privacy) finishGradient(space, j, targets![index]!, privacy, noiseWords(privacy, plan, step, j));
      updateBlock(space, hyper, j, update, targets?.[index]?.start ?? 0);
      losses[step * owned.length + index] = real === 0 ? 0 : loss / real;
    });
  }
  return losses;
}

function openForTraining(space: Workspace, j: number, inputs: Uint16Array): void {
  const { at, kernels, layout } = space;
  const { hidden } = layout.spec.subColumns[j]!;
  openTarget(space, at.parameters, j, inputs);
  const output = at.parameters + 4 * layout.output(j);
  const rowBytes = 4 * layout.outputWidth(j);
  kernels.transpose(output, rowBytes, at.outputTransposed, 4 * hidden, hidden, headWidth(layout, j));
}

/** @param first float of the block that the update begins at: those before stay as they are */
function updateBlock(
  space: Workspace,
  { beta1, beta2 }: Hyperparameters,
  j: number,
  { keep, rate, epsilon, ema }: OptimiserStep,
  first: number,
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
  run(first, decayed - first, keep);
  run(decayed, layout.blockSize(j) - decayed, 1);
}
