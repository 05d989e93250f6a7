import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { FeatureColumn } from '../../models/model';
import { findPlanes } from './find-planes';

const ROWS = 2000;

function feature(name: string): FeatureColumn {
  const schema = { name, originalName: name, storageType: 'float' as const };
  return { schema, encodingType: 'TABULAR_NUMERIC_BINNED', sourceIndex: 0, outputIndex: 0 };
}

function search(
  columns: Record<string, Float64Array>,
  isFree = (_: string) => true,
  chosen: readonly string[] = [],
) {
  const read = async (name: string) => {
    const values = columns[name]!;
    const nulls = Uint8Array.from(values, (value) => Number(Number.isNaN(value)));
    return { name, storageType: 'float' as const, data: { kind: 'number' as const, values, nulls } };
  };
  const features = Object.keys(columns).map((name) => {
    const pairedWith = chosen.includes(name) ? chosen.find((other) => other !== name) : undefined;
    return { ...feature(name), ...(pairedWith !== undefined && { pairedWith }) };
  });
  return findPlanes(features, read, isFree, async () => undefined);
}

const stream = new RandomStream(6, 'planes');
const draw = (make: (row: number) => number) => Float64Array.from({ length: ROWS }, (_, row) => make(row));
const towns = Array.from({ length: 20 }, () => [stream.uniform(), stream.uniform()] as const);
const town = Array.from({ length: ROWS }, () => towns[stream.below(20)]!);
const east = draw((row) => (row % 20 === 0 ? Number.NaN : town[row]![0] + 0.01 * stream.normal()));
const north = draw((row) => town[row]![1] + 0.01 * stream.normal());
const angle = draw(() => 2 * Math.PI * stream.uniform());
const cosine = angle.map((a) => 10 * Math.cos(a) + 0.2 * stream.normal());
const sine = angle.map((a) => 10 * Math.sin(a) + 0.2 * stream.normal());
const base = draw(() => stream.normal());
const related = base.map((value) => Math.exp(value + 0.5 * stream.normal()));

it('finds coordinates of towns and a circle, and no amounts that are merely correlated', async () => {
  const found = await search({ east, base, cosine, north, related, sine });
  expect(found.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(['cosine sine', 'east north']);
});

it('leaves out columns that follow from others, and short tables', async () => {
  expect(await search({ cosine, sine }, (name) => name !== 'sine')).toEqual([]);
  expect(await search({ cosine: cosine.slice(0, 300), sine: sine.slice(0, 300) })).toEqual([]);
});

it('takes pairs that a person chose, once, though they gain nothing, and none of them for another', async () => {
  const chosen = ['north', 'base'];
  expect(await search({ east, north, base }, undefined, chosen)).toEqual([{ from: 'north', to: 'base' }]);
  expect(await search({ north, base }, (name) => name !== 'base', chosen)).toEqual([]);
  const few = { north: north.slice(0, 60), base: base.slice(0, 60) };
  expect(await search(few, undefined, chosen)).toEqual([]);
});
