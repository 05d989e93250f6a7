import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import { daysOf, periodStarts, periodsOfDays } from './date-periods';
import { findPeriods } from './find-periods';

const DAY = 86_400_000;
const ROWS = 6000;
const FIRST = 17_000;

function numberColumn(
  name: string,
  values: readonly number[],
  storageType: RuleColumn['storageType'],
): RuleColumn {
  return { name, storageType, data: { kind: 'number', values: Float64Array.from(values), nulls: null } };
}

/** Dates of three years and a column with a season and noise, whose level drifts if asked for. */
function table(drift: number): RuleColumn[] {
  const stream = new RandomStream(5, 'drift');
  const level = [0];
  for (let day = 1; day < 1100; day++) level.push(0.95 * level[day - 1]! + 0.31 * stream.normal());
  const days = Array.from({ length: ROWS }, () => stream.below(1100));
  const season = (day: number) => Math.cos((2 * Math.PI * day) / 365.25);
  return [
    numberColumn(
      'date',
      days.map((day) => (FIRST + day) * DAY),
      'date',
    ),
    numberColumn(
      'sales',
      days.map((day) => 3 * season(day) + drift * level[day]! + stream.normal()),
      'float',
    ),
  ];
}

async function find(columns: readonly RuleColumn[]) {
  const features = columns.map(({ name, storageType }, i): FeatureColumn => {
    const encodingType = storageType === 'date' ? 'TABULAR_DATETIME' : 'TABULAR_NUMERIC_BINNED';
    return {
      schema: { name, originalName: name, storageType },
      encodingType,
      sourceIndex: i,
      outputIndex: i,
    };
  });
  const read = async (name: string) => columns.find((column) => column.name === name)!;
  return findPeriods(features, [], read, async () => undefined);
}

describe('findPeriods', () => {
  it('finds the periods of a date that another column drifts with', async () => {
    const columns = table(1);
    const [found, ...others] = await find(columns);
    expect(others).toHaveLength(0);
    expect(found!.columns).toEqual(['date']);
    expect(found!.starts.length).toBeGreaterThan(20);
  });

  it('finds none where months say as much, or nothing drifts', async () => {
    expect(await find(table(0))).toEqual([]);
  });
});

describe('periods', () => {
  it('hold enough rows each, whatever the days', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 300 }), (days) => {
        const minRows = 20;
        const own = Float64Array.from(days);
        const starts = periodStarts(own, minRows);
        const periods = periodsOfDays(own, starts);
        if (periods.kind !== 'number') throw new TypeError('not numbers');
        const counts = new Array<number>(starts.length + 1).fill(0);
        for (const period of periods.values) counts[period]!++;
        if (starts.length > 0) expect(Math.min(...counts)).toBeGreaterThanOrEqual(minRows);
        expect([...starts].sort((a, b) => a - b)).toEqual(starts);
      }),
    );
  });

  it('are missing where a day is', () => {
    const columns = [
      numberColumn('year', [2024, 2023, Number.NaN], 'integer'),
      numberColumn('month', [2, 2, 1], 'integer'),
      numberColumn('day', [29, 29, 1], 'integer'),
    ];
    const days = daysOf(columns);
    expect([...days]).toEqual([Date.UTC(2024, 1, 29) / DAY, Number.NaN, Number.NaN]);
    expect(periodsOfDays(days, [FIRST])).toMatchObject({ nulls: Uint8Array.of(0, 1, 1) });
  });
});
