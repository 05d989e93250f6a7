/**
 * The constants of one dispatch, in the order of the WGSL struct. Every dispatch has a slot of 256 bytes in one
 * uniform buffer, chosen by a dynamic offset.
 */
export const SLOT_BYTES = 256;

const FIELDS = {
  /** Of the model: number of sub-columns, and the word where its jobs begin. */
  parts: 'u32',
  jobsAt: 'u32',
  /** First job and number of jobs of this dispatch. */
  jobFirst: 'u32',
  jobCount: 'u32',
  /** Groups of `prepare` that gather rows before the jobs begin. */
  gatherGroups: 'u32',
  /** Rows counted and row stride of activations, a multiple of 4. */
  rows: 'u32',
  stride: 'u32',
  /** Row stride of the gathered codes, and the first of these rows that the activations hold. */
  codeStride: 'u32',
  codeFirst: 'u32',
  /** Subtracted from offsets of activations: a single target needs no memory for the others. */
  hiddenShift: 'u32',
  logitShift: 'u32',
  /** Word offsets in the batch buffer. */
  rowsAt: 'u32',
  ordersAt: 'u32',
  keysAt: 'u32',
  usedAt: 'u32',
  lossAt: 'u32',
  tableRows: 'u32',
  seed: 'u32',
  step: 'u32',
  dropThreshold: 'u32',
  /** Generation: first row, target, offset of its bias or NONE, offset of uniform numbers or NONE, what to do. */
  row0: 'u32',
  part: 'u32',
  biasAt: 'u32',
  uniformsAt: 'u32',
  mode: 'u32',
  dropScale: 'f32',
  inverseReal: 'f32',
  keep: 'f32',
  rate: 'f32',
  epsilon: 'f32',
  ema: 'f32',
  beta1: 'f32',
  oneMinusBeta1: 'f32',
  beta2: 'f32',
  oneMinusBeta2: 'f32',
  logitScale: 'f32',
  topP: 'f32',
  /** Private steps: norm of a row's gradient of a target, steps of the noise's grid in 1 (0 = no noise), factor of the sum. */
  clip: 'f32',
  inverseGrid: 'f32',
  noiseScale: 'f32',
} as const;

export type ConstantName = keyof typeof FIELDS;
export type Constants = Readonly<Partial<Record<ConstantName, number>>>;
/** The same in every dispatch of a model: kernels know it by these alone, so that one compiled kernel serves all models. */
export type ModelConstants = Readonly<Record<'parts' | 'jobsAt', number>>;

/** An offset that stands for "there is none". */
export const NONE = 0xffff_ffff;

const NAMES = Object.keys(FIELDS) as ConstantName[];

/** The WGSL declaration. */
export const CONSTANTS_STRUCT = `struct Constants {\n${NAMES.map((name) => `  ${name}: ${FIELDS[name]},`).join('\n')}\n}`;

/** Slots written one after the other, uploaded at once. */
export class ConstantSlots {
  readonly #view: DataView<ArrayBuffer>;
  #count = 0;

  constructor(
    readonly capacity: number,
    readonly model: ModelConstants,
  ) {
    this.#view = new DataView(new ArrayBuffer(capacity * SLOT_BYTES));
  }

  clear(): void {
    this.#count = 0;
  }

  get isFull(): boolean {
    return this.#count === this.capacity;
  }

  /** @returns byte offset of the new slot; constants not named are 0 */
  add(given: Constants): number {
    const constants: Constants = { ...given, ...this.model };
    const offset = this.#count++ * SLOT_BYTES;
    NAMES.forEach((name, k) => {
      const value = constants[name] ?? 0;
      if (FIELDS[name] === 'u32') this.#view.setUint32(offset + 4 * k, value, true);
      else this.#view.setFloat32(offset + 4 * k, value, true);
    });
    return offset;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#view.buffer, 0, this.#count * SLOT_BYTES);
  }
}
