import { describe, expect, it } from 'vitest';
import { stepWork, workOf } from '../network/work-model';
import { specOf } from '../testing/samples';
import { balance } from './balance';
import { openLinks, shareOut, speedCeiling } from './shares';

const sub = (cardinality: number, column: number) =>
  [
    cardinality,
    Math.min(cardinality, 12),
    16 * Math.max(1, Math.round(Math.log(cardinality))),
    column,
  ] as const;
const EVEN = specOf([74, 9, 103, 16, 16, 7, 15, 6, 5, 2, 28, 24, 68, 42, 2, 6].map(sub));
const DOMINATED = specOf([2000, 10, 10, 5, 5, 2].map(sub));

describe('shareOut', () => {
  it('shares out whole sub-columns where none dominates', () => {
    const costs = workOf(EVEN).map((work) => stepWork(work));
    for (const workers of [1, 2, 3, 8]) {
      const shares = shareOut(EVEN, workers);
      expect(shares.map(({ owned }) => owned)).toEqual(balance(costs, workers));
      expect(shares.map(({ led }) => led)).toEqual(shares.map(({ owned }) => owned));
      expect(openLinks(shares).flat()).toEqual([]);
    }
  });

  it.each([1, 2, 3, 4, 8])('gives each of %i workers a run of parts of one that does', (workers) => {
    const shares = shareOut(DOMINATED, workers);
    expect(shares.flatMap(({ led }) => led).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(shares.flatMap(({ parts }) => parts.get(0) ?? [])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const { owned, led, parts } of shares) {
      for (const j of led) expect(owned).toContain(j);
      for (const j of parts.keys()) expect(owned).toContain(j);
    }
  });

  it('leaves no worker with much more than its part of the rows', () => {
    const counts = shareOut(DOMINATED, 2).map(({ parts }) => parts.get(0)!.length);
    expect(counts).toEqual([4, 4]);
  });
});

describe('sub-columns that merely stand out', () => {
  const FIVE = specOf([260, 260, 260, 260, 260].map(sub));
  const owners = (workers: number) => shareOut(FIVE, workers).map(({ owned }) => owned.length);

  it('are shared where whole ones leave workers idle, and only then', () => {
    expect(owners(1)).toEqual([5]);
    expect(owners(5)).toEqual([1, 1, 1, 1, 1]);
    expect(openLinks(shareOut(FIVE, 5)).flat()).toEqual([]);
    const two = shareOut(FIVE, 2);
    expect(two.map(({ owned }) => owned.length)).toEqual([3, 3]);
    expect(two.flatMap(({ led }) => led).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(two.map(({ parts }) => [...parts.values()].flat().length)).toEqual([5, 5]);
  });

  it('let two workers be nearly twice as fast', () => {
    expect(speedCeiling(FIVE, 1, 512)).toBe(1);
    expect(speedCeiling(FIVE, 2, 512)).toBeGreaterThan(1.8);
    expect(speedCeiling(DOMINATED, 2, 512)).toBeGreaterThan(1.8);
    expect(speedCeiling(DOMINATED, 8, 512)).toBeGreaterThan(5);
  });
});

describe('openLinks', () => {
  it('connects every two workers that share a sub-column, both ways', async () => {
    const links = openLinks(shareOut(DOMINATED, 3));
    expect(links.map((mine) => mine.length)).toEqual([2, 2, 2]);
    const heard = new Promise((resolve) => {
      links[0]![0]!.port.onmessage = ({ data }) => resolve(data);
    });
    links[1]![0]!.port.postMessage('here');
    expect(await heard).toBe('here');
    for (const { port } of links.flat()) port.close();
  });
});
