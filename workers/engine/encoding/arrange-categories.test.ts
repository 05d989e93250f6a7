import { expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { arrangeCategories } from './arrange-categories';
import { analyseCategorical, decodeCategorical, encodeCategorical } from './categorical';
import { cells, options, textColumn } from './testing';

const ROWS = 20_000;
const GROUPS = 8;
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
const encoding = analyseCategorical(data, 'text', options({ classRule: { most: 50, alone: 7 } }));
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

it('puts categories that go with the same values into a class', () => {
  const arranged = arrangeCategories(column, ROWS, [noise, companion]);
  expect(purity(encoding)).toBeLessThan(0.4);
  expect(purity(arranged.encoding)).toBeGreaterThan(0.8);
});

it('changes codes and categories alike: every row keeps its value', () => {
  const arranged = arrangeCategories(column, ROWS, [companion]);
  expect(arranged.encoding.subColumns).toEqual(encoding.subColumns);
  expect(cells(decodeCategorical(arranged.encoding, arranged.codes))).toEqual(cells(data));
  expect(encodeCategorical(arranged.encoding, data)).toEqual(arranged.codes);
  // The most frequent stay alone, and each class begins with its most frequent.
  expect(arranged.encoding.categories.slice(0, 7)).toEqual(encoding.categories.slice(0, 7));
});

it('looks at training rows only, and leaves a column alone that nothing depends on', () => {
  expect(arrangeCategories(column, ROWS, [noise])).toBe(column);
  const half = arrangeCategories(column, ROWS / 2, [companion]);
  const changed = { ...companion, codes: companion.codes.map((code, r) => (r < ROWS / 2 ? code : 0)) };
  expect(arrangeCategories(column, ROWS / 2, [changed])).toEqual(half);
});
