import { describe, expect, it } from 'vitest';
import { SyntheticTableConfiguration } from '../../../../../src/domain/synthetic-datasets';
import { initialise } from '../network/initialise';
import type { Backend, ModelSpec } from '../network/network-backend';
import { buildSpec } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { openPool } from '../shards/open-pool';
import { startShardHere } from '../testing/open-backend';
import { ReferenceBackend } from '../testing/reference-backend';
import { loadKernels } from '../wasm/load-node';
import { WasmBackend } from '../wasm/wasm-backend';
import { logitBiasOf, type SampleRequest, sampleCodes, subColumnOrder } from './sample-codes';

const part = (cardinality: number, ordinal = false) => ({ name: 'x', cardinality, ordinal });
const columns = [[part(40, true)], [part(2), part(5)], [part(3)]];
const spec: ModelSpec = buildSpec(columns, 'S');

async function untrained(backend: Backend = new ReferenceBackend()): Promise<Backend> {
  const facts = columns.flat().map(({ cardinality, ordinal }) => ({
    ordinal,
    counts: new Uint32Array(cardinality).fill(10),
  }));
  const state = initialise(createLayout(spec), facts, 1);
  await backend.init(spec, new Uint16Array(0), 0, {
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
  });
  await backend.setState(state);
  return backend;
}

async function draw(
  overrides: Partial<Omit<SampleRequest, 'configuration'>> = {},
  configuration: Partial<SyntheticTableConfiguration> = {},
  backend?: Backend,
): Promise<number[][]> {
  const request: SampleRequest = {
    rows: 2000,
    seed: 3,
    logitBias: spec.subColumns.map(() => null),
    blockRows: 100_000,
    configuration: {
      ...SyntheticTableConfiguration.parse(configuration),
      generationOrder: configuration.generationOrder ?? 'natural',
    },
    ...overrides,
  };
  const table: number[][] = spec.subColumns.map(() => []);
  let next = 0;
  for await (const block of sampleCodes(await untrained(backend), spec, request)) {
    expect(block.row0).toBe(next);
    expect(block.rows).toBeLessThanOrEqual(request.blockRows);
    block.codes.forEach((codes, j) => {
      table[j]!.push(...codes);
    });
    next += block.rows;
  }
  expect(next).toBe(request.rows);
  return table;
}

describe('sampleCodes', () => {
  for (const configuration of [
    {},
    { sampling: 'independent' },
    { generationOrder: 'random' },
    { generationOrder: 'rotated' },
  ] as const satisfies Partial<SyntheticTableConfiguration>[]) {
    it(`gives the same rows for any block size: ${JSON.stringify(configuration)}`, async () => {
      const whole = await draw({}, configuration);
      expect(await draw({ blockRows: 77 }, configuration)).toEqual(whole);
      expect(await draw({ seed: 4 }, configuration)).not.toEqual(whole);
    });
  }

  it('gives the same rows in the same order when groups are drawn side by side', async () => {
    const module = await loadKernels();
    for (const sampling of ['balanced', 'independent'] as const) {
      const configuration = { sampling, generationOrder: 'random' } as const;
      const single = await draw({}, configuration, new WasmBackend(module));
      const pool = await openPool(module, 3, startShardHere);
      expect(pool.concurrency).toBe(3);
      expect(await draw({}, configuration, pool)).toEqual(single);
      pool.dispose();
    }
  });

  it('leaves no pattern between neighbouring rows of a balanced draw', async () => {
    const [first] = await draw();
    const mean = first!.reduce((sum, code) => sum + code, 0) / first!.length;
    let own = 0;
    let next = 0;
    for (let r = 0; r + 1 < first!.length; r++) {
      own += (first![r]! - mean) ** 2;
      next += (first![r]! - mean) * (first![r + 1]! - mean);
    }
    expect(Math.abs(next / own)).toBeLessThan(0.08);
  });

  it('spreads a balanced draw more evenly than an independent one', async () => {
    const count = (codes: number[]) => {
      const counts = new Array<number>(40).fill(0);
      for (const code of codes) counts[code]!++;
      return counts;
    };
    const [many] = await draw({ rows: 40_000, seed: 8 }, { sampling: 'independent' });
    const expected = count(many!).map((n) => n / 20);
    const unevenness = (codes: number[]) =>
      count(codes).reduce((sum, n, code) => sum + (n - expected[code]!) ** 2, 0);
    const [balanced] = await draw();
    const [independent] = await draw({}, { sampling: 'independent' });
    expect(unevenness(balanced!)).toBeLessThan(0.2 * unevenness(independent!));
  });

  it('never draws a forbidden code', async () => {
    const logitBias = logitBiasOf(spec, [[0, 1, 2], [], [4], []]);
    expect(logitBias[1]).toBeNull();
    const [first, , third] = await draw({ logitBias });
    expect(Math.min(...first!)).toBe(3);
    expect(Math.max(...third!)).toBe(3);
  });

  it('draws the most likely values alone at temperature 0', async () => {
    const table = await draw({ rows: 50 }, { samplingTemperature: 0, sampling: 'independent' });
    for (const codes of table) expect(new Set(codes).size).toBe(1);
  });
});

describe('subColumnOrder', () => {
  it('keeps the sub-columns of a column together and in order', () => {
    expect(subColumnOrder(spec, [2, 1, 0])).toEqual([3, 1, 2, 0]);
  });
});
