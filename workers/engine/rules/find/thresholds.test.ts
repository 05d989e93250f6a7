import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { findRules } from './find-rules';

const DAY = 86_400_000;
const ROWS = 1500;
const stream = new RandomStream(9, 'thresholds');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));
const tenths = (value: number) => Math.round(value * 10) / 10;
const score = each(() => tenths(60 + 15 * stream.normal()));
const gradeOf = (value: number) => (value >= 75 ? 'good' : value >= 50 ? 'fair' : 'poor');

async function found(columns: readonly RuleColumn[]): Promise<Rule[]> {
  const rules = await findRules(columns, async () => undefined);
  return rules.map(({ rule }) => rule);
}

describe('a class by thresholds', () => {
  const thresholds = { kind: 'thresholds', column: 'score', inclusive: false } as const;

  it('is found where values are missing, and what follows from it is left to it', async () => {
    const grade = score.map((value, row) => (row % 9 === 0 ? null : gradeOf(value)));
    const rules = await found([
      makeColumn(
        'score',
        score.map((value, row) => (row % 7 === 0 ? null : value)),
      ),
      makeColumn('grade', grade),
      makeColumn(
        'passed',
        grade.map((name) => (name === null ? null : name !== 'poor')),
      ),
    ]);
    expect(rules).toEqual([
      { kind: 'missing-together', columns: ['grade', 'passed'] },
      { ...thresholds, target: 'grade', thresholds: [50, 75], cells: ['poor', 'fair', 'good'] },
      { kind: 'functional-dependency', determinant: ['grade'], dependent: 'passed', oneToOne: false },
    ]);
  });

  it('may be a number, and a class of too few rows is left out', async () => {
    const fee = score.map((value) => (value < 60 ? 4.9 : 0));
    let odd = 0;
    const rare = score.map((value) => {
      if (value > 62 && odd < 3) return `odd ${Math.min(1, odd++)}`;
      return value >= 40 ? 'common' : 'low';
    });
    const rules = await found([makeColumn('score', score), makeColumn('fee', fee), makeColumn('rare', rare)]);
    expect(rules).toEqual([
      { ...thresholds, target: 'fee', thresholds: [60], cells: [4.9, 0] },
      { ...thresholds, target: 'rare', thresholds: [40], cells: ['low', 'common'] },
    ]);
  });

  it('has the classes that show: of as many rows as the threshold of their column', async () => {
    // The best class is of about ten rows.
    const cut = score.toSorted((a, b) => b - a)[9]!;
    const best = score.filter((value) => value >= cut).length;
    const grade = score.map((value) => (value >= cut ? 'best' : value >= 60 ? 'high' : 'low'));
    const columns = [makeColumn('score', score), makeColumn('grade', grade)];
    const cellsOf = async (threshold: number) => {
      const thresholdOf = (name: string) => (name === 'grade' ? threshold : 5);
      const rules = await findRules(columns, async () => undefined, { thresholdOf });
      return rules.flatMap(({ rule }) => (rule.kind === 'thresholds' ? [rule.cells] : []));
    };
    expect(await cellsOf(best)).toEqual([['low', 'high', 'best']]);
    expect(await cellsOf(best + 1)).toEqual([['low', 'high']]);
  });

  it('comes back along a date', async () => {
    const days = each(() => Date.UTC(2022, 0, 1) + stream.below(600) * DAY);
    const cells = ['dry', 'wet', 'dry'];
    const bounds = [Date.UTC(2022, 5, 15), Date.UTC(2023, 1, 10)];
    const season = days.map((day) => cells[bounds.filter((bound) => day >= bound).length]!);
    const rules = await found([
      { ...makeColumn('day', days), storageType: 'date' },
      makeColumn('season', season),
    ]);
    expect(rules).toEqual([{ ...thresholds, target: 'season', column: 'day', thresholds: bounds, cells }]);
  });

  it('is none where the border is blurred, however little, or lies in a gap between groups', async () => {
    const blurred = score.map((value) => gradeOf(value + 0.4 * stream.normal()));
    const group = each(() => stream.uniform() < 0.5);
    const apart = group.map((isFirst) => tenths((isFirst ? 20 : 80) + 6 * stream.normal()));
    const kinds = group.map((isFirst) => (isFirst ? 'a' : 'b'));
    expect(await found([makeColumn('score', score), makeColumn('grade', blurred)])).toEqual([]);
    expect(await found([makeColumn('size', apart), makeColumn('kind', kinds)])).toEqual([]);
  });

  it('is no other rule where a number has few values or one of them stands apart', async () => {
    const stars = each(() => 1 + stream.below(5));
    const spent = each(() => (stream.uniform() < 0.6 ? 0 : tenths(1 + 90 * stream.uniform())));
    const kinds = (
      await found([
        makeColumn('stars', stars),
        makeColumn(
          'liked',
          stars.map((count) => count >= 4),
        ),
        makeColumn('spent', spent),
        makeColumn(
          'buyer',
          spent.map((sum) => sum > 0),
        ),
      ])
    ).map(({ kind }) => kind);
    expect(kinds).toContain('functional-dependency');
    expect(kinds).not.toContain('thresholds');
  });
});

describe('a class that compares two columns', () => {
  it('is found for dates, wherever equal ones belong', async () => {
    const due = each(() => Date.UTC(2022, 0, 1) + stream.below(500) * DAY);
    const paid = due.map((day) => day + Math.round(8 * stream.normal()) * DAY);
    const state = due.map((day, row) => (paid[row]! > day ? 'late' : 'in time'));
    const rules = await found([
      { ...makeColumn('due', due), storageType: 'date' },
      { ...makeColumn('paid', paid), storageType: 'date' },
      makeColumn('state', state),
    ]);
    const names = { kind: 'thresholds', target: 'state', column: 'due', minus: 'paid' };
    expect(rules).toEqual([{ ...names, thresholds: [0], cells: ['late', 'in time'], inclusive: false }]);
  });

  it('tells equal numbers apart where they have a class of their own', async () => {
    const home = each(() => stream.below(9));
    const away = each(() => stream.below(9));
    const result = home.map((goals, row) => 'ADH'[1 + Math.sign(goals - away[row]!)]!);
    const rules = await found([
      makeColumn('home', home),
      makeColumn('away', away),
      makeColumn('result', result),
    ]);
    const names = { kind: 'thresholds', target: 'result', column: 'home', minus: 'away' };
    expect(rules).toEqual([{ ...names, thresholds: [0, 0.5], cells: ['A', 'D', 'H'], inclusive: false }]);
  });

  it('is none where few rows disagree', async () => {
    const planned = each(() => tenths(50 + 10 * stream.normal()));
    const actual = planned.map((value) => tenths(value + 5 * stream.normal()));
    const state = planned.map((value, row) => (row < 4 ? 'under' : actual[row]! > value ? 'over' : 'under'));
    const rules = await found([
      makeColumn('planned', planned),
      makeColumn('actual', actual),
      makeColumn('state', state),
    ]);
    expect(rules).toEqual([]);
  });
});
