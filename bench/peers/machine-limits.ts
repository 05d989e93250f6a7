/** What one core can do in WASM at most: arithmetic in registers, and a stream through memory. */
import asc from 'assemblyscript/asc';

/** Chains of strict mul and add, as many as hide their latency and fit the registers. */
const CHAINS = 12;

const LETTERS = Array.from({ length: CHAINS }, (_, k) => `a${k}`);

/** AssemblyScript; pointers and lanes only. */
const SOURCE = `
export function multiplyAdd(rounds: i32): f32 {
  const x = f32x4.splat(0.999);
  const y = f32x4.splat(0.001);
  ${LETTERS.map((a, k) => `let ${a} = f32x4.splat(${k + 1});`).join('\n  ')}
  for (let r = 0; r < rounds; r++) {
    ${LETTERS.map((a) => `${a} = f32x4.add(f32x4.mul(${a}, x), y);`).join('\n    ')}
  }
  return f32x4.extract_lane(${LETTERS.reduce((sum, a) => `f32x4.add(${sum}, ${a})`)}, 0);
}

export function triad(a: usize, b: usize, c: usize, bytes: usize): void {
  const s = f32x4.splat(0.5);
  for (let k: usize = 0; k < bytes; k += 64) {
    v128.store(a + k, f32x4.add(v128.load(b + k), f32x4.mul(s, v128.load(c + k))));
    v128.store(a + k, f32x4.add(v128.load(b + k, 16), f32x4.mul(s, v128.load(c + k, 16))), 16);
    v128.store(a + k, f32x4.add(v128.load(b + k, 32), f32x4.mul(s, v128.load(c + k, 32))), 32);
    v128.store(a + k, f32x4.add(v128.load(b + k, 48), f32x4.mul(s, v128.load(c + k, 48))), 48);
  }
}
`;

const ARRAY_BYTES = 2 ** 26;
const ROUNDS = 2_000_000;

/** Both measure seconds per unit. */
export interface MachineLimits {
  /** Of one multiply-add of f32. */
  readonly secondsPerMultiplyAdd: () => Promise<number>;
  /** Of one byte read or written; the line that a store first fetches is not counted. */
  readonly secondsPerByte: () => Promise<number>;
}

interface Exports {
  multiplyAdd(rounds: number): number;
  triad(a: number, b: number, c: number, bytes: number): void;
}

/**
 * Compiles the two loops.
 * @throws Error with the compiler's messages
 */
export async function openMachineLimits(): Promise<MachineLimits> {
  const memory = new WebAssembly.Memory({ initial: (3 * ARRAY_BYTES) / 65_536 });
  const { instance } = await WebAssembly.instantiate(await compile(), { env: { memory } });
  const { multiplyAdd, triad } = instance.exports as unknown as Exports;
  new Float32Array(memory.buffer).fill(1);
  multiplyAdd(ROUNDS);
  triad(0, ARRAY_BYTES, 2 * ARRAY_BYTES, ARRAY_BYTES);
  return {
    secondsPerMultiplyAdd: async () => seconds(() => multiplyAdd(ROUNDS)) / (ROUNDS * CHAINS * 4),
    secondsPerByte: async () =>
      seconds(() => triad(0, ARRAY_BYTES, 2 * ARRAY_BYTES, ARRAY_BYTES)) / (3 * ARRAY_BYTES),
  };
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  const { binary, error, stderr } = await asc.compileString(SOURCE, {
    runtime: 'stub',
    importMemory: true,
    noAssert: true,
    optimizeLevel: 3,
    enable: ['simd'],
  });
  if (error || !binary) throw new Error(`The loops of the limits do not compile.\n${stderr.toString()}`);
  return Uint8Array.from(binary);
}

function seconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
