import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import type { MemoryColumn } from '../../testing/memory-database';
import type { RowBlock, Sampler } from '../model';
import type { ArgnLearned } from './artefact';
import { ArgnModel } from './model';
import { correlation, factorTable } from './testing/factor-tables';
import { trainColumns } from './testing/train-columns';
import { loadKernels } from './wasm/load-node';
import { WasmBackend } from './wasm/wasm-backend';

const ROWS = 700;
const configuration = SyntheticTableConfiguration.parse({});
let module: WebAssembly.Module;
beforeAll(async () => {
  module = await loadKernels();
});

const asColumns = (values: readonly Float64Array[]): MemoryColumn[] =>
  values.map((column, c) => ({
    name: `column ${c}`,
    storageType: 'float',
    data: { kind: 'number', values: column.map((value) => Math.round(value * 1000) / 1000), nulls: null },
  }));

async function trained(
  values: readonly Float64Array[],
  maxEpochs: number,
  randomState = 1,
): Promise<{ learned: ArgnLearned; sampler: Sampler }> {
  const overrides = {
    randomState,
    configuration: { maxEpochs, privacyGuard: false },
    rules: { find: false },
  };
  const { learned } = await trainColumns(new WasmBackend(module), asColumns(values), overrides);
  const content = JSON.parse(JSON.stringify(learned.content));
  const stored = { ...learned, content };
  const sampler = await new ArgnModel(async () => new WasmBackend(module)).open(stored, () => undefined);
  return { learned, sampler };
}

async function numbers(blocks: AsyncIterable<RowBlock>): Promise<Float64Array[]> {
  for await (const { columns } of blocks) {
    return columns.map((data) => (data.kind === 'number' ? data.values : new Float64Array(0)));
  }
  return [];
}

function meanError(real: readonly Float64Array[], drawn: readonly Float64Array[]): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < real.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += Math.abs(correlation(real[i]!, real[j]!) - correlation(drawn[i]!, drawn[j]!));
      pairs++;
    }
  }
  return sum / pairs;
}

/**
 * Of an outcome, the last of the columns, that follows three others: what is kept of each correlation, on average of
 * three trainings (one alone has a standard deviation of about .1).
 */
async function keptRelations(columns: number, causes: readonly number[]) {
  const stream = new RandomStream(3, 'outcome');
  const values = Array.from({ length: columns }, () =>
    Float64Array.from({ length: ROWS }, () => stream.normal()),
  );
  const outcome = columns - 1;
  values[outcome] = values[outcome]!.map((noise, r) =>
    causes.reduce((sum, c) => sum + 0.5 * values[c]![r]!, 0.7 * noise),
  );
  const kept = causes.map(() => 0);
  let learned: ArgnLearned | null = null;
  for (const seed of [1, 2, 3]) {
    const model = await trained(values, 0, seed);
    learned = model.learned;
    const drawn = await numbers(model.sampler.rows({ rows: 6000, seed, configuration }));
    causes.forEach((cause, k) => {
      const real = correlation(values[cause]!, values[outcome]!);
      kept[k]! += correlation(drawn[cause]!, drawn[outcome]!) / real / 3;
    });
  }
  return { learned: learned!, kept };
}

describe('a table of few rows for its columns', () => {
  it('knows the relations of an outcome after a single update', { timeout: 60_000 }, async () => {
    const { kept } = await keptRelations(10, [1, 4, 8]);
    for (const share of kept) {
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(1.2);
    }
  });
});

describe('a wide table of few rows', () => {
  it('knows the relations of an outcome after a single update', { timeout: 60_000 }, async () => {
    const { learned, kept } = await keptRelations(41, [3, 17, 30]);
    expect(learned.content.factors).toBeNull();
    for (const share of kept) {
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(1.2);
    }
  });

  it('keeps what all columns share by factors, which stay inside', async () => {
    const { values } = factorTable({ rows: ROWS, columns: 90, causes: 3, sharing: 90, seed: 6 });
    const { learned, sampler } = await trained(values, 3);
    expect(learned.content.factors!.factors).toHaveLength(3);
    const drawn = await numbers(sampler.rows({ rows: 2000, seed: 1, configuration }));
    expect(drawn).toHaveLength(90);
    // Two samples of the population differ by about 0.03, and the columns correlate by about 0.35.
    expect(meanError(values, drawn)).toBeLessThan(0.07);
  });

  it('draws factors given cells, and gives rows a probability', async () => {
    const { values } = factorTable({ rows: ROWS, columns: 90, causes: 1, sharing: 90, seed: 7 });
    const { sampler } = await trained(values, 3);
    const rows = 800;
    const given = [0, 1, 2, 3].map((feature) => {
      const level = (r: number) =>
        (r % 2 === 0 ? 1 : -1) * Math.sign(correlation(values[feature]!, values[4]!));
      const data = {
        kind: 'number' as const,
        values: Float64Array.from({ length: rows }, (_, r) => level(r)),
        nulls: null,
      };
      return { feature, data, given: null };
    });
    const drawn = await numbers(sampler.complete(given, { rows, seed: 2, configuration }));
    expect(drawn[0]).toEqual(given[0]!.data.values);
    const mean = (odd: number) =>
      drawn[4]!.filter((_, r) => r % 2 === odd).reduce((sum, value) => sum + value, 0) / (rows / 2);
    expect(mean(0)).toBeGreaterThan(0.4);
    expect(mean(1)).toBeLessThan(-0.4);
    const first = asColumns(values.map((column) => column.slice(0, 3))).map(({ data }) => data);
    const [own] = await sampler.logProbability!(first);
    expect(own).toBeLessThan(0);
    expect(own).toBeGreaterThan(-90 * Math.log(40));
  });
});
