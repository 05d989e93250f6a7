import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';

/**
 * Makes tfjs's WASM backend (SIMD, one thread) the active one in Node.
 * @returns its version
 */
export async function openTfjsWasm(): Promise<string> {
  const require = createRequire(import.meta.url);
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend('wasm'))) throw new Error("tfjs's WASM backend does not start.");
  await ready();
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('tfjs-wasm runs without SIMD here.');
  const { version } = require(join('@tensorflow/tfjs-backend-wasm', 'package.json')) as { version: string };
  return version;
}
