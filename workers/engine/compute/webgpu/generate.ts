import type { GenerationRequest } from '../backend';
import { balancedUniforms } from '../balanced';
import { checkGeneration, logitScale } from '../generation-plan';
import { keysOfDrawing } from '../visibility';
import { type Constants, NONE } from './constants';
import { DRAW_MODE } from './kernels/draw';
import { blockRows, ensureActivations, type GpuModel, overRows, uploadBatch } from './model';

/** Rows of one group of balanced draws are ranked together; independent rows are cut here. */
const MOST_INDEPENDENT = 1 << 16;
const MOST_ROWS = 1 << 14;
/** Value of a forbidden code's bias: arithmetic with infinities is not portable in WGSL. */
const FORBIDDEN = -1e30;

/** @returns codes, column-major [sub-column][row] */
export async function generateRows(model: GpuModel, request: GenerationRequest): Promise<Uint16Array> {
  const { spec } = model.layout;
  checkGeneration(spec, request);
  const { rows, row0, fixed } = request;
  const codes = new Uint16Array(spec.subColumns.length * rows);
  const most = request.sampling === 'balanced' ? rows : MOST_INDEPENDENT;
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    const part = {
      ...request,
      rows: count,
      row0: row0 + first,
      fixed: fixed.map((given) => given?.subarray(first, first + count) ?? null),
    };
    await drawBlock(model, part, (j, drawn) => codes.set(drawn, j * rows + first));
  }
  return codes;
}

/** Places and sizes of one block. */
interface Block {
  readonly request: GenerationRequest;
  readonly stride: number;
  readonly codeStride: number;
  readonly usedAt: number;
  readonly biasAt: readonly number[];
  readonly uniformsAt: number;
}

async function drawBlock(
  model: GpuModel,
  request: GenerationRequest,
  store: (j: number, codes: Uint16Array) => void,
): Promise<void> {
  const { gpu, programs, recorder, tables } = model;
  const block = openBlock(model, request);
  const { materialise } = tables.jobs;
  recorder.dispatch(
    programs,
    'prepare',
    materialise.count,
    { usedAt: block.usedAt, jobFirst: materialise.first, jobCount: materialise.count },
    request.weights,
  );
  const { shape, expect, draw } = DRAW_MODE;
  for (const j of request.order) {
    if (request.fixed[j]) continue;
    if (request.sampling === 'independent') {
      recordTarget(model, block, j, shape | draw, true);
      continue;
    }
    recordTarget(model, block, j, shape | expect, true);
    const expected = new Float32Array(await recorder.read('expected', request.rows * 4));
    const uniforms = new Float32Array(request.rows);
    balancedUniforms(expected, uniforms, request.seed, request.row0, j);
    gpu.device.queue.writeBuffer(model.buffers.get('auxiliary'), 4 * block.uniformsAt, uniforms);
    const single = block.stride === block.codeStride;
    recordTarget(model, block, j, single ? draw : shape | draw, !single);
    recorder.submit();
  }
  const words = new Uint32Array(await recorder.read('inputs', request.order.length * block.codeStride * 4));
  for (const j of request.order) {
    const from = j * block.codeStride;
    store(j, Uint16Array.from(words.subarray(from, from + request.rows)));
  }
}

/** Makes buffers and uploads given codes, biases and the order of drawing. */
function openBlock(model: GpuModel, request: GenerationRequest): Block {
  const { buffers, gpu, layout } = model;
  const parts = layout.spec.subColumns;
  const hidden = Math.max(...parts.map((part) => part.hidden));
  const logits = Math.max(...parts.map((_, j) => layout.outputWidth(j)));
  const stride = blockRows(request.rows, Math.max(hidden, logits), MOST_ROWS);
  const codeStride = Math.ceil(request.rows / stride) * stride;
  ensureActivations(model, { hidden, logits }, stride, codeStride);
  buffers.ensure('expected', request.rows * 4);
  const keys = keysOfDrawing(request.order);
  const { usedAt } = uploadBatch(model, new Uint32Array(0), new Uint16Array(0), keys);
  const inputs = new Uint32Array(parts.length * codeStride);
  parts.forEach((_, j) => {
    inputs.fill(keys[j]! << 16, j * codeStride, (j + 1) * codeStride);
    request.fixed[j]?.forEach((code, r) => {
      inputs[j * codeStride + r]! |= code;
    });
  });
  gpu.device.queue.writeBuffer(buffers.get('inputs'), 0, inputs);
  const biases: number[] = [];
  const biasAt = parts.map((_, j) => {
    const bias = request.logitBias[j];
    if (!bias) return NONE;
    for (const value of bias) biases.push(Math.max(value, FORBIDDEN));
    return biases.length - bias.length;
  });
  const auxiliary = buffers.ensure('auxiliary', 4 * (biases.length + request.rows));
  if (biases.length > 0) gpu.device.queue.writeBuffer(auxiliary, 0, Float32Array.from(biases));
  return { request, stride, codeStride, usedAt, biasAt, uniformsAt: biases.length };
}

/** Hidden units, logits and draw of one target, for all rows of the block. */
function recordTarget(model: GpuModel, block: Block, j: number, mode: number, compute: boolean): void {
  const { programs, recorder, tables } = model;
  const { request, stride, codeStride, usedAt } = block;
  const scale = logitScale(request.temperature);
  const hidden = tables.ofTarget.hidden[j]!;
  const logits = tables.ofTarget.logits[j]!;
  for (let first = 0; first < request.rows; first += stride) {
    const common: Constants = {
      rows: Math.min(stride, request.rows - first),
      stride,
      codeStride,
      codeFirst: first,
      hiddenShift: tables.hiddenAt[j]!,
      logitShift: tables.logitAt[j]!,
      usedAt,
      seed: request.seed,
      row0: request.row0,
      part: j,
      biasAt: block.biasAt[j]!,
      uniformsAt: request.sampling === 'balanced' ? block.uniformsAt : NONE,
      mode: scale === 0 ? mode | DRAW_MODE.coldest : mode,
      logitScale: scale || 1,
      topP: request.topP,
    };
    const over = (jobs: { first: number; count: number }) => ({
      ...common,
      jobFirst: jobs.first,
      jobCount: jobs.count,
    });
    if (compute) {
      recorder.dispatch(programs, 'hidden', overRows(hidden.count, stride), over(hidden), request.weights);
      recorder.dispatch(programs, 'logits', overRows(logits.count, stride), over(logits), request.weights);
    }
    recorder.dispatch(programs, 'draw', Math.ceil(common.rows! / 64), common);
  }
}
