import { type Gpu, withErrorScopes } from '../../../gpu/device';
import { gpuRefused } from '../../../gpu/errors';
import type { Hyperparameters, ModelSpec } from '../network/network-backend';
import { usedInputs } from '../network/visibility';
import { createLayout, type Layout, roundUp } from '../network/weight-layout';
import { GpuBuffers } from './buffers';
import { Programs } from './programs';
import { Recorder } from './recorder';
import { buildTables, type ModelTables } from './workgroup-jobs';

/** One model on the GPU. */
export interface GpuModel {
  readonly gpu: Gpu;
  readonly layout: Layout;
  readonly tables: ModelTables;
  readonly buffers: GpuBuffers;
  readonly programs: Programs;
  readonly recorder: Recorder;
  readonly hyper: Hyperparameters;
  readonly rowCount: number;
}

const STATE_BUFFERS = ['parameters', 'firstMoment', 'secondMoment', 'average', 'gradient'] as const;

/**
 * Makes all buffers whose size depends on the model alone, uploads the codes and compiles the kernels.
 * @throws UserError if the device has too little memory
 */
export async function createModel(
  gpu: Gpu,
  spec: ModelSpec,
  codes: Uint16Array,
  rowCount: number,
  hyper: Hyperparameters,
): Promise<GpuModel> {
  const layout = createLayout(spec);
  const tables = buildTables(layout);
  const buffers = new GpuBuffers(gpu);
  try {
    const { result, errors } = await withErrorScopes(gpu.device, async () => {
      for (const name of STATE_BUFFERS) buffers.ensure(name, layout.total * 4);
      buffers.ensure('tables', tables.tableTotal * 4);
      buffers.ensure('tableGradients', tables.tableTotal * 4);
      buffers.ensure('auxiliary', 16);
      buffers.ensure('expected', 16);
      const { queue } = gpu.device;
      queue.writeBuffer(buffers.ensure('model', tables.words.byteLength), 0, tables.words);
      uploadCodes(queue, buffers.ensure('codes', codes.byteLength + 2), codes);
      const recorder = new Recorder(gpu, buffers, {
        parts: spec.subColumns.length,
        jobsAt: tables.jobsAt,
      });
      const programs = await Programs.compile(gpu.device, buffers);
      return { gpu, layout, tables, buffers, programs, recorder, hyper, rowCount };
    });
    if (errors.length > 0) throw gpuRefused([...errors, ...gpu.takeErrors()]);
    return result;
  } catch (error) {
    buffers.destroy();
    throw error;
  }
}

/** Writes must be multiples of 4 bytes: an odd last code is padded. */
function uploadCodes(queue: GPUQueue, buffer: GPUBuffer, codes: Uint16Array): void {
  const even = codes.length & ~1;
  if (even > 0) queue.writeBuffer(buffer, 0, codes as Uint16Array<ArrayBuffer>, 0, even);
  if (even < codes.length) queue.writeBuffer(buffer, 2 * even, Uint16Array.of(codes[even]!, 0));
}

/** Buffers of activations for rows with that stride; `features` of hidden units and logits held at once. */
export function ensureActivations(
  { buffers, layout }: GpuModel,
  features: { hidden: number; logits: number },
  stride: number,
  codeStride: number,
): void {
  const parts = layout.spec.subColumns.length;
  buffers.ensure('hidden', features.hidden * stride * 4);
  buffers.ensure('logits', features.logits * stride * 4);
  buffers.ensure('inputs', parts * codeStride * 4);
}

/** Word offsets in the batch buffer. */
export interface BatchOffsets {
  readonly ordersAt: number;
  readonly keysAt: number;
  readonly usedAt: number;
}

/** Uploads rows, the order of each, the orders' visibility keys, and which pairs any order uses. */
export function uploadBatch(
  { gpu, buffers, layout, tables }: GpuModel,
  rows: Uint32Array,
  orderOf: Uint16Array,
  keys: Uint16Array,
): BatchOffsets {
  const ordersAt = rows.length;
  const keysAt = ordersAt + orderOf.length;
  const usedAt = keysAt + keys.length;
  const words = new Uint32Array(usedAt + tables.pairs);
  words.set(rows);
  words.set(orderOf, ordersAt);
  words.set(keys, keysAt);
  usedInputs(keys, layout).forEach((inputs, j) => {
    for (const i of inputs) words[usedAt + layout.pair(j, i)] = 1;
  });
  gpu.device.queue.writeBuffer(buffers.ensure('batch', words.byteLength), 0, words);
  return { ordersAt, keysAt, usedAt };
}

/** Workgroups of a dispatch whose jobs each cover 64 rows at a time. */
export function overRows(jobs: number, stride: number): number {
  return jobs * Math.ceil(stride / 64);
}

const BLOCK_BYTES = 1 << 25;

/** Rows computed at once so that activations of `features` floats a row stay small; a multiple of 4. */
export function blockRows(rows: number, features: number, max: number): number {
  const fitting = Math.max(64, Math.floor(BLOCK_BYTES / (4 * features)) & ~63);
  return roundUp(Math.max(1, Math.min(rows, fitting, max)), 4);
}
