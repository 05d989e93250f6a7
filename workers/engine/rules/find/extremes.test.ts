import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import { makeColumn } from '../../../rules/testing/make-column';
import { findRules } from './find-rules';

const ROWS = 1500;
const stream = new RandomStream(8, 'extremes');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));
const amounts = (mean: number) => each(() => Math.round(100 * mean * (0.5 + stream.uniform())) / 100);
const find = (columns: Parameters<typeof findRules>[0]) => findRules(columns, async () => undefined);

describe('the extreme of several columns', () => {
  it('is found for numbers, and says the orders and equal rows that come with it', async () => {
    const parts = [amounts(10), amounts(9), amounts(11)];
    const columns = [
      ...parts.map((values, k) => makeColumn(`part${k}`, values)),
      makeColumn(
        'charged',
        each((row) => Math.max(...parts.map((values) => values[row]!))),
      ),
      makeColumn(
        'least',
        each((row) => Math.min(...parts.slice(0, 2).map((values) => values[row]!))),
      ),
    ];
    const rules = (await find(columns)).map(({ rule }) => rule);
    expect(rules).toEqual([
      { kind: 'extreme', target: 'charged', columns: ['part0', 'part1', 'part2'], end: 'largest' },
      { kind: 'extreme', target: 'least', columns: ['part0', 'part1'], end: 'smallest' },
    ]);
  });

  it('is found for dates', async () => {
    const DAY = 86_400_000;
    const days = (first: number) => each(() => (first + stream.below(300)) * DAY);
    const [sent, due] = [days(18_000), days(18_060)];
    const first = each((row) => Math.min(sent[row]!, due[row]!));
    const columns = Object.entries({ sent, due, first }).map(([name, values]) => ({
      ...makeColumn(name, values),
      storageType: 'date' as const,
    }));
    expect((await find(columns)).map(({ rule }) => rule)).toContainEqual({
      kind: 'extreme',
      target: 'first',
      columns: ['sent', 'due'],
      end: 'smallest',
    });
  });

  it('is found where a text names the column, one of them in another way', async () => {
    const votes = [
      each(() => stream.below(900)),
      each(() => stream.below(900)),
      each(() => stream.below(600)),
    ];
    const names = ['A', 'B', 'other'];
    const columns = [
      makeColumn('votes_a', votes[0]!),
      makeColumn('votes_b', votes[1]!),
      makeColumn('others', votes[2]!),
      makeColumn(
        'winner',
        each((row) => names[votes.reduce((best, own, k) => (own[row]! > votes[best]![row]! ? k : best), 0)]!),
      ),
    ];
    const found = (await find(columns)).map(({ rule }) => rule).filter(({ kind }) => kind === 'extreme');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ target: 'winner', end: 'largest' });
  });

  it('is not found where a text that names a column is one of few rows: the rule would show it', async () => {
    const foundWith = async (rows: number) => {
      const votes = ['a', 'b', 'c'].map((name, k) =>
        makeColumn(
          `votes_${name}`,
          each((row) => (name === 'c' && row < rows ? 1000 : 10 * stream.below(80) + k)),
        ),
      );
      const numbers = votes.map(({ data }) => (data.kind === 'number' ? data.values : []));
      for (let row = rows; row < ROWS; row++) (numbers[2] as Float64Array)[row] = -1;
      const winner = each((row) => (row < rows ? 'c' : numbers[0]![row]! > numbers[1]![row]! ? 'a' : 'b'));
      const found = await find([...votes, makeColumn('winner', winner)]);
      return found.some(({ rule }) => rule.kind === 'extreme' && rule.target === 'winner');
    };
    expect(await foundWith(40)).toBe(true);
    expect(await foundWith(3)).toBe(false);
  });

  it('is not found where one of two amounts is 0, where a single row breaks it, or where it is one column', async () => {
    const paid = amounts(10).map((value) => (stream.uniform() < 0.5 ? value : 0));
    const open = paid.map((value) => (value === 0 ? Math.round(1000 * stream.uniform()) / 100 : 0));
    const [one, other] = [amounts(10), amounts(10)];
    const columns = [
      makeColumn('paid', paid),
      makeColumn('open', open),
      makeColumn(
        'total',
        each((row) => Math.max(paid[row]!, open[row]!)),
      ),
      makeColumn('one', one),
      makeColumn('other', other),
      makeColumn(
        'most',
        each((row) => (row === 700 ? 1 : 0) + Math.max(one[row]!, other[row]!)),
      ),
      makeColumn(
        'same',
        each((row) => one[row]!),
      ),
    ];
    const found = (await find(columns)).filter(({ rule }) => rule.kind === 'extreme');
    expect(found).toEqual([]);
  });
});
