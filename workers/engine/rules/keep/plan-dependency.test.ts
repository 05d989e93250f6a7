import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule, RuleOf } from '../../../../src/domain/rules';
import { checkRule, KEEPS, rowsKeeping } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { drawKept } from '../testing/column-by-column';
import { lookUpStep } from './plan-dependency';

const ROWS = 3000;
const stream = new RandomStream(12, 'dependencies');
const each = <T>(make: (row: number) => T) => Array.from({ length: ROWS }, (_, row) => make(row));

const decides = (determinant: string[], dependent: string): Rule => ({
  kind: 'functional-dependency',
  determinant,
  dependent,
  oneToOne: false,
});

/** Rows drawn column by column, made to keep the rules: those kept, and of each how many rows break it. */
async function broken(columns: readonly RuleColumn[], rules: readonly Rule[]) {
  for (const rule of rules) expect(checkRule(rule, columns).kept).toBe(checkRule(rule, columns).applicable);
  const { kept, drawn } = await drawKept(columns, rules, 4000);
  const counts = kept.rules.map((rule) => {
    const { applicable, kept: own } = checkRule(rule, drawn, columns);
    expect(applicable).toBeGreaterThan(3000);
    return applicable - own;
  });
  return { kept: kept.rules, counts, drawn };
}

/** Sizes of which the largest are rare. */
const size = each(() => Math.floor(-7 * Math.log(stream.uniform())));
const zone = each(() => stream.below(4));
const table = Array.from({ length: 400 }, () => stream.below(15));
const price = makeColumn(
  'price',
  size.map((cell, row) => table[Math.min(99, cell) * 4 + zone[row]!]! + 0.5),
);

describe('dependencies of binned numbers', () => {
  it('keeps two columns that one of them decides', async () => {
    const columns = [
      makeColumn('size', size),
      makeColumn(
        'label',
        size.map((cell) => `l${cell % 5}`),
      ),
      makeColumn(
        'weight',
        size.map((cell) => 0.5 + (cell % 7)),
      ),
    ];
    const rules = [decides(['size'], 'label'), decides(['size'], 'weight')];
    const { kept, counts } = await broken(columns, rules);
    expect(kept).toEqual(rules);
    expect(counts).toEqual([0, 0]);
  });

  it('keeps what one decides together with a text, in combinations that enough rows hold', async () => {
    const columns = [
      makeColumn('size', size),
      makeColumn(
        'zone',
        zone.map((i) => `z${i}`),
      ),
      price,
    ];
    const rules = [decides(['size', 'zone'], 'price')];
    const { kept, counts, drawn } = await broken(columns, rules);
    expect(kept).toEqual(rules);
    expect(counts).toEqual([0]);
    const rows = new Map<string, number>();
    size.forEach((cell, row) => {
      const key = `${cell} z${zone[row]}`;
      rows.set(key, (rows.get(key) ?? 0) + 1);
    });
    const [a, b] = drawn.map(({ data }) => data);
    if (a?.kind !== 'number' || b?.kind !== 'text') throw new TypeError('unexpected columns');
    a.values.forEach((cell, row) => {
      expect(rows.get(`${cell} ${b.dictionary[b.codes[row]!]}`)).toBeGreaterThanOrEqual(5);
    });
  });

  it('keeps a binned number that two texts decide', async () => {
    const columns = [
      makeColumn(
        'size',
        size.map((cell) => `s${cell}`),
      ),
      makeColumn(
        'zone',
        zone.map((i) => `z${i}`),
      ),
      price,
    ];
    const rules = [decides(['size', 'zone'], 'price')];
    const { kept, drawn } = await drawKept(columns, rules, 4000);
    expect(kept.rules).toEqual(rules);
    // Of texts of few rows, which stand for protected ones, the rule says nothing.
    const rows = new Map<string, number>();
    for (const cell of size) rows.set(`s${cell}`, (rows.get(`s${cell}`) ?? 0) + 1);
    const own = drawn[0]!.data;
    if (own.kind !== 'text') throw new TypeError('texts are expected');
    const isFrequent = Array.from(own.codes, (code) => rows.get(own.dictionary[code]!)! >= 5);
    const states = rowsKeeping(rules[0]!, drawn, columns).filter((_, row) => isFrequent[row]);
    expect(states.length).toBeGreaterThan(3900);
    expect(new Set(states)).toEqual(new Set([KEEPS]));
  });

  it('keeps none where all other numbers would become the one that is known', async () => {
    const cost = each(() => (stream.uniform() < 0.8 ? 0 : Math.round(1e6 * stream.uniform()) / 100));
    const columns = [
      makeColumn('cost', cost),
      makeColumn(
        'kind',
        cost.map((cell) => (cell > 0 ? `k${Math.floor(cell) % 3}` : 'none')),
      ),
    ];
    const { kept, drawn } = await drawKept(columns, [decides(['cost'], 'kind')], 4000);
    expect(kept.rules).toEqual([]);
    const own = drawn[0]!.data;
    if (own.kind !== 'number') throw new TypeError('numbers are expected');
    const share = own.values.filter((cell) => cell > 0).length / 4000;
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
  });

  it('keeps none where few rows hold a combination that others hold too', async () => {
    const key = each(() => stream.below(900));
    const columns = [
      makeColumn('key', key),
      makeColumn(
        'zone',
        zone.map((i) => `z${i}`),
      ),
      makeColumn(
        'price',
        key.map((cell, row) => ((cell * 7 + zone[row]! * 5) % 11) + 0.5),
      ),
    ];
    expect((await broken(columns, [decides(['key', 'zone'], 'price')])).kept).toEqual([]);
  });
});

it('looks up what as many rows share as show a value of the first determinant', async () => {
  const first = each((row) => (row < 9 ? 'few' : `a${row % 4}`));
  const columns = [
    makeColumn('a', first),
    makeColumn(
      'b',
      first.map((cell) => `b of ${cell}`),
    ),
  ];
  const known = async (threshold: number) => {
    const thresholdOf = (name: string) => (name === 'a' ? threshold : 5);
    const read = async (name: string) => columns.find((column) => column.name === name)!;
    const rule: RuleOf<'functional-dependency'> = {
      kind: 'functional-dependency',
      determinant: ['a'],
      dependent: 'b',
      oneToOne: false,
    };
    const { step } = await lookUpStep(rule, read, { enabled: true, thresholdOf }, 0);
    return step.kind === 'look-up' && step.cells.some(([key]) => key[0] === 'few');
  };
  expect([await known(9), await known(10)]).toEqual([true, false]);
});
