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
          year: 'year',
          month: 'month',
          day: 'day',
          hour: 'hour',
          unit: HOUR,
          origin: START - HOUR,
        },
        applicable: 3000,
        kept: 3000,
      },
    ]);
    const daily = table(3000, (at) => Math.floor(at / 24) - 40);
    const [rule] = await found(daily);
    expect(rule).toMatchObject({ rule: { hour: null, unit: 24 * HOUR }, kept: 3000 });
    expect(checkRule(rule!.rule, hourly).kept).toBeLessThan(30);
  });

  it('is not found where a number only goes with the date', async () => {
    expect(await found(table(3000, (at, stream) => at + stream.below(3)))).toEqual([]);
  });
});
