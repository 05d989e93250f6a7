import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { DEFAULT_LIMITS } from '../../../src/domain/report-limits';
import { quietParts } from '../testing/quiet-parts';
import { anonymisationCriteria } from './anonymisation-criteria';

/** People with an age, a town and a job that depend on each other, an illness, and a number of their own. */
function people(count: number, seed: number): Float32Array[] {
  const stream = new RandomStream(seed, 'people');
  const columns = Array.from({ length: 5 }, () => new Float32Array(count));
  for (let row = 0; row < count; row++) {
    const age = stream.uniform();
    columns[0]![row] = age;
    columns[1]![row] = Math.floor(age * 3) + stream.below(3);
    columns[2]![row] = stream.below(8);
    columns[3]![row] = stream.below(4);
    columns[4]![row] = stream.below(1_000_000);
  }
  return columns;
}

const [members, others] = [people(600, 1), people(600, 2)];
const measure = (synthetic: Float32Array[], wanted: Parameters<typeof anonymisationCriteria>[1] = null) =>
  anonymisationCriteria(
    {
      names: ['age', 'town', 'job', 'illness', 'code'],
      ordered: [true, false, false, false, false],
      ...{ members, others, synthetic },
    },
    wanted,
    1,
    DEFAULT_LIMITS,
    quietParts(),
  );

describe('anonymisationCriteria', () => {
  it('finds all four in a table of copies', async () => {
    const found = (await measure(members))!;
    for (const criterion of [found.inference, found.singlingOut, found.linkability, found.rareValues]) {
      expect(criterion!.difference.low).toBeGreaterThan(0.1);
    }
    expect(found.rareValues!.members).toBe(1);
    expect(found.inference!.attacked).toEqual({ known: ['age', 'town', 'job'], sensitive: ['illness'] });
  });

  it('finds nothing in a fresh sample, though much can be guessed of anybody', async () => {
    const found = (await measure(people(600, 3), { known: ['age'], sensitive: ['town', 'illness'] }))!;
    for (const criterion of [found.inference, found.singlingOut, found.linkability, found.rareValues]) {
      expect(criterion!.difference.low).toBeLessThan(0.01);
      expect(criterion!.difference.high).toBeGreaterThan(0);
    }
    expect(found.inference!.columns.find(({ column }) => column === 'town')!.others).toBeGreaterThan(0.25);
  });

  it('computes nothing for too few people', async () => {
    const few = (set: Float32Array[]) => set.map((column) => column.subarray(0, 150));
    const rows = { names: ['a', 'b'], ordered: [true, false], synthetic: others };
    const small = { ...rows, members: few(members), others: few(others) };
    expect(await anonymisationCriteria(small, null, 1, DEFAULT_LIMITS, quietParts())).toBeNull();
  });
});
