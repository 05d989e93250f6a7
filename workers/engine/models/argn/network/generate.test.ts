import { beforeAll, describe, expect, it } from 'vitest';
import { ReferenceBackend } from '../testing/reference-backend';
import { prepare, request, specOf, withLists } from '../testing/samples';
import { loadKernels } from '../wasm/load-node';
import { WasmBackend } from '../wasm/wasm-backend';
import type { Backend, GenerationRequest } from './network-backend';

const SPEC = specOf([
  [6, 4, 8, 0],
  [10, 5, 16, 1],
  [12, 5, 16, 1],
  [3, 2, 8, 2],
  [70, 9, 32, 3],
]);
const PARTS = SPEC.subColumns.length;

let wasm: Backend;
let reference: Backend;
beforeAll(async () => {
  wasm = new WasmBackend(await loadKernels());
  reference = new ReferenceBackend();
  await prepare(wasm, SPEC, 10, 21);
  await prepare(reference, SPEC, 10, 21);
});

const both = () => [wasm, reference] as const;
const draw = (backend: Backend, changes: Partial<GenerationRequest>) =>
  backend.generate(request(SPEC, changes));

/** Occurrences of each code. */
function histogram(codes: Uint16Array, cardinality: number): Float64Array {
  const counts = new Float64Array(cardinality);
  for (const code of codes) counts[code]!++;
  return counts;
}

function chi2(counts: Float64Array, shares: readonly number[]): { value: number; freedom: number } {
  const total = counts.reduce((a, b) => a + b, 0);
  let value = 0;
  let freedom = -1;
  shares.forEach((share, code) => {
    if (share * total < 5) return;
    value += (counts[code]! - share * total) ** 2 / (share * total);
    freedom++;
  });
  return { value, freedom };
}

/** Exact probabilities of the codes of sub-column j given those before it, by `evaluate`. */
async function conditional(backend: Backend, before: readonly number[], j: number): Promise<number[]> {
  const { cardinality } = SPEC.subColumns[j]!;
  const codes = new Uint16Array(PARTS * cardinality);
  for (let code = 0; code < cardinality; code++) {
    before.forEach((value, i) => {
      codes[i * cardinality + code] = value;
    });
    codes[j * cardinality + code] = code;
  }
  const state = await backend.getState();
  const fresh = new ReferenceBackend();
  await fresh.init(SPEC, codes, cardinality, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 });
  await fresh.setState(state);
  const shares: number[] = [];
  for (let code = 0; code < cardinality; code++) {
    const loss = await fresh.evaluate({
      rows: Uint32Array.of(code),
      orders: { count: 1, ranks: Uint16Array.of(0, 1, 2, 3) },
      orderOf: Uint16Array.of(0),
      weights: 'current',
    });
    shares.push(Math.exp(-loss[j]!));
  }
  return shares;
}

describe('generate', () => {
  it.each(['independent', 'balanced'] as const)(
    'draws the model’s marginal and conditional, %s',
    async (sampling) => {
      const rows = 20_000;
      const marginal = await conditional(wasm, [], 0);
      const codes = await draw(wasm, { rows, sampling, seed: 5 });
      const first = chi2(histogram(codes.subarray(0, rows), 6), marginal);
      expect(first.value).toBeLessThan(first.freedom + 5 * Math.sqrt(2 * first.freedom));
      const fixed = request(SPEC, {}).fixed.slice();
      fixed[0] = new Uint16Array(rows).fill(2);
      const given = await draw(wasm, { rows, sampling, seed: 6, fixed });
      expect(given.subarray(0, rows).every((code) => code === 2)).toBe(true);
      const second = chi2(histogram(given.subarray(rows, 2 * rows), 10), await conditional(wasm, [2], 1));
      expect(second.value).toBeLessThan(second.freedom + 5 * Math.sqrt(2 * second.freedom));
      if (sampling === 'balanced') expect(first.value).toBeLessThan(0.5);
    },
  );

  it.each([
    ['independent', {}],
    ['balanced', { sampling: 'balanced' as const }],
    ['another order', { order: [4, 1, 2, 0, 3], temperature: 0.7 }],
    ['top-p', { topP: 0.8, temperature: 1.3 }],
  ])('is the same rows on both backends: %s', async (_, changes) => {
    const rows = 400;
    const [a, b] = await Promise.all(both().map((backend) => draw(backend, { rows, seed: 9, ...changes })));
    // A float tie changes a row's codes from there on; in balanced sampling also a neighbour's.
    let different = 0;
    for (let r = 0; r < rows; r++) {
      const same = Array.from({ length: PARTS }, (__, j) => a![j * rows + r] === b![j * rows + r]);
      if (same.includes(false)) different++;
    }
    expect(different).toBeLessThanOrEqual(2);
  });

  it('cuts independent rows anywhere', async () => {
    const rows = 9000;
    for (const order of [
      [0, 1, 2, 3, 4],
      [3, 4, 0, 1, 2],
    ]) {
      const whole = await draw(wasm, { rows, order, seed: 3, row0: 50 });
      const cut = 4321;
      const head = await draw(wasm, { rows: cut, order, seed: 3, row0: 50 });
      const tail = await draw(wasm, { rows: rows - cut, order, seed: 3, row0: 50 + cut });
      for (let j = 0; j < PARTS; j++) {
        const joined = [...head.subarray(j * cut, (j + 1) * cut)];
        joined.push(...tail.subarray(j * (rows - cut), (j + 1) * (rows - cut)));
        expect(joined).toEqual([...whole.subarray(j * rows, (j + 1) * rows)]);
      }
    }
  });

  it('takes the most likely code at temperature 0, whatever the seed', async () => {
    for (const backend of both()) {
      const a = await draw(backend, { rows: 40, temperature: 0, seed: 1 });
      const b = await draw(backend, { rows: 40, temperature: 0, seed: 2, sampling: 'balanced' });
      expect(a).toEqual(b);
      const shares = await conditional(backend, [], 0);
      expect(a[0]).toBe(shares.indexOf(Math.max(...shares)));
    }
  });

  it('keeps to the smallest set of likely codes whose mass reaches top_p', async () => {
    for (const topP of [0.05, 0.5, 0.95]) {
      const shares = await conditional(wasm, [], 0);
      const ranked = shares.map((share, code) => ({ share, code })).sort((a, b) => b.share - a.share);
      const kept = new Set<number>();
      let mass = 0;
      for (const { share, code } of ranked) {
        if (mass >= topP) break;
        kept.add(code);
        mass += share;
      }
      for (const backend of both()) {
        const codes = await draw(backend, { rows: 4000, topP, seed: 4 });
        expect(new Set(codes.subarray(0, 4000))).toEqual(kept);
      }
    }
  });

  it('breaks ties at the edge of top_p by code order', async () => {
    const flat = new WasmBackend(await loadKernels());
    const plain = new ReferenceBackend();
    for (const backend of [flat, plain]) {
      const spec = specOf([[10, 4, 8, 0]]);
      await prepare(backend, spec, 1, 1);
      const state = await backend.getState();
      state.parameters.fill(0);
      await backend.setState(state);
      const codes = await backend.generate(request(spec, { rows: 2000, topP: 0.35 }));
      expect(new Set(codes)).toEqual(new Set([0, 1, 2, 3]));
    }
  });

  it('never draws a forbidden code, and prefers what the bias favours', async () => {
    const bias = new Float32Array(70).fill(Number.NEGATIVE_INFINITY);
    bias[13] = 0;
    bias[64] = 2;
    const logitBias = request(SPEC, {}).logitBias.slice();
    logitBias[4] = bias;
    for (const backend of both()) {
      for (const sampling of ['independent', 'balanced'] as const) {
        const codes = await draw(backend, { rows: 500, logitBias, sampling });
        expect(new Set(codes.subarray(4 * 500))).toEqual(new Set([13, 64]));
      }
    }
  });

  it('draws blocks larger than any buffer', async () => {
    const rows = 20_001;
    const before = wasm.memory();
    const codes = await draw(wasm, { rows, sampling: 'balanced', seed: 8 });
    SPEC.subColumns.forEach(({ cardinality }, j) => {
      const column = codes.subarray(j * rows, (j + 1) * rows);
      expect(column.every((code) => code < cardinality)).toBe(true);
      expect(new Set(column.subarray(17_000)).size).toBeGreaterThan(1);
    });
    expect(wasm.memory()).toBe(before);
    expect(await draw(wasm, { rows: 0 })).toHaveLength(0);
  });

  it.each([
    ['order', { order: [0, 1, 2, 3] }, /each of the 5/],
    ['order', { order: [0, 1, 2, 3, 3] }, /each of the 5/],
    ['temperature', { temperature: -1 }, /temperature is -1/],
    ['top_p', { topP: 0 }, /top_p is 0/],
    ['codes', { fixed: [new Uint16Array(100).fill(6), null, null, null, null] }, /Code 6/],
    ['rows', { fixed: [new Uint16Array(3), null, null, null, null] }, /3 codes/],
    [
      'bias',
      { logitBias: [null, null, null, new Float32Array(3).fill(Number.NEGATIVE_INFINITY), null] },
      /forbidden/,
    ],
  ])('refuses an impossible %s', async (_, changes, message) => {
    for (const backend of both()) await expect(draw(backend, changes)).rejects.toThrow(message);
  });

  it.each(['independent', 'balanced'] as const)(
    'draws alike with input lists in any order, %s',
    async (sampling) => {
      const spec = withLists(SPEC, 4);
      expect(spec.subColumns.some(({ inputs }) => inputs!.length < PARTS - 1)).toBe(true);
      const order = [3, 4, 1, 2, 0];
      const given = spec.subColumns.map((_, j) => (j === 4 ? new Uint16Array(500).fill(7) : null));
      const changes = { rows: 500, sampling, order, fixed: given };
      const drawn: Uint16Array[] = [];
      for (const backend of [new WasmBackend(await loadKernels()), new ReferenceBackend()]) {
        await prepare(backend, spec, 10, 21);
        drawn.push(await backend.generate(request(spec, changes)));
      }
      const different = drawn[0]!.filter((code, at) => code !== drawn[1]![at]).length;
      expect(different).toBeLessThan(5);
    },
  );
});
