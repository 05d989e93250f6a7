import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import type { OutputColumn } from '../models/artefact';
import { cellsOf } from '../testing/memory-database';
import type { Writer } from '../writers/writer';
import { openOutput, outputColumns } from './output-columns';
import { WrittenKey } from './written-key';

const shop = { name: 'shop', originalName: 'shop', storageType: 'integer' } as const;
const slip = { name: 'slip', originalName: 'slip', storageType: 'text' } as const;

/** Rows of 5 shops, in blocks of 100, with slips of a pool. */
async function write(values: number, rows: number) {
  const names = Array.from({ length: values }, (_, i) => `slip ${i}`);
  const writer: Writer = { as: 'pool', values: names, holders: [0, values], rows: 2 * values };
  const output: OutputColumn[] = [
    { role: 'feature', schema: shop },
    { role: 'written', schema: slip, writer },
  ];
  const writers = await openOutput(output, 4, 0);
  const key = new WrittenKey(output, ['shop', 'slip'], writers, rows);
  const pause = async () => undefined;
  const keys: string[] = [];
  const counts = { plain: 0, drawnAgain: 0, repeated: 0 };
  for (let row0 = 0; row0 < rows; row0 += 100) {
    const shops = Float64Array.from({ length: 100 }, (_, i) => (row0 + i) % 5);
    const columns: ColumnData[] = [{ kind: 'number', values: shops, nulls: null }];
    const block = { row0, rows: 100, columns, seconds: 0 };
    const filled = await key.fill(block, await outputColumns(output, block, writers, 4), pause);
    const [a, b] = filled.columns.map(cellsOf);
    expect(a).toEqual([...shops]);
    a!.forEach((value, row) => {
      keys.push(`${String(value)} ${String(b![row])}`);
    });
    counts.drawnAgain += filled.drawnAgain;
    counts.repeated += filled.repeated;
  }
  return { keys, counts };
}

describe('a key of which one part is regenerated', () => {
  it('is in one row alone, across blocks', async () => {
    const { keys, counts } = await write(600, 800);
    expect(new Set(keys).size).toBe(800);
    expect(counts.drawnAgain).toBeGreaterThan(50);
    expect(counts.repeated).toBe(0);
  });

  it('is the same for the same seed', async () => {
    expect((await write(600, 800)).keys).toEqual((await write(600, 800)).keys);
  });

  it('is counted where there are no more of them', async () => {
    const { keys, counts } = await write(10, 200);
    expect(keys.length - new Set(keys).size).toBe(counts.repeated);
    expect(counts.repeated).toBeGreaterThanOrEqual(150);
  });
});
