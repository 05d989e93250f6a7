import type { EvaluationRequest } from '../network/network-backend';
import { visibilityKeys } from '../network/visibility';
import { LOSS_ONLY } from '../wgsl/members';
import type { Constants } from './constants';
import { blockRows, ensureActivations, type GpuModel, overRows, uploadBatch } from './model';

const MAX_ROWS = 4096;

/** Losses of given rows, block by block; the blocks' sums are added in float64. */
export async function evaluateRows(model: GpuModel, request: EvaluationRequest): Promise<Float64Array> {
  const { buffers, layout, programs, recorder, rowCount, tables } = model;
  const { jobs } = tables;
  const parts = layout.spec.subColumns.length;
  const total = request.rows.length;
  const stride = blockRows(total, Math.max(tables.hiddenTotal, tables.logitTotal), MAX_ROWS);
  const blocks = Math.ceil(total / stride);
  ensureActivations(model, { hidden: tables.hiddenTotal, logits: tables.logitTotal }, stride, stride);
  buffers.ensure('hiddenGradient', 16);
  buffers.ensure('lossRows', parts * stride * 4);
  buffers.ensure('losses', blocks * parts * 4);
  const keys = visibilityKeys(layout.spec, request.orders);
  const { ordersAt, keysAt, usedAt } = uploadBatch(model, request.rows, request.orderOf, keys);
  const gatherGroups = Math.ceil((parts * stride) / 64);
  for (let block = 0; block < blocks; block++) {
    const first = block * stride;
    const common: Constants = {
      rows: Math.min(stride, total - first),
      stride,
      codeStride: stride,
      rowsAt: first,
      ordersAt: ordersAt + first,
      keysAt,
      usedAt,
      lossAt: block * parts,
      tableRows: rowCount,
      mode: LOSS_ONLY,
      inverseReal: 1,
    };
    const over = (name: keyof typeof jobs) => ({
      ...common,
      jobFirst: jobs[name].first,
      jobCount: jobs[name].count,
    });
    const jobCount = block === 0 ? jobs.materialise.count : 0;
    const { weights } = request;
    const prepare = { ...over('materialise'), gatherGroups, jobCount };
    recorder.dispatch(programs, 'prepare', gatherGroups + jobCount, prepare, weights);
    recorder.dispatch(programs, 'hidden', overRows(jobs.hidden.count, stride), over('hidden'), weights);
    recorder.dispatch(programs, 'logits', overRows(jobs.logits.count, stride), over('logits'), weights);
    recorder.dispatch(programs, 'softmax', overRows(jobs.softmax.count, stride), over('softmax'));
    recorder.dispatch(programs, 'head', jobs.loss.count, over('loss'));
  }
  const sums = new Float32Array(await recorder.read('losses', blocks * parts * 4));
  const losses = new Float64Array(parts);
  sums.forEach((sum, k) => {
    losses[k % parts]! += sum;
  });
  return losses;
}
