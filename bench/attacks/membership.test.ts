import { expect, test } from 'vitest';
import { memorised } from './controls';
import { attackSource, CONTROLS } from './membership';
import { generatedPopulation, normalColumns } from './populations';

const plan = { rows: 300, pairs: 1, seed: 1, reference: 600, targets: 300, near: 600 };
const population = generatedPopulation('normal columns', normalColumns(10));

test('swapped pairs: nobody is found by a fresh sample, members of copies and of redrawn columns are', async () => {
  const fresh = await attackSource(population, CONTROLS['fresh sample']!, plan);
  for (const { auc } of fresh!.values()) {
    expect(auc.error).toBeGreaterThan(0);
    expect(Math.abs(auc.value - 0.5)).toBeLessThan(4 * auc.error);
  }
  const copies = await attackSource(
    population,
    async (training, ideal, seed) => memorised(training, ideal, 300, 0.4, seed),
    plan,
  );
  const { auc, at1 } = copies!.get('distance')!;
  expect(auc.value).toBeGreaterThan(0.5 + 4 * auc.error);
  expect(at1).toBeGreaterThan(0.2);
  const alone = await attackSource(population, CONTROLS['independent columns']!, plan);
  const marginals = alone!.get('fine marginals')!.auc;
  expect(marginals.value).toBeGreaterThan(0.5 + 4 * marginals.error);
});

test('a population without more rows has no fresh sample', async () => {
  const small = {
    name: 'small',
    sample: () => ({ ...population.sample(1, { half: 40, reference: 40, fresh: 0 }) }),
  };
  expect(await attackSource(small, CONTROLS['fresh sample']!, { ...plan, rows: 40 })).toBeNull();
});
