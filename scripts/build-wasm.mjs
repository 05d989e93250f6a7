/**
 * Compiles the SIMD kernels: workers/engine/models/argn/assembly/*.ts → workers/engine/models/argn/wasm/kernels.wasm.
 * Nothing but pointers and lanes in there, so: no runtime, no garbage collector, no static data.
 */
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';

const folder = fileURLToPath(new URL('../workers/engine/models/argn/', import.meta.url));
const output = `${folder}wasm/kernels.wasm`;
const sources = `${folder}assembly/`;

/**
 * Builds the kernels when a source, or this script, is newer than the last build.
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<boolean>} whether anything was compiled
 * @throws {Error} with the compiler's messages
 */
export async function buildWasm(options = {}) {
  if (!options.force && isCurrent()) return false;
  const { default: asc } = await import('assemblyscript/asc');
  // Written beside and renamed: test files that start together may all build, and none must read half a file.
  const draft = `${output}.${process.pid}-${threadId}`;
  const { error, stderr } = await asc.main([
    `${sources}index.ts`,
    '--outFile',
    draft,
    '--runtime',
    'stub',
    '--importMemory',
    '--initialMemory',
    '0',
    '--noAssert',
    '-O3',
    '--enable',
    'simd',
  ]);
  if (error) {
    rmSync(draft, { force: true });
    throw new Error(`The kernels do not compile.\n${stderr.toString()}`, { cause: error });
  }
  renameSync(draft, output);
  return true;
}

function isCurrent() {
  const built = statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const inputs = [fileURLToPath(import.meta.url), ...readdirSync(sources).map((name) => sources + name)];
  return inputs.every((input) => statSync(input).mtimeMs < built);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildWasm({ force: process.argv.includes('--force') });
}
