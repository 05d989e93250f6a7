import { describe, expect, it } from 'vitest';
import { ruleEvidence, ruleState } from './rule-state';
import { ruleText, ruleTitle } from './rule-words';
import type { Rule } from './rules';

const DAY = 86_400_000;
const DATES = new Set(['checkin', 'checkout', 'birth', 'death']);
const text = (rule: Rule) => ruleText(rule, (column) => DATES.has(column));
const exact = { decimals: null, rounding: 'nearest' } as const;

describe('the sentence of a rule', () => {
  it.each<[Rule, string]>([
    [
      { kind: 'functional-dependency', determinant: ['city'], dependent: 'region', oneToOne: false },
      '`city` decides `region`',
    ],
    [
      { kind: 'functional-dependency', determinant: ['city', 'year'], dependent: 'mayor', oneToOne: false },
      '`city` and `year` together decide `mayor`',
    ],
    [
      { kind: 'functional-dependency', determinant: ['education'], dependent: 'level', oneToOne: true },
      '`education` and `level` go together one to one',
    ],
    [
      { kind: 'fixed-combinations', columns: ['a', 'b', 'c'] },
      '`a`, `b` and `c` occur only in combinations that the data have',
    ],
    [
      {
        kind: 'excluded-combinations',
        columns: ['sex', 'role'],
        combinations: [
          ['f', 'husband'],
          ['m', null],
        ],
      },
      'never together: `sex` “f” with `role` “husband”; “m” with missing',
    ],
    [
      { kind: 'inequality', low: 'checkin', high: 'checkout', strict: true },
      '`checkin` is before `checkout`',
    ],
    [{ kind: 'inequality', low: 'birth', high: 'death', strict: false }, '`birth` is not after `death`'],
    [{ kind: 'inequality', low: 'low', high: 'high', strict: false }, '`low` ≤ `high`'],
    [
      {
        ...{ kind: 'linear', target: 'gross', constant: 0, ...exact },
        terms: [
          { column: 'net', factor: 1 },
          { column: 'tax', factor: 1 },
        ],
      } as Rule,
      '`gross` = `net` + `tax`',
    ],
    [
      {
        ...{ kind: 'linear', target: 'y', constant: -3, decimals: 1, rounding: 'down' },
        terms: [
          { column: 'a', factor: -1 },
          { column: 'b', factor: 2.5 },
        ],
      } as Rule,
      '`y` = 2.5 × `b` − `a` − 3, rounded down to 1 decimal',
    ],
    [
      {
        ...{ kind: 'linear', target: 'nights', constant: 0, ...exact },
        terms: [
          { column: 'checkout', factor: 1 / DAY },
          { column: 'checkin', factor: -1 / DAY },
        ],
      } as Rule,
      '`nights` = days from `checkin` to `checkout`',
    ],
    [
      {
        ...{ kind: 'linear', target: 'checkout', constant: DAY, ...exact },
        terms: [
          { column: 'checkin', factor: 1 },
          { column: 'nights', factor: DAY },
        ],
      } as Rule,
      '`checkout` = `checkin` + `nights` days + 1 day',
    ],
    [
      {
        ...{ kind: 'product', target: 'net', factor: 1, decimals: 2, rounding: 'nearest' },
        factors: [
          { column: 'qty', power: 1 },
          { column: 'unit_price', power: 1 },
        ],
      } as Rule,
      '`net` = `qty` × `unit_price`, rounded to 2 decimals',
    ],
    [
      {
        ...{ kind: 'product', target: 'share', factor: 100, ...exact },
        factors: [
          { column: 'part', power: 1 },
          { column: 'whole', power: -1 },
        ],
      } as Rule,
      '`share` = 100 × `part` ÷ `whole`',
    ],
    [
      {
        ...{ kind: 'product', target: 'bmi', factor: 1, decimals: 1, rounding: 'nearest' },
        factors: [
          { column: 'weight_kg', power: 1 },
          { column: 'height_m', power: -2 },
        ],
      } as Rule,
      '`bmi` = `weight_kg` ÷ `height_m`², rounded to 1 decimal',
    ],
    [
      {
        ...{ kind: 'product', target: 'net', factor: 1, ...exact },
        factors: [
          { column: 'qty', power: 1 },
          { column: 'discount_pct', power: 1, per: -0.01 },
          { column: 'vat_rate', power: -1, per: 1 },
        ],
      } as Rule,
      '`net` = `qty` × (1 − `discount_pct` ÷ 100) ÷ (1 + `vat_rate`)',
    ],
    [
      {
        ...{ kind: 'product', target: 'side', factor: 2, ...exact },
        factors: [
          { column: 'area', power: 0.5 },
          { column: 'rise', power: 3, per: 0.2 },
        ],
      } as Rule,
      '`side` = 2 × √`area` × (1 + 0.2 × `rise`)³',
    ],
    [
      { kind: 'date-part', target: 'month', column: 'checkin', part: 'month', cells: null },
      '`month` is the month of `checkin`',
    ],
    [
      { kind: 'age', target: 'age', from: 'birth', to: 'death' },
      '`age` = full years from `birth` to `death`',
    ],
    [
      { kind: 'age', target: 'age', from: 'birth', to: Date.UTC(2020, 0, 1) },
      '`age` = full years from `birth` to 2020-01-01',
    ],
    [{ kind: 'calendar-date', year: 'y', month: 'm', day: 'd' }, '`y`, `m` and `d` make a date that exists'],
    [{ kind: 'one-hot', columns: ['is_a', 'is_b'] }, 'exactly one of `is_a` and `is_b` is set'],
    [
      { kind: 'one-hot', columns: [...'abcdefgh'] },
      'exactly one of `a`, `b`, `c`, `d`, `e` and 3 more is set',
    ],
    [{ kind: 'permutation', columns: ['r1', 'r2'] }, '`r1` and `r2` hold every rank once'],
    [{ kind: 'missing-together', columns: ['a', 'b'] }, '`a` and `b` are missing together'],
    [
      { kind: 'implied-value', column: 'hours', cell: 0, by: 'works', values: ['no'], exactly: true },
      '`hours` is 0 exactly where `works` is “no”',
    ],
    [
      { kind: 'implied-value', column: 'a', cell: null, by: 'b', values: ['x', 'y', null], exactly: false },
      '`a` is missing where `b` is “x”, “y” or missing',
    ],
    [
      {
        kind: 'implied-value',
        column: 'a',
        cell: 'v',
        by: 'death',
        values: [DAY, DAY + 1500],
        exactly: false,
      },
      '`a` is “v” where `death` is 1970-01-02 or 1970-01-02 00:00:01.500',
    ],
    [{ kind: 'often-equal', columns: ['pay', 'bill'] }, '`pay` often equals `bill`'],
    [{ kind: 'running-number', column: 'id', start: 10, step: 5 }, '`id` counts 10, 15, 20, …'],
    [{ kind: 'range', column: 'x', min: 0, max: null, strict: false }, '`x` is at least 0'],
    [{ kind: 'range', column: 'x', min: null, max: 0, strict: true }, '`x` is less than 0'],
    [{ kind: 'range', column: 'x', min: 0.1, max: 9, strict: true }, '`x` lies between 0.1 and 9'],
    [
      { kind: 'range', column: 'birth', min: 0, max: DAY, strict: false },
      '`birth` is from 1970-01-01 to 1970-01-02',
    ],
    [{ kind: 'increments', column: 'x', increment: 0.05 }, '`x` goes in steps of 0.05'],
    [
      { kind: 'extreme', target: 'charged', columns: ['weight', 'size'], end: 'largest' },
      '`charged` is the largest of `weight` and `size`',
    ],
    [
      { kind: 'extreme', target: 'loser', columns: ['a', 'b', 'c'], end: 'smallest', cells: ['A', 'B', 'C'] },
      '`loser` names the smallest of `a`, `b` and `c`',
    ],
    [
      {
        ...{ kind: 'thresholds', target: 'class', column: 'risk', inclusive: false },
        ...{ thresholds: [10, 20], cells: ['low', 'medium', 'high'] },
      } as Rule,
      '`class` is “low” where `risk` is below 10, “medium” below 20, “high” from 20 on',
    ],
    [
      {
        ...{ kind: 'thresholds', target: 'fee', column: 'net', inclusive: true },
        ...{ thresholds: [1, 2, 3, 4, 5, 6], cells: [9, 8, 7, 6, 5, 4, 3] },
      } as Rule,
      '`fee` is 9 where `net` is up to 1, 8 up to 2, 7 up to 3, 6 up to 4, and 3 more',
    ],
    [
      {
        ...{ kind: 'thresholds', target: 'season', column: 'checkin', inclusive: false },
        ...{ thresholds: [0], cells: ['dry', 'wet'] },
      } as Rule,
      '`season` is “dry” where `checkin` is before 1970-01-01, “wet” from 1970-01-01 on',
    ],
    [
      {
        ...{ kind: 'thresholds', target: 'state', column: 'checkin', minus: 'checkout', inclusive: false },
        ...{ thresholds: [0], cells: ['late', 'in time'] },
      } as Rule,
      '`state` is “late” where `checkin` < `checkout`, else “in time”',
    ],
    [
      {
        ...{ kind: 'thresholds', target: 'state', column: 'checkin', minus: 'checkout', inclusive: true },
        ...{ thresholds: [0, 30 * DAY], cells: ['early', 'late', 'overdue'] },
      } as Rule,
      '`state` is “early” where `checkin` − `checkout` is up to 0 days, “late” up to 30 days, “overdue” above',
    ],
  ])('%#: %j', (rule, sentence) => {
    expect(text(rule)).toBe(sentence);
    expect(ruleTitle(rule.kind)).toMatch(/^[A-Z]/);
  });

  it('shortens long values and lists', () => {
    const values = Array.from({ length: 9 }, (_, index) => `v${index}`);
    const rule = { kind: 'implied-value', column: 'a', by: 'b', values, exactly: false } as const;
    expect(text({ ...rule, cell: 'x'.repeat(99) })).toBe(
      `\`a\` is “${'x'.repeat(39)}…” where \`b\` is “v0”, “v1”, “v2”, “v3”, “v4” or one of 4 more`,
    );
  });
});

describe('the state of a rule', () => {
  const rule: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: false };
  const entry = { rule, source: 'found', applicable: 1002, kept: 1000 } as const;
  it.each([
    [{ state: 'kept' }, 'Kept', null],
    [{ state: 'off' }, 'Switched off', 'need not keep it'],
    [{ state: 'partly' }, 'Holds in part', '2 original rows break it'],
    [{ state: 'partly', kept: 1001 }, 'Holds in part', 'One original row breaks it'],
    [{ state: 'partly' }, 'Holds in part', 'same share of generated ones'],
    [{ state: 'partly', kept: 900 }, 'Holds in part', 'learned and not forced'],
    [{ state: 'unkept', kept: 1002 }, 'Not forced', 'learned'],
    [{ state: 'unkept', applicable: 0, kept: 0, source: 'added' }, 'Not checked', 'not learned'],
  ] as const)('%j', (fields, title, part) => {
    const words = ruleState({ ...entry, ...fields });
    expect(words.title).toBe(title);
    if (part === null) expect(words.why).toBeNull();
    else expect(words.why).toContain(part);
  });
});

it('is not kept by a private model, whatever it is', () => {
  const rule: Rule = { kind: 'inequality', low: 'a', high: 'b', strict: false };
  const entry = { rule, source: 'added', applicable: 0, kept: 0, state: 'unkept' } as const;
  expect(ruleState(entry, true)).toEqual({
    title: 'Not kept',
    why: 'A private model does not look at which rows keep it.',
  });
});

describe('the evidence of a rule', () => {
  it.each([
    [2700, 2700, 'all 2,700 rows'],
    [2698, 2700, '2,698 of 2,700 rows (99.92 %)'],
    [99_999, 100_000, '99,999 of 100,000 rows (99.99 %)'],
    [1, 100_000, '1 of 100,000 rows (< 0.01 %)'],
    [0, 10, '0 of 10 rows (0.00 %)'],
    [1, 1, 'the only row'],
    [0, 0, 'no row that it speaks of'],
  ])('%i of %i', (kept, applicable, words) => {
    expect(ruleEvidence({ kept, applicable })).toBe(words);
  });
});
