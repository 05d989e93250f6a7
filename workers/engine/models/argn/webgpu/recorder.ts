import type { Gpu } from '../../../gpu/device';
import { mapForReading } from '../../../gpu/map-for-reading';
import type { GpuBuffers } from './buffers';
import { ConstantSlots, type Constants, type ModelConstants, SLOT_BYTES } from './constants';
import type { KernelName, Programs, Weights } from './programs';

const SLOTS = 1024;
/** Workgroups per dimension that every device allows. */
const MAX_GROUPS = 65_535;

/** Times passes: for benchmarks. */
export interface PassTimer {
  nextPass(kernel: string): GPUComputePassDescriptor;
  resolve(encoder: GPUCommandEncoder): void;
}

/** Collects dispatches into one encoder and one pass, and counts what it sends. */
export class Recorder {
  readonly #gpu: Gpu;
  readonly #buffers: GpuBuffers;
  readonly #slots: ConstantSlots;
  #encoder: GPUCommandEncoder | null = null;
  #pass: GPUComputePassEncoder | null = null;
  dispatches = 0;
  submits = 0;
  /** Set by benchmarks: every dispatch gets a pass of its own and is timed. */
  timer: PassTimer | null = null;

  constructor(gpu: Gpu, buffers: GpuBuffers, model: ModelConstants) {
    this.#gpu = gpu;
    this.#slots = new ConstantSlots(SLOTS, model);
    this.#buffers = buffers;
    buffers.ensure('constants', SLOTS * SLOT_BYTES);
  }

  /** @param groups workgroups; more than fit one dimension are spread over two */
  dispatch(
    programs: Programs,
    name: KernelName,
    groups: number,
    constants: Constants,
    weights: Weights = 'current',
  ): void {
    if (groups === 0) return;
    if (this.#slots.isFull) this.submit();
    const offset = this.#slots.add(constants);
    this.#encoder ??= this.#gpu.device.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass(this.timer?.nextPass(name));
    this.#pass.setPipeline(programs.pipeline(name));
    this.#pass.setBindGroup(0, programs.bindGroup(name, weights), [offset]);
    this.#pass.dispatchWorkgroups(Math.min(groups, MAX_GROUPS), Math.ceil(groups / MAX_GROUPS));
    this.dispatches++;
    if (this.timer) this.#endPass();
  }

  /** Sends what was recorded. Later writes to buffers take effect after it. */
  submit(): void {
    if (!this.#encoder) return;
    this.#endPass();
    this.timer?.resolve(this.#encoder);
    const { queue } = this.#gpu.device;
    queue.writeBuffer(this.#buffers.get('constants'), 0, this.#slots.bytes);
    queue.submit([this.#encoder.finish()]);
    this.submits++;
    this.#encoder = null;
    this.#slots.clear();
  }

  /** Drops what was recorded but not sent, after an error. */
  discard(): void {
    this.#pass = null;
    this.#encoder = null;
    this.#slots.clear();
  }

  /** Copies the first bytes of a buffer out, after everything recorded. */
  async read(name: 'losses' | 'inputs' | 'expected', bytes: number): Promise<ArrayBuffer> {
    return this.readBuffer(this.#buffers.get(name), bytes);
  }

  async readBuffer(source: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    const size = Math.ceil(bytes / 4) * 4;
    if (size === 0) return new ArrayBuffer(0);
    this.#encoder ??= this.#gpu.device.createCommandEncoder();
    this.#endPass();
    const staging = this.#buffers.ensure('readback', size);
    this.#encoder.copyBufferToBuffer(source, 0, staging, 0, size);
    this.submit();
    await mapForReading(this.#gpu.device.queue, staging, size);
    try {
      return staging.getMappedRange(0, size).slice(0);
    } finally {
      // Even if the tab has no memory for the copy: a buffer that stays mapped would fail every later call.
      staging.unmap();
    }
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = null;
  }
}
