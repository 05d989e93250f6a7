import { UserError } from '../../../../../src/domain/errors';
import { ADAMW } from '../wgsl/adamw';
import { DRAW } from '../wgsl/draw';
import { HEAD } from '../wgsl/head';
import { HIDDEN } from '../wgsl/hidden';
import { HIDDEN_GRADIENT } from '../wgsl/hidden-gradient';
import { type Kernel, shaderOf } from '../wgsl/kernel';
import { LOGITS } from '../wgsl/logits';
import { MEMBER_GRADIENT } from '../wgsl/members';
import { PAIR_GRADIENT } from '../wgsl/pair-gradient';
import { PREPARE } from '../wgsl/prepare';
import { SOFTMAX } from '../wgsl/softmax';
import { TABLE_GRADIENT } from '../wgsl/table-gradient';
import type { GpuBuffers } from './buffers';
import { SLOT_BYTES } from './constants';
import type { ModelTables } from './workgroup-jobs';

export const KERNELS = {
  prepare: PREPARE,
  hidden: HIDDEN,
  logits: LOGITS,
  softmax: SOFTMAX,
  hiddenGradient: HIDDEN_GRADIENT,
  head: HEAD,
  memberGradient: MEMBER_GRADIENT,
  tableGradient: TABLE_GRADIENT,
  pairGradient: PAIR_GRADIENT,
  adamw: ADAMW,
  draw: DRAW,
} as const satisfies Record<string, Kernel>;

export type KernelName = keyof typeof KERNELS;
export type Weights = 'current' | 'average';

interface Program {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Pipelines of one model, compiled once, and their bind groups, made anew only when a buffer was replaced. */
export class Programs {
  readonly #device: GPUDevice;
  readonly #buffers: GpuBuffers;
  readonly #programs: ReadonlyMap<KernelName, Program>;
  readonly #groups = new Map<string, GPUBindGroup>();
  #version = -1;

  private constructor(device: GPUDevice, buffers: GpuBuffers, programs: ReadonlyMap<KernelName, Program>) {
    this.#device = device;
    this.#buffers = buffers;
    this.#programs = programs;
  }

  static async compile(
    device: GPUDevice,
    buffers: GpuBuffers,
    parts: number,
    tables: ModelTables,
  ): Promise<Programs> {
    const names = Object.keys(KERNELS) as KernelName[];
    const programs = await Promise.all(
      names.map(async (name) => [name, await compile(device, KERNELS[name], parts, tables)] as const),
    );
    return new Programs(device, buffers, new Map(programs));
  }

  pipeline(name: KernelName): GPUComputePipeline {
    return this.#programs.get(name)!.pipeline;
  }

  bindGroup(name: KernelName, weights: Weights): GPUBindGroup {
    if (this.#version !== this.#buffers.version) {
      this.#groups.clear();
      this.#version = this.#buffers.version;
    }
    const key = `${name} ${weights}`;
    const present = this.#groups.get(key);
    if (present) return present;
    const entries = KERNELS[name].bindings.map(({ buffer }, k) => {
      const source = buffer === 'weights' ? (weights === 'current' ? 'parameters' : 'average') : buffer;
      return { binding: k + 1, resource: { buffer: this.#buffers.get(source) } };
    });
    const constants = { buffer: this.#buffers.get('constants'), size: SLOT_BYTES };
    const group = this.#device.createBindGroup({
      layout: this.#programs.get(name)!.layout,
      entries: [{ binding: 0, resource: constants }, ...entries],
    });
    this.#groups.set(key, group);
    return group;
  }
}

/** Layouts are explicit because automatic ones allow no dynamic offsets. */
async function compile(
  device: GPUDevice,
  kernel: Kernel,
  parts: number,
  tables: ModelTables,
): Promise<Program> {
  const visibility = GPUShaderStage.COMPUTE;
  const layout = device.createBindGroupLayout({
    label: kernel.name,
    entries: [
      { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
      ...kernel.bindings.map(({ access }, k) => ({
        binding: k + 1,
        visibility,
        buffer: { type: access === 'read' ? ('read-only-storage' as const) : ('storage' as const) },
      })),
    ],
  });
  const module = device.createShaderModule({ label: kernel.name, code: shaderOf(kernel, parts, tables) });
  const descriptor = {
    label: kernel.name,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: 'main' },
  };
  try {
    return { pipeline: await device.createComputePipelineAsync(descriptor), layout };
  } catch (cause) {
    const { messages } = await module.getCompilationInfo();
    const [first] = messages.filter(({ type }) => type === 'error');
    if (!first) throw cause;
    throw new UserError(
      'engine/unavailable',
      `This GPU's driver refuses the kernel “${kernel.name}” (line ${first.lineNum}: ${first.message}). Choose the backend “wasm”.`,
      { cause },
    );
  }
}
