import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binned, correlation, type FactorTableShape, factorTable } from '../testing/factor-tables';
import { factorCodes } from './factor-coding';
import { findFactors } from './find-factors';

const SHAPE: FactorTableShape = { rows: 800, columns: 100, causes: 2, sharing: 100, seed: 1 };
const pause = async () => undefined;

async function find(shape: Partial<FactorTableShape>, trainingRows?: number) {
  const { hidden, values } = factorTable({ ...SHAPE, ...shape });
  const parts = values.map(binned);
  const codes = parts.map((part) => part.codes);
  const facts = parts.map((part) => part.facts);
  const table = { codes, facts, trainingRows: trainingRows ?? codes[0]!.length };
  return { hidden, codes, found: await findFactors(table, 1, pause) };
}

describe('findFactors', () => {
  it('finds as many factors as columns share causes, and the codes follow the causes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.nat(1000), async (causes, seed) => {
        const { hidden, codes, found } = await find({ causes, seed });
        expect(found!.factors).toHaveLength(causes);
        const factors = found!.factors.map((factor) => factorCodes(found!, factor, codes));
        for (const cause of hidden) {
          const explained = factors.reduce((sum, factor) => sum + correlation(cause, factor) ** 2, 0);
          expect(explained).toBeGreaterThan(0.85);
        }
      }),
      { numRuns: 4 },
    );
  });

  it('finds none among unrelated columns, in a block that inputs can hold, or where rows are many', async () => {
    expect((await find({ sharing: 0 })).found).toBeNull();
    expect((await find({ sharing: 8 })).found).toBeNull();
    expect((await find({ columns: 30, sharing: 30 })).found).toBeNull();
    expect((await find({ rows: 5200 })).found).toBeNull();
  });

  it('cuts factors into bins of many rows, whatever rows are coded', async () => {
    const { codes, found } = await find({}, 700);
    for (const { edges } of found!.factors) {
      expect(edges).toEqual([...edges].sort((a, b) => a - b));
    }
    for (const bins of found!.factors.map((factor) => factorCodes(found!, factor, codes))) {
      const counts = new Uint32Array(64);
      for (const bin of bins.subarray(0, 700)) counts[bin]!++;
      const used = counts.filter((count) => count > 0);
      expect(used).toHaveLength(20);
      expect(Math.min(...used)).toBeGreaterThanOrEqual(20);
    }
  });
});
