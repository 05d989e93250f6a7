import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import type { MemoryColumn } from '../../../testing/memory-database';
import { ReferenceBackend } from '../testing/reference-backend';
import { request, specOf } from '../testing/samples';
import { networkOf, QUIET } from '../testing/train-columns';
import { trainNetwork } from '../train-network';
import { freshState } from '../training/kept-models';
import type { ModelSpec } from './network-backend';
import { shiftOutputs } from './shift-outputs';
import { createLayout, createState, type Layout } from './weight-layout';

const ROWS = 20_000;
const HYPER = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** With classes of the first sub-column. */
function withClasses(spec: ModelSpec, classes: readonly number[]): ModelSpec {
  const [first, ...others] = spec.subColumns;
  return { ...spec, subColumns: [{ ...first!, classes }, ...others] };
}

/** Output biases of the first sub-column that give its codes the shares of their counts. */
function setShares(layout: Layout, weights: Float32Array, counts: Float64Array): void {
  const bias = layout.outputBias(0);
  const levels = layout.levels(0);
  if (!levels) {
    counts.forEach((count, code) => {
      weights[bias + code] = Math.log(count);
    });
    return;
  }
  levels.starts.forEach((start, k) => {
    const members = counts.subarray(start, start + levels.sizes[k]!);
    weights[bias + k] = Math.log(members.reduce((sum, count) => sum + count, 0));
    if (members.length === 1) return;
    members.forEach((count, member) => {
      weights[bias + levels.columns[k]! + member] = Math.log(count);
    });
  });
}

/** Shares that a network draws of its first sub-column if its outputs depend on nothing and are shifted. */
async function sharesOf(spec: ModelSpec, counts: Float64Array, shift: Float32Array): Promise<Float64Array> {
  const layout = createLayout(spec);
  const { parameters } = createState(layout);
  setShares(layout, parameters, counts);
  shiftOutputs(layout, parameters, [counts], [shift]);
  const backend = new ReferenceBackend();
  await backend.init(spec, new Uint16Array(0), 0, HYPER);
  await backend.setState(freshState(parameters));
  const codes = await backend.generate(request(spec, { rows: ROWS, weights: 'average' }));
  const shares = new Float64Array(counts.length);
  for (const code of codes.subarray(0, ROWS)) shares[code]! += 1 / ROWS;
  return shares;
}

describe('shiftOutputs', () => {
  const plain = specOf([
    [40, 5, 8, 0],
    [4, 4, 8, 1],
  ]);
  it.each([
    ['one softmax', plain],
    ['classes', withClasses(plain, [0, 1, 2, 12, 30])],
  ])('multiplies how often a code is drawn, with %s', async (_, spec) => {
    const stream = new RandomStream(4, 'counts');
    const counts = Float64Array.from({ length: 40 }, () => 5 + stream.below(50));
    const shift = Float32Array.from({ length: 40 }, () => 0.6 * stream.normal());
    const shares = await sharesOf(spec, counts, shift);
    const wanted = counts.map((count, code) => count * Math.exp(shift[code]!));
    const total = wanted.reduce((sum, value) => sum + value, 0);
    shares.forEach((share, code) => {
      const expected = wanted[code]! / total;
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt(expected / ROWS));
    });
    expect(shares.some((share, code) => Math.abs(share - counts[code]! / 1200) > 0.02)).toBe(true);
  });

  it.each([
    ['one softmax', plain],
    ['classes', withClasses(plain, [0, 1, 2, 12, 30])],
  ])('takes a shift away again, with %s', (_, spec) => {
    const layout = createLayout(spec);
    const { parameters } = createState(layout);
    const counts = Float64Array.from({ length: 40 }, (_, code) => 5 + code);
    const shift = Float32Array.from({ length: 40 }, (_, code) => Math.sin(code));
    const before = parameters.slice();
    shiftOutputs(layout, parameters, [counts], [shift]);
    expect(parameters).not.toEqual(before);
    shiftOutputs(layout, parameters, [counts], [shift], -1);
    parameters.forEach((value, i) => {
      expect(value).toBeCloseTo(before[i]!, 5);
    });
  });
});

it('a training ends with the noise on counts in its output biases, and nothing else changed', async () => {
  const stream = new RandomStream(5, 'table');
  const columns = ['a', 'b'].map(
    (name): MemoryColumn => ({
      name,
      storageType: 'text',
      data: {
        kind: 'text',
        codes: Int32Array.from({ length: 400 }, () => stream.below(5)),
        dictionary: ['v', 'w', 'x', 'y', 'z'],
      },
    }),
  );
  const configuration = { maxEpochs: 1, privacyGuard: false };
  const { table, network } = await networkOf(columns, { configuration });
  const weightsOf = async (countNoise: readonly Float32Array[]) => {
    const { learned } = await trainNetwork(new ReferenceBackend(), { ...table, countNoise }, network, QUIET);
    return learned.tensors.weights;
  };
  const noisy = await weightsOf(table.countNoise);
  const bare = await weightsOf([]);
  const layout = createLayout(network.content.spec);
  const expected = bare.slice();
  expect(table.countNoise).toHaveLength(2);
  table.countNoise.forEach((noise, j) => {
    expect(noise.filter((value) => value !== 0).length).toBeGreaterThan(3);
    noise.forEach((value, code) => {
      expected[layout.outputBias(j) + code]! += value;
    });
  });
  expect(noisy).toEqual(expected);
  const open = await networkOf(columns, { configuration: { ...configuration, valueProtection: false } });
  expect(open.table.countNoise).toEqual([]);
});
