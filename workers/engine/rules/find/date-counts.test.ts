import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import { findRules } from './find-rules';

const HOUR = 3_600_000;
const START = Date.UTC(2010, 0, 1);

/** Hours since the start of 2010 in random order, with their date in columns. */
function table(rows: number, count: (hours: number, stream: RandomStream) => number): RuleColumn[] {
  const stream = new RandomStream(3, 'dates');
  const hours = Array.from({ length: rows }, () => stream.below(30_000));
  const column = (name: string, make: (hours: number) => number): RuleColumn => ({
    name,
    storageType: 'integer',
    data: { kind: 'number', values: Float64Array.from(hours, make), nulls: null },
  });
  const date = (at: number) => new Date(START + at * HOUR);
  return [
    column('No', (at) => count(at, stream)),
    column('year', (at) => date(at).getUTCFullYear()),
    column('month', (at) => date(at).getUTCMonth() + 1),
    column('day', (at) => date(at).getUTCDate()),
    column('hour', (at) => date(at).getUTCHours()),
  ];
}

const found = async (columns: RuleColumn[]) =>
  (await findRules(columns, async () => {})).filter(({ rule }) => rule.kind === 'date-count');

describe('a column that counts time', () => {
  it('is found by the hour and by the day, and checked', async () => {
    const hourly = table(3000, (at) => at + 1);
    expect(await found(hourly)).toEqual([
      {
        rule: {
          kind: 'date-count',
          target: 'No',
          date: ['year', 'month', 'day', 'hour'],
          unit: HOUR,
          origin: START - HOUR,
        },
        applicable: 3000,
        kept: 3000,
      },
    ]);
    const daily = table(3000, (at) => Math.floor(at / 24) - 40);
    const [rule] = await found(daily);
    expect(rule).toMatchObject({ rule: { date: ['year', 'month', 'day'], unit: 24 * HOUR }, kept: 3000 });
    expect(checkRule(rule!.rule, hourly).kept).toBeLessThan(30);
  });

  it('is found of a column of dates: seconds since 1970, full weeks, days of a sheet', async () => {
    const stream = new RandomStream(4, 'dates');
    const instants = Float64Array.from({ length: 2000 }, () => START + stream.below(50_000) * 977_000);
    const date: RuleColumn = {
      name: 'at',
      storageType: 'datetime',
      data: { kind: 'number', values: instants, nulls: null },
    };
    const of = (make: (instant: number) => number): RuleColumn[] => [
      date,
      {
        name: 'n',
        storageType: 'integer',
        data: { kind: 'number', values: instants.map(make), nulls: null },
      },
    ];
    const rule = async (make: (instant: number) => number) => (await found(of(make)))[0]?.rule;
    expect(await rule((at) => at / 1000)).toMatchObject({ date: ['at'], unit: 1000, origin: 0 });
    expect(await rule((at) => Math.floor((at - START) / (168 * HOUR)) + 1)).toMatchObject({
      unit: 168 * HOUR,
      origin: START - 168 * HOUR,
    });
    expect(await rule((at) => Math.floor(at / (24 * HOUR)) + 25_569)).toMatchObject({
      unit: 24 * HOUR,
      origin: Date.UTC(1899, 11, 30),
    });
    expect(await rule((at) => Math.floor(at / 1000) + stream.below(2))).toBeUndefined();
  });

  it('takes the place of a running number, unless the dates number the rows, too', async () => {
    const days = Array.from({ length: 1500 }, (_, row) => START + row * 24 * HOUR);
    const column = (name: string, storageType: 'date' | 'integer', values: number[]): RuleColumn => ({
      name,
      storageType,
      data: { kind: 'number', values: Float64Array.from(values), nulls: null },
    });
    const kinds = async (columns: RuleColumn[]) =>
      (await findRules(columns, async () => {})).map(({ rule }) => rule.kind).sort();
    const number = column(
      'number',
      'integer',
      days.map((_, row) => row),
    );
    expect(await kinds([column('day', 'date', days), number])).toEqual([
      'date-count',
      'running-number',
      'running-number',
    ]);
    const parts = (name: string, part: (date: Date) => number) =>
      column(
        name,
        'integer',
        days.map((day) => part(new Date(day))),
      );
    const named = [
      parts('year', (date) => date.getUTCFullYear()),
      parts('month', (date) => date.getUTCMonth() + 1),
      parts('day', (date) => date.getUTCDate()),
      number,
    ];
    const found = await kinds(named);
    expect(found).toContain('date-count');
    expect(found).not.toContain('running-number');
  });

  it('is not found where a number only goes with the date', async () => {
    expect(await found(table(3000, (at, stream) => at + stream.below(3)))).toEqual([]);
  });
});
