import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { arrangeCategories } from './arrange-categories';
import { analyseCategorical, decodeCategorical, encodeCategorical } from './categorical';
import { cells, options, textColumn } from './testing';

const ROWS = 20_000;
const GROUPS = 8;
const pause = async () => undefined;
const stream = new RandomStream(3, 'arrange');
/** Category c belongs to group c mod 8, which the companion mostly tells. */
const drawn = Array.from({ length: ROWS }, () => stream.below(200));
const data = textColumn(drawn.map((c) => `c${c}`));
const companion = {
  codes: Uint16Array.from(drawn, (c) => (stream.uniform() < 0.9 ? c % GROUPS : stream.below(GROUPS))),
  cardinality: GROUPS,
  ordinal: false,
};
const noise = {
  codes: Uint16Array.from(drawn, () => stream.below(30)),
  cardinality: 30,
  ordinal: true,
};
const encoding = analyseCategorical(data, 'text', options({ classRule: { maxPlain: 50, alone: 7 } }));
const column = { encoding, codes: encodeCategorical(encoding, data) };

/** Share of a class's categories that are of its largest group, mean over classes of more than one. */
function purity({ categories, subColumns }: typeof encoding): number {
  const starts = [...subColumns[0]!.classes!, categories.length + 1];
  const shares: number[] = [];
  for (let k = 0; k + 1 < starts.length; k++) {
    const members = categories.slice(starts[k]! - 1, starts[k + 1]! - 1);
    if (members.length < 2) continue;
    const counts = new Uint32Array(GROUPS);
    for (const member of members) counts[Number(member.slice(1)) % GROUPS]!++;
    shares.push(Math.max(...counts) / members.length);
  }
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

it('puts categories that go with the same values into a class', async () => {
  const arranged = await arrangeCategories(column, ROWS, [noise, companion], pause);
  expect(purity(encoding)).toBeLessThan(0.4);
  expect(purity(arranged.encoding)).toBeGreaterThan(0.8);
});

it('changes codes and categories alike: every row keeps its value', async () => {
  const arranged = await arrangeCategories(column, ROWS, [companion], pause);
  expect(arranged.encoding.subColumns).toEqual(encoding.subColumns);
  expect(cells(decodeCategorical(arranged.encoding, arranged.codes))).toEqual(cells(data));
  expect(encodeCategorical(arranged.encoding, data)).toEqual(arranged.codes);
  // The most frequent stay alone, and each class begins with its most frequent.
  expect(arranged.encoding.categories.slice(0, 7)).toEqual(encoding.categories.slice(0, 7));
});

it('reads training rows only, and leaves a column alone that nothing depends on', async () => {
  expect(await arrangeCategories(column, ROWS, [noise], pause)).toBe(column);
  const half = await arrangeCategories(column, ROWS / 2, [companion], pause);
  const changed = { ...companion, codes: companion.codes.map((code, r) => (r < ROWS / 2 ? code : 0)) };
  expect(await arrangeCategories(column, ROWS / 2, [changed], pause)).toEqual(half);
});

it('lets the thread answer, and ends when told to', async () => {
  let pauses = 0;
  await arrangeCategories(column, ROWS, [companion, noise], async () => {
    pauses++;
  });
  expect(pauses).toBeGreaterThan(10);
  const canceled = arrangeCategories(column, ROWS, [companion], () => Promise.reject(new Error('canceled')));
  await expect(canceled).rejects.toThrow('canceled');
});

it('reads a sample of very many rows, and gives all their new codes', async () => {
  const times = 60;
  const repeated = (codes: Uint16Array) => {
    const all = new Uint16Array(times * ROWS);
    for (let k = 0; k < times; k++) all.set(codes, k * ROWS);
    return all;
  };
  const long = { encoding, codes: repeated(column.codes) };
  const dependent = { ...companion, codes: repeated(companion.codes) };
  const arranged = await arrangeCategories(long, times * ROWS, [dependent], pause);
  expect(purity(arranged.encoding)).toBeGreaterThan(0.8);
  expect(encodeCategorical(arranged.encoding, data)).toEqual(arranged.codes.slice(-ROWS));
});
