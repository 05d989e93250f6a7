import { NO_ROW, type StepPlan } from '../network/network-backend';
import { dropoutOf, optimiserStep } from '../network/numerics';
import { visibilityKeys } from '../network/visibility';
import { roundUp } from '../network/weight-layout';
import type { Constants } from './constants';
import { type BatchOffsets, ensureActivations, type GpuModel, overRows, uploadBatch } from './model';

/** A submit must stay far below the seconds after which a browser resets the GPU. */
const MAX_STEPS_PER_SUBMIT = 64;

/** Runs a plan in as few submits as possible and reads the losses once at the end. */
export async function trainPlan(model: GpuModel, plan: StepPlan): Promise<Float32Array> {
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
    if (real === 0) {
      empty.push(step);
      continue;
    }
    recordStep(model, stepConstants(model, plan, step, stride, real, offsets), stride);
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
  real: number,
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
    inverseReal: 1 / real,
    ...optimiserStep(hyper, plan, step),
    beta1: hyper.beta1,
    oneMinusBeta1: 1 - hyper.beta1,
    beta2: hyper.beta2,
    oneMinusBeta2: 1 - hyper.beta2,
  };
}

/** Nine dispatches: forward, backward, update; one more where targets have classes. */
function recordStep({ layout, programs, recorder, tables }: GpuModel, step: Constants, stride: number): void {
  const { jobs } = tables;
  const gatherGroups = Math.ceil((layout.spec.subColumns.length * stride) / 64);
  const over = (name: keyof typeof jobs) => ({
    ...step,
    jobFirst: jobs[name].first,
    jobCount: jobs[name].count,
  });
  recorder.dispatch(programs, 'prepare', gatherGroups + jobs.materialise.count, {
    ...over('materialise'),
    gatherGroups,
  });
  recorder.dispatch(programs, 'hidden', overRows(jobs.hidden.count, stride), over('hidden'));
  recorder.dispatch(programs, 'logits', overRows(jobs.logits.count, stride), over('logits'));
  recorder.dispatch(programs, 'softmax', overRows(jobs.softmax.count, stride), over('softmax'));
  recorder.dispatch(
    programs,
    'hiddenGradient',
    overRows(jobs.hiddenGradient.count, stride),
    over('hiddenGradient'),
  );
  recorder.dispatch(programs, 'head', jobs.head.count, over('head'));
  recorder.dispatch(programs, 'memberGradient', jobs.memberGradient.count, over('memberGradient'));
  recorder.dispatch(programs, 'tableGradient', jobs.table.count, over('table'));
  recorder.dispatch(programs, 'pairGradient', jobs.pair.count, over('pair'));
  recorder.dispatch(programs, 'adamw', jobs.update.count, over('update'));
}
