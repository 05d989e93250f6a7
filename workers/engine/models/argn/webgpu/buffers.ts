import type { Gpu } from '../../../gpu/device';
import { tooLargeForGpu } from '../../../gpu/errors';
import type { BufferName } from '../wgsl/kernel';

export type OwnBuffer = Exclude<BufferName, 'weights'> | 'constants' | 'readback';

/** All GPU buffers of one model: counted, grown on demand, destroyed together. */
export class GpuBuffers {
  readonly #gpu: Gpu;
  readonly #buffers = new Map<OwnBuffer, GPUBuffer>();
  /** Grows whenever a buffer is replaced: earlier bind groups are then stale. */
  version = 0;

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /**
   * A buffer of at least that many bytes. One that is too small is replaced by an empty one.
   * @throws UserError if the device allows no such size
   */
  ensure(name: OwnBuffer, bytes: number): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const present = this.#buffers.get(name);
    if (present && present.size >= size) return present;
    const { limits } = this.#gpu.device;
    const limit =
      name === 'readback'
        ? limits.maxBufferSize
        : Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
    if (size > limit) throw tooLargeForGpu(`The ${LABELS[name] ?? 'values'} of this model`, size, limit);
    present?.destroy();
    const buffer = this.#gpu.device.createBuffer({ label: name, size, usage: usageOf(name) });
    this.#buffers.set(name, buffer);
    this.version++;
    return buffer;
  }

  has(name: OwnBuffer): boolean {
    return this.#buffers.has(name);
  }

  get(name: OwnBuffer): GPUBuffer {
    const buffer = this.#buffers.get(name);
    if (!buffer) throw new RangeError(`The GPU buffer ${name} is used before it is made.`);
    return buffer;
  }

  get bytes(): number {
    return [...this.#buffers.values()].reduce((sum, buffer) => sum + buffer.size, 0);
  }

  destroy(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
    this.#buffers.clear();
    this.version++;
  }
}

const LABELS: Partial<Record<OwnBuffer, string>> = {
  codes: 'encoded rows',
  parameters: 'weights',
  tables: 'first-layer tables',
  tableGradients: 'first-layer tables',
  hidden: 'hidden units',
  logits: 'logits',
};

function usageOf(name: OwnBuffer): GPUBufferUsageFlags {
  if (name === 'readback') return GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const kind = name === 'constants' ? GPUBufferUsage.UNIFORM : GPUBufferUsage.STORAGE;
  return kind | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
}
