import { NO_ROW, type StepPlan } from '../network/network-backend';
import { dropoutOf, optimiserStep } from '../network/numerics';
import { visibilityKeys } from '../network/visibility';
import { roundUp } from '../network/weight-layout';
import type { Constants } from './constants';
import { type BatchOffsets, ensureActivations, type GpuModel, overRows, uploadBatch } from './model';
import { closeNoise, openNoise, privateConstants } from './private-steps';
import type { KernelName } from './programs';
import type { JobList } from './workgroup-jobs';

/** A submit must stay far below the seconds after which a browser resets the GPU. */
const MAX_STEPS_PER_SUBMIT = 64;

/** Runs a plan in as few submits as possible and reads the losses once at the end. */
export async function trainPlan(model: GpuModel, plan: StepPlan): Promise<Float32Array> {
  const { privacy } = plan;
  if (!privacy) return runPlan(model, plan);
  await openNoise(model, privacy);
  try {
    return await runPlan(model, plan);
  } finally {
    closeNoise(model);
  }
}

async function runPlan(model: GpuModel, plan: StepPlan): Promise<Float32Array> {
  const { buffers, layout, recorder, tables } = model;
  const parts = layout.spec.subColumns.length;
  const stride = roundUp(plan.batchSize, 4);
  ensureActivations(model, { hidden: tables.hiddenTotal, logits: tables.logitTotal }, stride, stride);
  buffers.ensure('hiddenGradient', tables.hiddenTotal * stride * 4);
  buffers.ensure('lossRows', parts * stride * 4);
  buffers.ensure('losses', plan.steps * parts * 4);
  const count = plan.steps * plan.batchSize;
  const keys = visibilityKeys(layout.spec, plan.orders);
  const offsets = uploadBatch(model, plan.rows.subarray(0, count), plan.orderOf.subarray(0, count), keys);
  const empty: number[] = [];
  let recorded = 0;
  for (let step = 0; step < plan.steps; step++) {
    const real = countRows(plan, step);
    if (real === 0) empty.push(step);
    // A private step without rows still adds noise: else it would tell that there were none.
    if (real === 0 && !plan.privacy) continue;
    recordStep(model, plan, step, stride, real, offsets);
    if (++recorded % MAX_STEPS_PER_SUBMIT === 0) recorder.submit();
  }
  const losses = new Float32Array(await recorder.read('losses', plan.steps * parts * 4));
  for (const step of empty) losses.fill(0, step * parts, (step + 1) * parts);
  return losses;
}

function countRows({ rows, batchSize }: StepPlan, step: number): number {
  let real = 0;
  for (let r = step * batchSize; r < (step + 1) * batchSize; r++) if (rows[r] !== NO_ROW) real++;
  return real;
}

function stepConstants(
  { layout, hyper, rowCount }: GpuModel,
  plan: StepPlan,
  step: number,
  stride: number,
  { ordersAt, keysAt, usedAt }: BatchOffsets,
): Constants {
  const dropout = dropoutOf(plan.dropout);
  const first = step * plan.batchSize;
  return {
    rows: plan.batchSize,
    stride,
    codeStride: stride,
    rowsAt: first,
    ordersAt: ordersAt + first,
    keysAt,
    usedAt,
    lossAt: step * layout.spec.subColumns.length,
    tableRows: rowCount,
    seed: plan.seed,
    step: plan.firstStep + step,
    dropThreshold: dropout.threshold,
    dropScale: dropout.scale,
    ...optimiserStep(hyper, plan, step),
    beta1: hyper.beta1,
    oneMinusBeta1: 1 - hyper.beta1,
    beta2: hyper.beta2,
    oneMinusBeta2: 1 - hyper.beta2,
  };
}

/** Forward, backward, update: dispatches as docs/kernels.md lists them. */
function recordStep(
  model: GpuModel,
  plan: StepPlan,
  step: number,
  stride: number,
  real: number,
  offsets: BatchOffsets,
): void {
  const { layout, programs, recorder, tables } = model;
  const { privacy } = plan;
  const targets = layout.spec.subColumns.length;
  const mean: Constants = { inverseReal: real === 0 ? 0 : 1 / real };
  const constants: Constants = {
    ...stepConstants(model, plan, step, stride, offsets),
    ...(privacy ? privateConstants(privacy) : mean),
  };
  const run = (
    kernel: KernelName,
    list: JobList,
    groups: (jobs: number) => number = (jobs) => jobs,
    changes: Constants = {},
  ) => {
    const { first, count } = tables.jobs[list];
    const own = { ...constants, jobFirst: first, jobCount: count, ...changes };
    recorder.dispatch(programs, kernel, groups(count), own);
  };
  const withRows = (jobs: number) => overRows(jobs, stride);
  const gatherGroups = Math.ceil((targets * stride) / 64);
  run('prepare', 'materialise', (jobs) => gatherGroups + jobs, { gatherGroups });
  run('hidden', 'hidden', withRows);
  run('logits', 'logits', withRows);
  run('softmax', 'softmax', withRows);
  run('hiddenGradient', 'hiddenGradient', withRows);
  if (privacy) {
    run('bounds', 'softmax');
    run('clip', 'softmax', withRows);
  }
  run('head', 'head', undefined, mean);
  run('memberGradient', 'memberGradient');
  run('tableGradient', 'table');
  run('pairGradient', privacy ? 'projection' : 'pair');
  if (privacy) run('noise', 'trained');
  run('adamw', privacy ? 'trained' : 'update');
}
