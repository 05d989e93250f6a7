import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
import { fullYears } from '../../../rules/compute-target';
import type { RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept } from '../testing/column-by-column';

const DAY = 86_400_000;
const ROWS = 4000;
const DRAWN = 8000;
const stream = new RandomStream(11, 'shares');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));
const draw = (columns: readonly RuleColumn[], rules: readonly Rule[]) => drawKept(columns, rules, DRAWN);

/** Share of rows that keep a rule. */
function shareOf(rule: Rule, columns: readonly RuleColumn[], original: readonly RuleColumn[]): number {
  const { applicable, kept } = checkRule(rule, columns, original);
  expect(applicable).toBeGreaterThan(ROWS / 2);
  return kept / applicable;
}

function birthdayOf(birth: number, age: number): number {
  const date = new Date(birth);
  return Date.UTC(date.getUTCFullYear() + age, date.getUTCMonth(), date.getUTCDate());
}

describe('orders of dates that chance may have brought', () => {
  it('are checked without being listed, and those that follow are not', async () => {
    const birth = each(() => stream.below(9000));
    const death = birth.map((day) => Math.max(day, 8000) + stream.below(9000));
    const columns = ['birth', 'death', 'buried'].map((name, k) => ({
      ...makeColumn(
        name,
        birth.map((day, row) => (k === 0 ? day : death[row]! + (k === 2 ? 3 : 0)) * DAY),
      ),
      storageType: 'date' as const,
    }));
    const { kept, drawn } = await draw(columns, []);
    expect(kept.rules).toEqual([]);
    expect(kept.checks.map((rule) => rule.kind === 'inequality' && `${rule.low} ${rule.high}`)).toEqual([
      'birth death',
      'death buried',
    ]);
    for (const rule of kept.checks) expect(shareOf(rule, drawn, columns)).toBe(1);
  });
});

describe('ages up to a day that the rows leave open', () => {
  it('are the same on all days that it may be', async () => {
    const day = Date.UTC(2024, 5, 30);
    const birth = each(() => day - (6000 + stream.below(20_000)) * DAY).filter((_, row) => row < 300);
    const age = birth.map((at) => fullYears(at, day));
    const columns = [{ ...makeColumn('birth', birth), storageType: 'date' as const }, makeColumn('age', age)];
    const rule: Rule = { kind: 'age', target: 'age', from: 'birth', to: day };
    // What a search finds is another day.
    const found: Rule = { ...rule, to: Math.max(...birth.map((at, row) => birthdayOf(at, age[row]!))) };
    expect(checkRule(found, columns).kept).toBe(300);
    const { kept, drawn } = await draw(columns, [found]);
    const ages = kept.checks.filter(({ kind }) => kind === 'age');
    expect(ages).toHaveLength(2);
    for (const own of [rule, found]) expect(shareOf(own, drawn, columns)).toBe(1);
    // The days checked are those of no single person: with protection, some birthdays lie beyond them.
    for (const check of ages) {
      const beyond = 300 - checkRule(check, columns).kept;
      expect(beyond).toBeGreaterThan(0);
      expect(beyond).toBeLessThan(5);
    }
  });
});

describe('combinations of texts that chance may have left out', () => {
  const sex = each(() => stream.below(2));
  const role = sex.map((i) => (i === 0 ? stream.below(3) : 1 + stream.below(2)));
  const columns = [
    makeColumn(
      'sex',
      sex.map((i) => `s${i}`),
    ),
    makeColumn(
      'role',
      role.map((i) => `r${i}`),
    ),
  ];
  const absent: Rule = {
    kind: 'excluded-combinations',
    columns: ['sex', 'role'],
    combinations: [['s1', 'r0']],
  };

  it('are in no drawn row, without being listed', async () => {
    const { kept, drawn } = await draw(columns, []);
    expect(kept.rules).toEqual([]);
    expect(kept.checks).toEqual([absent]);
    expect(shareOf(absent, drawn, columns)).toBe(1);
  });

  it('are not looked for where a rule says so, or ties the columns', async () => {
    expect((await draw(columns, [absent])).kept.checks).toEqual([]);
    const implied: Rule = {
      kind: 'implied-value',
      column: 'sex',
      cell: 's0',
      by: 'role',
      values: ['r0'],
      exactly: false,
    };
    expect((await draw(columns, [implied])).kept.checks).toEqual([]);
  });
});

describe('factors of which the rows allow several', () => {
  it('give the same rounded number, whichever was meant', async () => {
    const kilometres = (mile: number, factor: number) => Math.floor(factor * mile);
    const isOpen = (mile: number) => kilometres(mile, 1.609344) === kilometres(mile, 1.60935);
    const miles = each(() => stream.below(2000))
      .filter(isOpen)
      .slice(0, 400);
    // The draw is column by column: rows of other miles come from a column that is drawn for the sum.
    const parts = miles.map((mile) => stream.below(mile + 1));
    const columns = [
      makeColumn('out', parts),
      makeColumn(
        'back',
        miles.map((mile, row) => mile - parts[row]!),
      ),
      makeColumn('miles', miles),
      makeColumn(
        'km',
        miles.map((mile) => kilometres(mile, 1.609344)),
      ),
    ];
    const way: Rule = {
      kind: 'linear',
      target: 'miles',
      terms: [
        { column: 'out', factor: 1 },
        { column: 'back', factor: 1 },
      ],
      constant: 0,
      decimals: 0,
      rounding: 'nearest',
    };
    const rule = (factor: number): Rule => ({
      kind: 'linear',
      target: 'km',
      terms: [{ column: 'miles', factor }],
      constant: 0,
      decimals: 0,
      rounding: 'down',
    });
    const [meant, found] = [rule(1.609344), rule(1.60935)];
    expect(checkRule(found, columns).kept).toBe(400);
    const { kept, drawn } = await draw(columns, [way, found]);
    expect(kept.checks).toHaveLength(2);
    expect(shareOf(meant, drawn, columns)).toBe(1);
    expect(shareOf(found, drawn, columns)).toBe(1);
  });

  it('are not doubted where the digits are few, or the rows allow nothing else', async () => {
    const net = each(() => stream.below(1_000_000) / 100);
    const rounded = (value: number) => Math.round(value * 100) / 100;
    const columns = [
      makeColumn('net', net),
      makeColumn(
        'tax',
        net.map((value) => rounded(0.077 * value)),
      ),
      makeColumn(
        'fee',
        net.map((value) => rounded(1.955 * value)),
      ),
    ];
    const rule = (target: string, factor: number): Rule => ({
      kind: 'linear',
      target,
      terms: [{ column: 'net', factor }],
      constant: 0,
      decimals: 2,
      rounding: 'nearest',
    });
    const { kept } = await draw(columns, [rule('tax', 0.077), rule('fee', 1.955)]);
    expect(kept.rules).toHaveLength(2);
    expect(kept.checks).toEqual([]);
  });
});
