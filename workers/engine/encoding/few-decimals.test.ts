import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { analyseBinned, decodeBinned, encodeBinned } from './numeric-binned';
import { numberColumn, options } from './testing';

/** Share of values that need more than so many decimals; negative ones count trailing zeros. */
function finer(values: Iterable<number>, decimals: number): number {
  let [fine, all] = [0, 0];
  for (const value of values) {
    const units = value * 10 ** decimals;
    if (Math.abs(units - Math.round(units)) > 1e-6) fine++;
    all++;
  }
  return fine / all;
}

function drawn(values: readonly number[], storageType: StorageType, seed: number): Float64Array {
  const data = numberColumn(values);
  const encoding = analyseBinned(data, storageType, options({ seed }));
  return decodeBinned(encoding, encodeBinned(encoding, data), { seed: 5, column: 1 }, 0).values;
}

describe('decimals that few rows have', () => {
  const table = (few: number, base: number, fine: number, rows = 1500) => {
    const stream = new RandomStream(few + 10 * base, 'decimals');
    return Array.from({ length: rows }, (_, i) => {
      const value = Math.exp(5 + stream.normal());
      const decimals = i < few ? fine : base;
      return decimals >= 0
        ? Number(value.toFixed(decimals))
        : Math.round(value * 10 ** decimals) / 10 ** decimals;
    });
  };

  it.each([
    [0, 1],
    [0, 4],
    [2, 4],
    [-1, 0],
  ])('do not come out of fewer than 5 rows, and as rarely from 7: %d against %d', (base, fine) => {
    const type = fine > 0 ? 'float' : 'integer';
    for (const seed of [1, 2, 3]) {
      expect(finer(drawn(table(4, base, fine), type, seed), base)).toBe(0);
      expect(finer(drawn(table(7, base, fine), type, seed), base)).toBeLessThan(0.02);
    }
  });
});

const CASE = join(import.meta.dirname, '../../../../shared/cases/privacy/7-decimals.csv.gz');
if (!existsSync(CASE)) process.stderr.write(`SKIPPED: the case is not there: ${CASE}\n`);

describe.skipIf(!existsSync(CASE))('the case of a few finer values', () => {
  const lines = existsSync(CASE) ? gunzipSync(readFileSync(CASE)).toString().trim().split('\n').slice(1) : [];
  it.each([
    [1, 2],
    [2, 2],
    [3, -1],
    [4, -1],
  ])('column %d keeps to its grid', (column, decimals) => {
    const values = lines.map((line) => Number(line.split(',')[column]));
    for (const seed of [1, 2]) {
      const out = drawn(values, decimals > 0 ? 'float' : 'integer', seed);
      expect(finer(out, decimals)).toBeLessThan(finer(values, decimals) + 0.001);
    }
  });
});
