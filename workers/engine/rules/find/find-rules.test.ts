import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../src/domain/random';
import type { CheckedRule } from '../../../../src/domain/rules';
import type { RuleColumn } from '../../../rules/rule-column';
import { makeColumn } from '../../../rules/testing/make-column';
import { holdsIn, says } from '../testing/compare-rules';
import { randomTable } from '../testing/random-tables';
import { findRules } from './find-rules';

const find = (columns: readonly RuleColumn[]) => findRules(columns, async () => {});

/** A rule without its kind, shortened to what is telling. */
const ofKind = (rules: readonly CheckedRule[], kind: string) =>
  rules.map(({ rule }) => rule).filter((rule) => rule.kind === kind);

function rows<T>(count: number, make: (row: number, stream: RandomStream) => T): T[] {
  const stream = new RandomStream(7, 'test rows');
  return Array.from({ length: count }, (_, row) => make(row, stream));
}

describe('findRules', () => {
  it('finds the rules of generated tables and no others', async () => {
    let [planted, found, wrong] = [0, 0, 0];
    for (let seed = 501; seed <= 508; seed++) {
      const table = randomTable(seed, seed, 700);
      const further = randomTable(seed, seed + 1000, 4000);
      const rules = await find(table.columns);
      planted += table.planted.length;
      found += table.planted.filter((rule) => rules.some((other) => says(other.rule, rule))).length;
      wrong += rules.filter((rule) => !holdsIn(rule, further.columns, table.columns)).length;
    }
    expect(planted).toBeGreaterThan(30);
    expect(found / planted).toBeGreaterThanOrEqual(0.95);
    expect(wrong).toBeLessThanOrEqual(2);
  });

  it('gives the same rules for the same table', async () => {
    const { columns } = randomTable(3, 3, 800);
    expect(await find(columns)).toEqual(await find(columns));
  });

  it('finds nothing in unrelated columns and in few rows', async () => {
    const noise = Array.from({ length: 12 }, (_, i) => {
      const stream = new RandomStream(i, 'noise');
      const cells = Array.from({ length: 2000 }, () => stream.below(i % 3 === 0 ? 4 : 60));
      return makeColumn(`c${i}`, i % 2 === 0 ? cells : cells.map((cell) => `t${cell}`));
    });
    expect(await find(noise)).toEqual([]);
    const copies = ['a', 'b'].map((name) => makeColumn(name, [1, 2, 3, 4, 5]));
    expect(await find(copies)).toEqual([]);
    expect(await find([])).toEqual([]);
  });

  it('lists city and region, region and country, not city and country', async () => {
    const city = rows(600, (_, stream) => stream.below(24));
    const columns = [
      makeColumn(
        'country',
        city.map((i) => `C${(i % 6) % 3}`),
      ),
      makeColumn(
        'city',
        city.map((i) => `city ${i}`),
      ),
      makeColumn(
        'region',
        city.map((i) => `R${i % 6}`),
      ),
    ];
    const dependencies = (await find(columns)).map(({ rule }) => rule);
    expect(dependencies).toEqual([
      { kind: 'functional-dependency', determinant: ['city'], dependent: 'region', oneToOne: false },
      { kind: 'functional-dependency', determinant: ['region'], dependent: 'country', oneToOne: false },
    ]);
  });

  it('does not take what is true of one frequent number for a dependency', async () => {
    const rare = rows(4000, (_, stream) => stream.uniform() < 0.015);
    const other = rows(4000, (_, stream) => [stream.uniform() < 0.8, stream.uniform()] as const).reverse();
    const cost = rare.map((isRare, row) => {
      const [isZero, size] = other[row]!;
      return isZero && !isRare ? 0 : Math.round(1e6 * size) / 100;
    });
    const columns = [
      makeColumn('cost', cost),
      makeColumn(
        'event',
        rare.map((isRare) => (isRare ? 'yes' : 'no')),
      ),
    ];
    expect((await find(columns)).map(({ rule }) => rule)).toEqual([
      { kind: 'excluded-combinations', columns: ['cost', 'event'], combinations: [[0, 'yes']] },
    ]);
  });

  it('counts the rows that fail a sum which nearly always holds', async () => {
    const parts = rows(3000, (_, stream) => [stream.below(1000), stream.below(900)] as const);
    const total = parts.map(([a, b], row) => a + b + (row % 1000 === 5 ? 17 : 0));
    const columns = [
      makeColumn(
        'a',
        parts.map(([a]) => a),
      ),
      makeColumn(
        'b',
        parts.map(([, b]) => b),
      ),
      makeColumn('total', total),
    ];
    const sums = (await find(columns)).filter(({ rule }) => rule.kind === 'linear');
    expect(sums).toHaveLength(1);
    expect(sums[0]).toMatchObject({
      applicable: 3000,
      kept: 2997,
      rule: { target: 'total', constant: 0, decimals: 0 },
    });
  });

  it('does not take a shifted noisy copy, disjoint ranges or thin corners for rules', async () => {
    const x = rows(4000, (_, stream) => Math.round(100 + 10 * stream.normal()));
    const noise = rows(4000, (_, stream) => stream.normal() + 0 * stream.word()).reverse();
    const columns = [
      makeColumn('x', x),
      makeColumn(
        'near',
        x.map((cell, row) => Math.round(cell + 12 + 4 * noise[row]!)),
      ),
      makeColumn(
        'far',
        x.map((_, row) => Math.round(900 + 5 * noise[3999 - row]!)),
      ),
      makeColumn(
        'grade',
        x.map((cell, row) => Math.max(1, Math.min(7, Math.round((cell - 60) / 12 + 0.7 * noise[row]!)))),
      ),
    ];
    expect(await find(columns)).toEqual([]);
  });

  it('finds indicators of which one is rare, and ranks', async () => {
    const kind = rows(4000, (row, stream) => (row % 900 === 3 ? 3 : stream.below(3)));
    const ranks = rows(4000, (_, stream) => [...stream.permutation(4)]);
    const columns = [0, 1, 2, 3].flatMap((i) => [
      makeColumn(
        `is${i}`,
        kind.map((k) => Number(k === i)),
      ),
      makeColumn(
        `rank${i}`,
        ranks.map((row) => row[i]! + 1),
      ),
    ]);
    expect((await find(columns)).map(({ rule }) => rule)).toEqual([
      { kind: 'one-hot', columns: ['is0', 'is1', 'is2', 'is3'] },
      { kind: 'permutation', columns: ['rank0', 'rank1', 'rank2', 'rank3'] },
    ]);
  });

  it('ties answers of a survey to the question they depend on', async () => {
    const smokes = rows(1500, (_, stream) => stream.uniform() < 0.3);
    const answer = smokes.map((yes, row) => (yes ? 1 + ((row * 7) % 5) : null));
    const columns = [
      makeColumn('smokes', smokes),
      makeColumn('years', answer),
      makeColumn(
        'since',
        answer.map((cell, row) => cell && (row * 13) % 40),
      ),
    ];
    const rules = await find(columns);
    expect(ofKind(rules, 'missing-together')).toEqual([
      { kind: 'missing-together', columns: ['years', 'since'] },
    ]);
    expect(ofKind(rules, 'implied-value')).toEqual([
      { kind: 'implied-value', column: 'years', cell: null, by: 'smokes', values: ['false'], exactly: true },
    ]);
  });

  it('lets messages through while it works', async () => {
    let pauses = 0;
    const { columns } = randomTable(8, 8, 6000);
    await findRules(columns, async () => {
      pauses++;
    });
    expect(pauses).toBeGreaterThan(0);
  });
});
