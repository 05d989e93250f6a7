import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend, GenerationRequest, ModelSpec } from '../network/network-backend';
import { ReferenceBackend } from '../testing/reference-backend';
import { prepare, randomPlan, request, specOf, withClasses } from '../testing/samples';
import { WasmBackend } from '../wasm/wasm-backend';
import { loadKernels } from './load-node';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
}, 60_000);

/** Sub-columns of up to 300 codes, most with classes, of sizes up to the whole. */
const SPECS: readonly [string, ModelSpec][] = [
  ...[1, 2, 3].map((seed): [string, ModelSpec] => [
    `random classes ${seed}`,
    withClasses(
      specOf([
        [6, 4, 8, 0],
        [90, 5, 16, 1],
        [12, 5, 16, 1],
        [300, 8, 24, 2],
        [70, 9, 32, 3],
      ]),
      seed,
    ),
  ]),
  ['classes alone', shaped([0, 1, 2, 3, 4, 5, 6, 7, 8])],
  ['one class', shaped([0])],
  ['a class of 130', shaped([0, 1, 2, 132, 139])],
];

function shaped(classes: readonly number[]): ModelSpec {
  const cardinality = classes.length === 9 ? 9 : 150;
  return {
    columnCount: 2,
    subColumns: [
      { cardinality, dimension: 4, hidden: 20, column: 0, classes },
      { cardinality: 5, dimension: 3, hidden: 8, column: 1 },
    ],
  };
}

async function both(spec: ModelSpec): Promise<readonly [Backend, Backend]> {
  const backends = [new WasmBackend(module), new ReferenceBackend()] as const;
  for (const backend of backends) await prepare(backend, spec, 500, 21);
  return backends;
}

/** Rows in which two tables differ. */
function differing(a: Uint16Array, b: Uint16Array, rows: number): number {
  expect(a.length).toBe(b.length);
  const rowsApart = new Set<number>();
  a.forEach((code, k) => {
    if (code !== b[k]) rowsApart.add(k % rows);
  });
  return rowsApart.size;
}

describe.each(SPECS)('%s', (_, spec) => {
  const parts = spec.subColumns.length;
  const bias = spec.subColumns.map(({ cardinality }, j) =>
    Float32Array.from({ length: cardinality }, (__, code) =>
      (code + j) % 3 === 0 ? Number.NEGATIVE_INFINITY : ((code * 7) % 5) / 2,
    ),
  );
  const fixed = spec.subColumns.map((part, j) =>
    j === 0 ? Uint16Array.from({ length: 400 }, (__, r) => r % part.cardinality) : null,
  );

  it.each<[string, Partial<GenerationRequest>]>([
    ['independent', {}],
    ['balanced', { sampling: 'balanced' }],
    ['balanced, cold, nucleus', { sampling: 'balanced', temperature: 0.7, topP: 0.8 }],
    ['nucleus', { topP: 0.8, temperature: 1.3 }],
    ['temperature 0', { temperature: 0 }],
    ['temperature 0 with bias', { temperature: 0, logitBias: bias }],
    ['bias', { logitBias: bias }],
    ['balanced with bias', { sampling: 'balanced', logitBias: bias }],
    ['given codes', { fixed }],
    ['another order', { order: [...spec.subColumns.keys()].sort((a, b) => order(spec, b) - order(spec, a)) }],
  ])('draws the rows of the reference: %s', async (__, changes) => {
    const rows = 400;
    const [wasm, reference] = await both(spec);
    const made = request(spec, { rows, seed: 9, ...changes });
    const [own, theirs] = [await wasm.generate(made), await reference.generate(made)];
    // A float tie changes a row's codes from there on; in balanced sampling also a neighbour's.
    expect(differing(own, theirs, rows)).toBeLessThanOrEqual(2);
    if (!changes.logitBias) return;
    for (let j = 0; j < parts; j++) {
      const drawn = own.subarray(j * rows, (j + 1) * rows);
      expect(drawn.every((code) => Number.isFinite(bias[j]![code]))).toBe(true);
    }
  });

  it('evaluates rows as the reference does', async () => {
    const [wasm, reference] = await both(spec);
    const plan = randomPlan(spec, { steps: 1, batchSize: 450, tableRows: 500, seed: 4 });
    const asked = { ...plan, weights: 'current' as const };
    const [own, theirs] = [await wasm.evaluate(asked), await reference.evaluate(asked)];
    own.forEach((loss, j) => {
      expect(Math.abs(loss - theirs[j]!)).toBeLessThan(1e-5 * (1 + theirs[j]!));
    });
  });

  it('cuts independent rows anywhere, beyond what is loaded at a time', async () => {
    const [wasm] = await both(spec);
    const rows = 8400;
    const cut = 4321;
    const whole = await wasm.generate(request(spec, { rows, seed: 3, row0: 50 }));
    const head = await wasm.generate(request(spec, { rows: cut, seed: 3, row0: 50 }));
    const tail = await wasm.generate(request(spec, { rows: rows - cut, seed: 3, row0: 50 + cut }));
    for (let j = 0; j < parts; j++) {
      expect(differing(whole.slice(j * rows, j * rows + cut), head.slice(j * cut, (j + 1) * cut), cut)).toBe(
        0,
      );
      const rest = rows - cut;
      expect(
        differing(whole.slice(j * rows + cut, (j + 1) * rows), tail.slice(j * rest, (j + 1) * rest), rest),
      ).toBe(0);
    }
  });
});

/** Key that reverses columns and keeps the order of the sub-columns of a column. */
function order(spec: ModelSpec, j: number): number {
  return spec.subColumns[j]!.column;
}
