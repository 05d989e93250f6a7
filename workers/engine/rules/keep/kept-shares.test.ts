import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { checkRule } from '../../../rules/check-rule';
import { fullYears } from '../../../rules/compute-target';
import type { RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import type { FeatureColumn } from '../../models/model';
import { collect, samplerOf } from '../testing/column-by-column';

const DAY = 86_400_000;
const ROWS = 4000;
const DRAWN = 8000;
const configuration = SyntheticTableConfiguration.parse({});
const stream = new RandomStream(11, 'shares');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));

function featuresOf(columns: readonly RuleColumn[]): FeatureColumn[] {
  return columns.map(({ name, storageType, data }, i) => ({
    schema: { name, originalName: name, storageType },
    encodingType:
      storageType === 'date'
        ? 'TABULAR_DATETIME'
        : data.kind === 'text'
          ? 'TABULAR_CATEGORICAL'
          : 'TABULAR_NUMERIC_BINNED',
    sourceIndex: i,
    outputIndex: i,
  }));
}

/** Rows drawn column by column, made to keep the rules. */
async function draw(columns: readonly RuleColumn[], rules: readonly Rule[]) {
  const { kept, sampler } = await samplerOf(columns, featuresOf(columns), rules);
  const drawn = await collect(sampler.rows({ rows: DRAWN, seed: 3, configuration }), columns);
  return { kept, drawn };
}

function birthdayOf(birth: number, age: number): number {
  const date = new Date(birth);
  return Date.UTC(date.getUTCFullYear() + age, date.getUTCMonth(), date.getUTCDate());
}

/** Share of rows that keep a rule. */
function shareOf(rule: Rule, columns: readonly RuleColumn[], original: readonly RuleColumn[]): number {
  const { applicable, kept } = checkRule(rule, columns, original);
  expect(applicable).toBeGreaterThan(ROWS / 2);
  return kept / applicable;
}

describe('rules that nearly all rows keep', () => {
  const wrong = each((row) => row % 250 === 0);
  const a = each(() => stream.below(500));
  const city = each(() => stream.below(8));
  const columns = [
    makeColumn('a', a),
    makeColumn(
      'sum',
      a.map((cell, row) => 2 * cell + 7 + (wrong[row] ? 5 : 0)),
    ),
    makeColumn(
      'high',
      a.map((cell, row) => cell + (wrong[row] ? -3 : stream.below(300))),
    ),
    makeColumn(
      'city',
      city.map((i) => `c${i}`),
    ),
    makeColumn(
      'region',
      city.map((i, row) => `r${(i + Number(wrong[row])) % 4}`),
    ),
  ];
  const rules: Rule[] = [
    {
      kind: 'linear',
      target: 'sum',
      terms: [{ column: 'a', factor: 2 }],
      constant: 7,
      decimals: 0,
      rounding: 'nearest',
    },
    { kind: 'inequality', low: 'a', high: 'high', strict: false },
    { kind: 'functional-dependency', determinant: ['city'], dependent: 'region', oneToOne: false },
  ];

  it('hold in the same share of drawn rows', async () => {
    const { kept, drawn } = await draw(columns, rules);
    // The draw itself is free to break them.
    expect(kept.rules).toEqual([]);
    for (const rule of rules) {
      expect(shareOf(rule, columns, columns)).toBeCloseTo(0.996, 6);
      expect([rule.kind, Math.abs(shareOf(rule, drawn, columns) - 0.996) < 0.002]).toEqual([rule.kind, true]);
      expect(shareOf(rule, drawn, columns)).toBeLessThan(1);
    }
  });
});

describe('columns that are often equal', () => {
  it('are as often equal, texts and dates', async () => {
    const home = each(() => stream.below(20));
    const seen = each(() => stream.below(400) * DAY);
    const columns = [
      makeColumn(
        'home',
        home.map((i) => (i === 0 ? null : `town ${i}`)),
      ),
      makeColumn(
        'work',
        home.map((i) => `town ${stream.uniform() < 0.7 ? Math.max(1, i) : 1 + stream.below(30)}`),
      ),
      { ...makeColumn('seen', seen), storageType: 'date' as const },
      {
        ...makeColumn(
          'paid',
          seen.map((at) => (stream.uniform() < 0.4 ? at : stream.below(500) * DAY)),
        ),
        storageType: 'date' as const,
      },
    ];
    const rules: Rule[] = [
      { kind: 'often-equal', columns: ['home', 'work'] },
      { kind: 'often-equal', columns: ['seen', 'paid'] },
    ];
    const { drawn } = await draw(columns, rules);
    for (const rule of rules) {
      const off = shareOf(rule, drawn, columns) - shareOf(rule, columns, columns);
      // Rows that are equal by chance are drawn again: the others must not become fewer by that.
      expect(Math.abs(off)).toBeLessThan(0.001);
    }
    expect(drawn).toHaveLength(4);
  });
});

describe('running numbers', () => {
  const number: Rule = { kind: 'running-number', column: 'no', start: 100, step: 2 };
  const no = makeColumn(
    'no',
    each((row) => 100 + 2 * row),
  );

  it('count the drawn rows', async () => {
    const columns = [
      no,
      makeColumn(
        'x',
        each(() => stream.below(50)),
      ),
    ];
    const { drawn } = await draw(columns, [number]);
    expect(drawn[0]!.data).toEqual({
      kind: 'number',
      values: Float64Array.from({ length: DRAWN }, (_, row) => 100 + 2 * row),
      nulls: null,
    });
  });

  it('are learned where another column goes with the order of the rows', async () => {
    const rising = [
      no,
      makeColumn(
        'x',
        each((row) => row + stream.below(500)),
      ),
    ];
    expect((await draw(rising, [number])).kept.rules).toEqual([]);
    const inTurns = [
      no,
      makeColumn(
        'x',
        each((row) => row % 24),
      ),
    ];
    expect((await draw(inTurns, [number])).kept.rules).toEqual([]);
  });
});

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
    expect(kept.checks).toHaveLength(2);
    for (const own of [rule, found]) expect(shareOf(own, drawn, columns)).toBe(1);
    // The days checked are those of no single person: with protection, some birthdays lie beyond them.
    for (const check of kept.checks) {
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
