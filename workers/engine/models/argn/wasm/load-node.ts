/** The kernels in Node, for tests and benchmarks: built when they are out of date. */
import { readFile } from 'node:fs/promises';

/** @throws Error with the compiler's messages if they cannot be built */
export async function loadKernels(): Promise<WebAssembly.Module> {
  const script: { buildWasm(): Promise<boolean> } = await import('../../../../../scripts/build-wasm.mjs');
  await script.buildWasm();
  return WebAssembly.compile(await readFile(new URL('./kernels.wasm', import.meta.url)));
}
