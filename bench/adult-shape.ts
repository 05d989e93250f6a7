import type { Backend, ModelSpec } from '../workers/engine/models/argn/network/network-backend';
import { openBackend } from '../workers/engine/models/argn/testing/open-backend';
import { HYPER, randomCodes, randomState, specOf } from '../workers/engine/models/argn/testing/samples';

export { median } from './median';

/** Cardinalities of Adult's 16 sub-columns: Σ card = 423, Σ hidden = 704, as in kernels.md §1. */
const CARDINALITIES = [74, 9, 103, 16, 16, 7, 15, 6, 5, 2, 28, 24, 68, 42, 2, 6];
export const TABLE_ROWS = 24_421;

/** The shape of a model of Adult, Medium: hidden = 16·round(ln card), dimension = max(10, 3·⌈card^¼⌉). */
export function adultSpec(): ModelSpec {
  return specOf(
    CARDINALITIES.map((cardinality, column) => [
      cardinality,
      Math.min(cardinality, Math.max(10, 3 * Math.ceil(cardinality ** 0.25))),
      16 * Math.round(Math.log(Math.max(cardinality, Math.E))),
      column,
    ]),
  );
}

/** A backend with a model of that shape over a random table. */
export async function openAdult(kind: 'wasm' | 'reference'): Promise<Backend> {
  const spec = adultSpec();
  const backend = await openBackend(kind);
  await backend.init(spec, randomCodes(spec, TABLE_ROWS, 1), TABLE_ROWS, HYPER);
  await backend.setState(randomState(spec, 1));
  return backend;
}

/** Milliseconds an asynchronous call takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
