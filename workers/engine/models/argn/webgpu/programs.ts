import { UserError } from '../../../../../src/domain/errors';
import { ADAMW } from '../wgsl/adamw';
import { BOUNDS } from '../wgsl/bounds';
import { CLIP } from '../wgsl/clip';
import { DRAW } from '../wgsl/draw';
import { HEAD } from '../wgsl/head';
import { HIDDEN } from '../wgsl/hidden';
import { HIDDEN_GRADIENT } from '../wgsl/hidden-gradient';
import { type Kernel, shaderOf } from '../wgsl/kernel';
import { LOGITS } from '../wgsl/logits';
import { MEMBER_GRADIENT } from '../wgsl/members';
import { NOISE } from '../wgsl/noise';
import { PAIR_GRADIENT } from '../wgsl/pair-gradient';
import { PREPARE } from '../wgsl/prepare';
import { SOFTMAX } from '../wgsl/softmax';
import { TABLE_GRADIENT } from '../wgsl/table-gradient';
import type { GpuBuffers } from './buffers';
import { SLOT_BYTES } from './constants';

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
  bounds: BOUNDS,
  clip: CLIP,
  noise: NOISE,
} as const satisfies Record<string, Kernel>;

/** Compiled only when a model is trained in private. */
const PRIVATE_KERNELS = ['bounds', 'clip', 'noise'] as const satisfies readonly (keyof typeof KERNELS)[];

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
  readonly #programs = new Map<KernelName, Program>();
  readonly #groups = new Map<string, GPUBindGroup>();
  #version = -1;

  private constructor(device: GPUDevice, buffers: GpuBuffers) {
    this.#device = device;
    this.#buffers = buffers;
  }

  /** All kernels but those of private steps. */
  static async compile(device: GPUDevice, buffers: GpuBuffers): Promise<Programs> {
    const programs = new Programs(device, buffers);
    const rare: readonly KernelName[] = PRIVATE_KERNELS;
    await programs.#add((Object.keys(KERNELS) as KernelName[]).filter((name) => !rare.includes(name)));
    return programs;
  }

  /** Compiles the kernels of private steps, unless they are there. */
  async addPrivate(): Promise<void> {
    await this.#add(PRIVATE_KERNELS.filter((name) => !this.#programs.has(name)));
  }

  async #add(names: readonly KernelName[]): Promise<void> {
    const compiled = names.map((name) => compile(this.#device, KERNELS[name]));
    for (const [k, program] of (await Promise.all(compiled)).entries())
      this.#programs.set(names[k]!, program);
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
async function compile(device: GPUDevice, kernel: Kernel): Promise<Program> {
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
  const module = device.createShaderModule({ label: kernel.name, code: shaderOf(kernel) });
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
