import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { FeatureColumn } from '../../models/model';
import { findCurves } from './find-curves';

const ROWS = 1500;

function feature(name: string): FeatureColumn {
  const schema = { name, originalName: name, storageType: 'float' as const };
  return { schema, encodingType: 'TABULAR_NUMERIC_BINNED', sourceIndex: 0, outputIndex: 0 };
}

function search(columns: Record<string, Float64Array>): Promise<Set<string>> {
  const read = async (name: string) => ({
    name,
    storageType: 'float' as const,
    data: { kind: 'number' as const, values: columns[name]!, nulls: null },
  });
  return findCurves(Object.keys(columns).map(feature), read, async () => undefined);
}

it('finds what waves and circles follow, not columns that are merely correlated', async () => {
  const stream = new RandomStream(1, 'curves');
  const draw = (make: (row: number) => number) => Float64Array.from({ length: ROWS }, (_, row) => make(row));
  const x = draw(() => 6 * stream.uniform() - 3);
  const wave = x.map((value) => Math.sin(2 * value) + 0.05 * stream.normal());
  const angle = draw(() => 2 * Math.PI * stream.uniform());
  const east = angle.map((a) => 10 * Math.cos(a) + 0.05 * stream.normal());
  const north = angle.map((a) => 10 * Math.sin(a) + 0.05 * stream.normal());
  const base = draw(() => stream.normal());
  const related = base.map((value) => value + 0.4 * stream.normal());
  const found = await search({ x, wave, east, north, base, related });
  expect([...found].sort()).toEqual(['east', 'north', 'x']);
});

it('finds nothing in short tables', async () => {
  const x = Float64Array.from({ length: 150 }, (_, row) => row);
  expect((await search({ x, y: x.slice() })).size).toBe(0);
});
