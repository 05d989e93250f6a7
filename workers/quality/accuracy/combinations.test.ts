import { expect, test } from 'vitest';
import { chooseTriples } from './combinations';

function list(triples: Uint32Array): string[] {
  return Array.from({ length: triples.length / 3 }, (_, t) => triples.subarray(3 * t, 3 * t + 3).join(' '));
}

test('all triples, in order', () => {
  expect(list(chooseTriples(4, 1))).toEqual(['0 1 2', '0 1 3', '0 2 3', '1 2 3']);
  expect(chooseTriples(2, 1)).toHaveLength(0);
  expect(list(chooseTriples(15, 1))).toHaveLength(455);
});

test('a choice is valid, distinct, in order, and depends on the seed alone', () => {
  const chosen = list(chooseTriples(41, 3));
  expect(new Set(chosen).size).toBe(10_000);
  for (const triple of chosen.map((text) => text.split(' ').map(Number))) {
    expect(triple[0]!).toBeLessThan(triple[1]!);
    expect(triple[1]!).toBeLessThan(triple[2]!);
    expect(triple[2]!).toBeLessThan(41);
  }
  expect(list(chooseTriples(41, 3))).toEqual(chosen);
  expect(list(chooseTriples(41, 4))).not.toEqual(chosen);
  const all = list(chooseTriples(10, 0));
  const few = list(chooseTriples(10, 3, 119));
  expect(new Set(few).size).toBe(119);
  for (const triple of few) expect(all).toContain(triple);
});
