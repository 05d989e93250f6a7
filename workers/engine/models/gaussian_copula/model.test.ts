import { expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { EngineService } from '../../engine-service';
import { type MemoryColumn, MemoryDatabase } from '../../testing/memory-database';
import { trainRequest } from '../../testing/train-request';
import { unpackArtefact } from '../artefact';
import type { Sampler } from '../model';
import { GaussianCopulaModel } from './model';

const ROWS = 6000;

/** Age, an income that follows it, a level that follows the income, a town of which one in five hundred rows is one, and a gap. */
function people(): MemoryColumn[] {
  const stream = new RandomStream(4, 'people');
  const ages = Float64Array.from({ length: ROWS }, () => 20 + stream.below(60));
  const incomes = ages.map((age) => Math.round(1000 + 40 * age + 500 * stream.normal()));
  const levels = Int32Array.from(incomes, (income) => (income < 2500 ? 1 : income < 3300 ? 0 : 2));
  const towns = Int32Array.from({ length: ROWS }, (_, row) => (row % 500 === 7 ? 2 : row % 3 === 0 ? 1 : 0));
  const gaps = Uint8Array.from(levels, (level) => Number(level === 2 && stream.uniform() < 0.6));
  return [
    { name: 'age', storageType: 'integer', data: { kind: 'number', values: ages, nulls: null } },
    { name: 'income', storageType: 'integer', data: { kind: 'number', values: incomes, nulls: null } },
    {
      name: 'level',
      storageType: 'text',
      data: { kind: 'text', codes: levels, dictionary: ['middle', 'low', 'high'] },
    },
    {
      name: 'town',
      storageType: 'text',
      data: { kind: 'text', codes: towns, dictionary: ['Ulm', 'Bern', 'Rust'] },
    },
    {
      name: 'aid',
      storageType: 'integer',
      data: { kind: 'number', values: incomes.map((income) => Math.round(income / 10)), nulls: gaps },
    },
  ];
}

async function trained(columns = people(), settings: object = {}) {
  const database = new MemoryDatabase({ source: columns });
  const engine = new EngineService(async () => new GaussianCopulaModel() as never);
  engine.attach(database, () => undefined);
  const configuration = { model: 'gaussian_copula', ...settings };
  await engine.train('job', trainRequest(columns, { configuration, rules: { find: false } }));
  return { engine, stored: await engine.exportModel('model') };
}

async function open({ stored }: Awaited<ReturnType<typeof trained>>): Promise<Sampler> {
  return new GaussianCopulaModel().open(unpackArtefact(stored));
}

async function first(blocks: AsyncIterable<{ columns: readonly MemoryColumn['data'][] }>) {
  for await (const { columns } of blocks) return columns;
  throw new Error('There are no rows.');
}

const request = (rows: number, seed = 1) => ({
  rows,
  seed,
  configuration: SyntheticTableConfiguration.parse({}),
});

function texts(data: MemoryColumn['data']): (string | null)[] {
  if (data.kind !== 'text') throw new Error('not of texts');
  return Array.from(data.codes, (code) => data.dictionary[code] ?? null);
}

function numbers(data: MemoryColumn['data']): number[] {
  if (data.kind !== 'number') throw new Error('not of numbers');
  return Array.from(data.values, (value, row) => (data.nulls?.[row] ? Number.NaN : value));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const pairs = a.flatMap((x, row) =>
    Number.isNaN(x) || Number.isNaN(b[row]!) ? [] : [[x, b[row]!] as const],
  );
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const moment = (f: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + f(pair), 0);
  return (
    moment(([p, q]) => (p - x) * (q - y)) /
    Math.sqrt(moment(([p]) => (p - x) ** 2) * moment(([, q]) => (q - y) ** 2))
  );
}

it('keeps shares, correlations, and where cells are missing', async () => {
  const sampler = await open(await trained());
  const drawn: (readonly MemoryColumn['data'][])[] = [];
  for await (const { columns } of sampler.rows(request(24_000))) drawn.push(columns);
  const of = (k: number) => drawn.flatMap((block) => numbers(block[k]!));
  const table = people();
  const real = (k: number) => numbers(table[k]!.data);
  expect(correlation(of(0), of(1))).toBeCloseTo(correlation(real(0), real(1)), 1);
  const towns = drawn.flatMap((block) => texts(block[3]!));
  // One in five hundred, within a tenth of a percent.
  expect(Math.abs(towns.filter((town) => town === 'Rust').length / towns.length - 0.002)).toBeLessThan(0.001);
  const levels = drawn.flatMap((block) => texts(block[2]!));
  const incomes = of(1);
  const meanOf = (level: string) => {
    const own = incomes.filter((_, row) => levels[row] === level);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  };
  // The order of the levels is found, not that of their names or counts.
  expect(meanOf('low')).toBeLessThan(meanOf('middle') - 400);
  expect(meanOf('middle')).toBeLessThan(meanOf('high') - 400);
  const missing = (level: string) => {
    const own = of(4).filter((_, row) => levels[row] === level);
    return own.filter(Number.isNaN).length / own.length;
  };
  expect(missing('high')).toBeGreaterThan(missing('low') + 0.3);
});

it('draws the same rows by seed, and from any block on', async () => {
  const sampler = await open(await trained());
  const blocks = async (seed: number, row0?: number) => {
    const all: unknown[] = [];
    const from = row0 === undefined ? {} : { from: { row0 } };
    for await (const block of sampler.rows({ ...request(40_000, seed), ...from })) all.push(block.columns);
    return all;
  };
  const whole = await blocks(5);
  expect(whole).toHaveLength(3);
  expect(await blocks(5)).toEqual(whole);
  expect(await blocks(5, 16_384)).toEqual(whole.slice(1));
  expect(await blocks(6)).not.toEqual(whole);
});

it('completes given cells, and lets the other columns follow them', async () => {
  const sampler = await open(await trained());
  const rows = 2000;
  const levels = { kind: 'text', codes: new Int32Array(rows), dictionary: ['high'] } as const;
  const ages = { kind: 'number', values: new Float64Array(rows).fill(70), nulls: null } as const;
  const some = Uint8Array.from({ length: rows }, (_, row) => row % 2);
  const drawn = await first(
    sampler.complete(
      [
        { feature: 2, data: levels, given: null },
        { feature: 0, data: ages, given: some },
      ],
      request(rows),
    ),
  );
  expect(new Set(texts(drawn[2]!))).toEqual(new Set(['high']));
  const age = numbers(drawn[0]!);
  expect(age.every((value, row) => some[row] === 0 || value === 70)).toBe(true);
  const incomes = numbers(drawn[1]!);
  const mean = incomes.reduce((sum, income) => sum + income, 0) / rows;
  const table = people();
  const high = numbers(table[1]!.data).filter((_, row) => texts(table[2]!.data)[row] === 'high');
  expect(Math.abs(mean - high.reduce((sum, income) => sum + income, 0) / high.length)).toBeLessThan(250);
});

it('shows no value of one row, and opens only what it can draw from', async () => {
  const columns = people();
  const town = columns[3]!.data as Extract<MemoryColumn['data'], { kind: 'text' }>;
  const marked = town.codes.slice();
  marked[9] = 3;
  columns[3] = {
    ...columns[3]!,
    data: { ...town, codes: marked, dictionary: [...town.dictionary, 'Marker'] },
  };
  const { engine, stored } = await trained(columns);
  expect(stored.manifest).not.toContain('Marker');
  const broken = stored.manifest.replace(/"order":\[(\d+),/, '"order":[60000,');
  expect(broken).not.toBe(stored.manifest);
  await expect(engine.importModel('other', { ...stored, manifest: broken })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('shapes a number by the distribution that is asked for, within its protected range', async () => {
  const shaped = { numericalDistributions: { age: 'norm' } };
  const columns = await first((await open(await trained(people(), shaped))).rows(request(8000)));
  const table = people();
  const share = (values: readonly number[], from: number, to: number) =>
    values.filter((value) => value >= from && value < to).length / values.length;
  const [ages, incomes] = [numbers(columns[0]!), numbers(columns[1]!)];
  // The ages of the rows are uniform: as many in the middle as at the ends.
  expect(share(ages, 45, 55)).toBeGreaterThan(share(ages, 20, 30) * 1.5);
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...ages)).toBeLessThan(80);
  expect(share(incomes, 0, 2500)).toBeCloseTo(share(numbers(table[1]!.data), 0, 2500), 1);
  await expect(trained(people(), { numericalDistributions: { town: 'norm' } })).rejects.toThrow(
    'numericalDistributions names “town”, which is not learned as a number.',
  );
});
