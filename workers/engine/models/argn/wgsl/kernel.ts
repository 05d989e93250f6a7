import { CONSTANTS_STRUCT } from '../webgpu/constants';
import { CLASS_WORDS, JOB_WORDS, PAIR_WORDS, PART_WORDS } from '../webgpu/workgroup-jobs';

/** Buffers a kernel can ask for by name; `weights` are the current or the averaged parameters. */
export type BufferName =
  | 'model'
  | 'codes'
  | 'batch'
  | 'inputs'
  | 'weights'
  | 'parameters'
  | 'firstMoment'
  | 'secondMoment'
  | 'average'
  | 'gradient'
  | 'tables'
  | 'tableGradients'
  | 'hidden'
  | 'logits'
  | 'hiddenGradient'
  | 'lossRows'
  | 'losses'
  | 'auxiliary'
  | 'expected'
  | 'bounds'
  | 'pads'
  | 'noiseKey';

export interface Binding {
  readonly buffer: BufferName;
  readonly type: 'u32' | 'f32' | 'vec4u' | 'vec4f';
  readonly access: 'read' | 'read_write';
}

export interface Kernel {
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** WGSL after the declarations of `preamble`; its entry point is `main`. */
  readonly code: string;
}

export const read = (buffer: BufferName, type: Binding['type'] = 'f32'): Binding => ({
  buffer,
  type,
  access: 'read',
});
export const write = (buffer: BufferName, type: Binding['type'] = 'f32'): Binding => ({
  buffer,
  type,
  access: 'read_write',
});

/** Arguments of every entry point, and the number of its workgroup: a dispatch may have two dimensions. */
export const ENTRY_ARGUMENTS =
  '@builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32';
export const GROUP = 'id.y * groups.x + id.x';

/** The whole WGSL of a kernel: the same for all models, whose sizes are constants of a dispatch. */
export function shaderOf(kernel: Kernel): string {
  const bindings = kernel.bindings.map(
    ({ buffer, type, access }, k) =>
      `@group(0) @binding(${k + 1}) var<storage, ${access}> ${buffer}: array<${type}>;`,
  );
  return [CONSTANTS_STRUCT, bindings.join('\n'), preamble(), kernel.code].join('\n');
}

/** Offsets of weights and activations, and the hash of `src/domain/random.ts`. */
function preamble(): string {
  const part = (name: string, word: number) =>
    `fn ${name}(j: u32) -> u32 { return model[j * ${PART_WORDS}u + ${word}u]; }`;
  const pair = (name: string, word: number) =>
    `fn ${name}(p: u32) -> u32 { return model[c.parts * ${PART_WORDS}u + p * ${PAIR_WORDS}u + ${word}u]; }`;
  const ofClass = (name: string, word: number) =>
    `fn ${name}(j: u32, k: u32) -> u32 { return model[classesOf(j) + ${CLASS_WORDS}u * k + ${word}u]; }`;
  return `
@group(0) @binding(0) var<uniform> c: Constants;
const NONE = 0xffffffffu;
${part('cardinality', 0)}
${part('dimension', 1)}
${part('hiddenUnits', 2)}
${part('embeddingWidth', 3)}
${part('outputWidth', 4)}
${part('outputOf', 5)}
${part('biasOf', 6)}
${part('outputBiasOf', 7)}
${part('firstPair', 10)}
${part('inputCount', 11)}
${part('firstWidth', 12)}
${part('classCount', 13)}
${part('classesOf', 14)}
${part('logitWidth', 15)}
fn hiddenAt(j: u32) -> u32 { return model[j * ${PART_WORDS}u + 8u] - c.hiddenShift; }
fn logitAt(j: u32) -> u32 { return model[j * ${PART_WORDS}u + 9u] - c.logitShift; }
${pair('embeddingOf', 0)}
${pair('projectionOf', 1)}
${pair('tableOf', 2)}
${pair('inputOf', 3)}
${pair('targetOf', 4)}
${ofClass('classStart', 0)}
${ofClass('classSize', 1)}
${ofClass('classColumn', 2)}
fn classOf(j: u32, code: u32) -> u32 {
  return model[classesOf(j) + ${CLASS_WORDS}u * classCount(j) + code];
}
fn jobWord(job: u32, word: u32) -> u32 {
  return model[c.jobsAt + (c.jobFirst + job) * ${JOB_WORDS}u + word];
}
fn pcg(input: u32) -> u32 {
  let state = input * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}
fn hash(seed: u32, a: u32, b: u32) -> u32 { return pcg(pcg(pcg(pcg(seed) + a) + b)); }`;
}
