import { expect, it } from 'vitest';
import { splitInstant } from '../../src/domain/calendar';
import type { ColumnData } from '../../src/domain/column-data';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { numbersOf } from '../rules/rule-column';
import { daysOf } from './rules/keep/date-periods';
import { collect } from './rules/testing/column-by-column';
import { learnWithRules } from './testing/learn-with-rules';
import type { MemoryColumn } from './testing/memory-database';

const ROWS = 5000;
const DAYS = 400;
const FIRST = 18_000;
const MONTH_HALF = 16;
const configuration = SyntheticTableConfiguration.parse({});

function column(name: string, values: ArrayLike<number>, storageType: 'integer' | 'float'): MemoryColumn {
  return { name, storageType, data: { kind: 'number', values: Float64Array.from(values), nulls: null } };
}

/** Days in three columns, and temperatures whose level wanders from week to week. */
function weather(): MemoryColumn[] {
  const stream = new RandomStream(3, 'weather');
  const level = [0];
  for (let day = 1; day < DAYS; day++) level.push(0.93 * level[day - 1]! + 0.37 * stream.normal());
  const days = Array.from({ length: ROWS }, () => stream.below(DAYS));
  const calendar = new Int32Array(9);
  const parts = days.map((day) => {
    splitInstant((FIRST + day) * 86_400_000, calendar);
    return [...calendar.subarray(0, 3)];
  });
  const drifting = () => days.map((day) => Math.round(10 * (12 + 4 * level[day]! + stream.normal())) / 10);
  return [
    ...['year', 'month', 'day'].map((name, k) =>
      column(
        name,
        parts.map((own) => own[k]!),
        'integer',
      ),
    ),
    column('temperature', drifting(), 'float'),
    column('dew point', drifting(), 'float'),
  ];
}

/** Mean temperature of each half month. */
function levels(data: readonly ColumnData[]): number[] {
  const named = data.map((own, k) => ({ name: String(k), storageType: 'float' as const, data: own }));
  const temperature = numbersOf(named[3]!);
  const sums = new Float64Array(Math.ceil(DAYS / MONTH_HALF));
  const counts = new Float64Array(sums.length);
  daysOf(named.slice(0, 3)).forEach((day, row) => {
    const at = Math.floor((day - FIRST) / MONTH_HALF);
    if (!(at >= 0 && at < sums.length)) return;
    sums[at]! += temperature[row]!;
    counts[at]!++;
  });
  return Array.from(sums, (sum, k) => sum / Math.max(1, counts[k]!));
}

it('keeps the level of each half month, with dates drawn or given, and shows no other column', async () => {
  const columns = weather();
  const { sampler, kept } = await learnWithRules(columns, { modelSize: 'S', maxEpochs: 20 });
  expect(kept.extras).toMatchObject([{ measure: { kind: 'period', columns: ['year', 'month', 'day'] } }]);
  const real = levels(columns.map(({ data }) => data));
  const mean = real.reduce((sum, level) => sum + level, 0) / real.length;
  const spread = real.reduce((sum, level) => sum + (level - mean) ** 2, 0);
  const check = async (blocks: ReturnType<typeof sampler.rows>) => {
    const drawn = await collect(blocks, columns);
    expect(drawn).toHaveLength(columns.length);
    const own = levels(drawn.map(({ data }) => data));
    const missed = real.reduce((sum, level, k) => sum + (level - own[k]!) ** 2, 0);
    expect(missed / spread).toBeLessThan(0.07);
  };
  const request = { rows: ROWS, seed: 4, configuration };
  await check(sampler.rows(request));
  const dates = [0, 1, 2].map((feature) => ({ feature, data: columns[feature]!.data, given: null }));
  await check(sampler.complete(dates, request));
  sampler.dispose();
}, 120_000);
