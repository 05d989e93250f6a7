import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { checkRule } from '../../../rules/check-rule';
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
      expect(Math.abs(off)).toBeLessThan(0.003);
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
