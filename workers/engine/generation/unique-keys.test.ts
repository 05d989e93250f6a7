import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import type { RowBlock, SampleRequest, Sampler } from '../models/model';
import { cellsOf } from '../testing/memory-database';
import { UniqueKeySampler } from './unique-keys';

/** Draws texts of one column and numbers of another, each of so many values, and a number of its own. */
function drawing(texts: number, numbers: number, block = 500): Sampler {
  return {
    async *rows({ rows, seed }: SampleRequest) {
      for (let row0 = 0; row0 < rows; row0 += block) {
        const count = Math.min(block, rows - row0);
        const random = new RandomStream(seed, `rows from ${row0}`);
        const codes = Int32Array.from({ length: count }, () => random.below(texts + 1) - 1);
        const values = Float64Array.from({ length: count }, () => random.below(numbers));
        const own = Float64Array.from({ length: count }, () => random.below(1_000_000));
        const dictionary = Array.from({ length: texts }, (_, i) => `v${i}`);
        yield {
          ...{ row0, rows: count, seconds: 0, point: { row0 } },
          columns: [
            { kind: 'text', codes, dictionary },
            { kind: 'number', values: own, nulls: null },
            { kind: 'number', values, nulls: null },
          ] satisfies ColumnData[],
        };
      }
    },
    async *complete() {},
    memory: () => 0,
    dispose: () => undefined,
  };
}

async function draw(sampler: Sampler, rows: number, seed = 3) {
  const keys: string[] = [];
  const counts = { drawnAgain: 0, repeated: 0 };
  const blocks: RowBlock[] = [];
  const configuration = SyntheticTableConfiguration.parse({});
  for await (const block of new UniqueKeySampler(sampler, [0, 2]).rows({ rows, seed, configuration })) {
    const [a, , b] = block.columns.map(cellsOf);
    a!.forEach((value, row) => {
      keys.push(JSON.stringify([value, b![row]]));
    });
    counts.drawnAgain += block.keys?.drawnAgain ?? 0;
    counts.repeated += block.keys?.repeated ?? 0;
    blocks.push(block);
  }
  return { keys, counts, blocks };
}

describe('rows that several columns tell apart', () => {
  it('have no key twice while there are enough of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 20, max: 90 }),
        fc.integer(),
        async (texts, numbers, seed) => {
          const rows = Math.floor(((texts + 1) * numbers) / 2);
          const { keys, counts } = await draw(drawing(texts, numbers, 100), rows, seed);
          expect(keys).toHaveLength(rows);
          expect(new Set(keys).size).toBe(rows);
          expect(counts.repeated).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are counted where there are no more keys', async () => {
    const { keys, counts } = await draw(drawing(2, 5), 100);
    expect(keys.length - new Set(keys).size).toBe(counts.repeated);
    expect(counts.repeated).toBeGreaterThanOrEqual(85);
  });

  it('are the same for the same seed, and drawn from the first row on', async () => {
    const first = await draw(drawing(30, 60), 1200);
    expect((await draw(drawing(30, 60), 1200)).keys).toEqual(first.keys);
    expect(first.blocks.map(({ point }) => point?.row0)).toEqual([0, undefined, undefined]);
    expect(first.counts.drawnAgain).toBeGreaterThan(100);
  });
});
