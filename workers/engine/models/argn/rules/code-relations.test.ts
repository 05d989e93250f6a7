import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../../../src/domain/columns';
import type { Rule } from '../../../../../src/domain/rules';
import { analyseColumn, encodeColumn } from '../../../encoding/encoder';
import type { CodeRelation } from '../network/restrictions';
import { codeRelations } from './code-relations';

const text = (cells: readonly (string | null)[]): ColumnData => {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  return {
    kind: 'text',
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell))),
    dictionary,
  };
};
const numbers = (cells: readonly (number | null)[]): ColumnData => ({
  kind: 'number',
  values: Float64Array.from(cells, (cell) => cell ?? 0),
  nulls: Uint8Array.from(cells, (cell) => Number(cell === null)),
});

function table(columns: Record<string, [ResolvedEncodingType, StorageType, ColumnData]>) {
  const parts: Uint16Array[] = [];
  const features = Object.entries(columns).map(([name, [type, storageType, data]], outputIndex) => {
    const encoding = analyseColumn(data, storageType, type, {
      valueProtection: true,
      rareCategoryReplacementMethod: 'CONSTANT',
      seed: outputIndex,
    });
    parts.push(...encodeColumn(encoding, data));
    return { schema: { name, originalName: name, storageType }, outputIndex, encoding };
  });
  const rowCount = parts[0]!.length;
  const codes = new Uint16Array(parts.length * rowCount);
  parts.forEach((part, j) => {
    codes.set(part, j * rowCount);
  });
  return { features, codes, rowCount, trainingRows: rowCount, thresholdOf: () => 5 };
}

/** Whether a row of codes is in a relation. */
function lists(
  { members, tuples }: CodeRelation,
  codes: Uint16Array,
  rowCount: number,
  row: number,
): boolean {
  const own = members.map(({ part, groups }) => {
    const code = codes[part * rowCount + row]!;
    return groups ? groups[code]! : code;
  });
  for (let at = 0; at < tuples.length; at += own.length) {
    if (own.every((group, m) => tuples[at + m] === group)) return true;
  }
  return false;
}

const repeat = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('codeRelations', () => {
  it('lists what as many rows hold as show a value of the deciding column', () => {
    // Every city and kind shows; of the pairs, c9 with r1 is in 8 rows.
    const city = [...repeat(400, (i) => (i < 8 ? 'c9' : `c${i % 5}`)), ...repeat(40, () => 'c9')];
    const kind = [...repeat(400, () => 'r1'), ...repeat(40, () => 'r2')];
    const coded = table({
      city: ['TABULAR_CATEGORICAL', 'text', text(city)],
      kind: ['TABULAR_CATEGORICAL', 'text', text(kind)],
      label: ['TABULAR_CATEGORICAL', 'text', text(kind.map((name, i) => `${name} ${city[i] === 'c9'}`))],
    });
    const determinant = ['city', 'kind'];
    const rule: Rule = { kind: 'functional-dependency', determinant, dependent: 'label', oneToOne: false };
    const isListed = (threshold: number) => {
      const thresholdOf = (name: string) => (name === 'city' ? threshold : 5);
      const [relation] = codeRelations([rule], { ...coded, thresholdOf });
      return lists(relation!, coded.codes, coded.rowCount, 0);
    };
    expect([isListed(8), isListed(9)]).toEqual([true, false]);
  });

  const city = repeat(600, (i) => `c${i % 30}`);
  const region = city.map((name) => `r${Number(name.slice(1)) % 6}`);
  const cases: [string, Rule, Record<string, [ResolvedEncodingType, StorageType, ColumnData]>, number][] = [
    [
      'a functional dependency',
      { kind: 'functional-dependency', determinant: ['city'], dependent: 'region', oneToOne: false },
      {
        city: ['TABULAR_CATEGORICAL', 'text', text(city)],
        region: ['TABULAR_CATEGORICAL', 'text', text(region)],
      },
      30,
    ],
    [
      'excluded combinations',
      { kind: 'excluded-combinations', columns: ['sex', 'role'], combinations: [['f', 'husband']] },
      {
        sex: ['TABULAR_CATEGORICAL', 'text', text(repeat(600, (i) => (i % 2 ? 'f' : 'm')))],
        role: [
          'TABULAR_CATEGORICAL',
          'text',
          text(repeat(600, (i) => (i % 2 ? ['wife', 'other'] : ['husband', 'other'])[(i >> 1) % 2]!)),
        ],
      },
      3,
    ],
    [
      'missing together, a date among them',
      { kind: 'missing-together', columns: ['dose', 'on'] },
      {
        dose: ['TABULAR_NUMERIC_BINNED', 'float', numbers(repeat(600, (i) => (i % 3 ? i * 1.5 : null)))],
        on: ['TABULAR_DATETIME', 'date', numbers(repeat(600, (i) => (i % 3 ? i * 86_400_000 : null)))],
      },
      2,
    ],
    [
      'zero exactly where another says so',
      { kind: 'implied-value', column: 'hours', cell: 0, by: 'works', values: ['no'], exactly: true },
      {
        works: ['TABULAR_CATEGORICAL', 'text', text(repeat(600, (i) => (i % 3 ? 'yes' : 'no')))],
        hours: [
          'TABULAR_NUMERIC_BINNED',
          'float',
          numbers(repeat(600, (i) => (i % 3 ? 1 + (i % 97) / 7 : 0))),
        ],
      },
      2,
    ],
    [
      'one-hot',
      { kind: 'one-hot', columns: ['a', 'b', 'c'] },
      Object.fromEntries(
        ['a', 'b', 'c'].map((name, k) => [
          name,
          ['TABULAR_NUMERIC_DISCRETE', 'integer', numbers(repeat(600, (i) => Number(i % 3 === k)))],
        ]),
      ),
      3,
    ],
    [
      'ranks',
      { kind: 'permutation', columns: ['a', 'b', 'c'] },
      Object.fromEntries(
        ['a', 'b', 'c'].map((name, k) => [
          name,
          [
            'TABULAR_NUMERIC_DISCRETE',
            'integer',
            numbers(repeat(600, (i) => 1 + ((i * (1 + (i % 2)) + (i % 2 ? -k : k) + 3000) % 3))),
          ],
        ]),
      ),
      6,
    ],
    [
      'an order of binned numbers',
      { kind: 'inequality', low: 'low', high: 'high', strict: true },
      {
        low: ['TABULAR_NUMERIC_BINNED', 'float', numbers(repeat(600, (i) => (i * 37) % 101))],
        high: [
          'TABULAR_NUMERIC_BINNED',
          'float',
          numbers(repeat(600, (i) => ((i * 37) % 101) + 0.5 + (i % 50))),
        ],
      },
      Number.NaN,
    ],
    [
      'thresholds of a binned number, some of them inside a bin',
      {
        ...{ kind: 'thresholds', target: 'class', column: 'score', inclusive: false },
        ...{ thresholds: [33.3, 71.7], cells: ['low', 'medium', 'high'] },
      } as Rule,
      {
        score: [
          'TABULAR_NUMERIC_BINNED',
          'float',
          numbers(repeat(600, (i) => (i % 19 === 0 ? null : ((i * 37) % 1009) / 10))),
        ],
        class: [
          'TABULAR_CATEGORICAL',
          'text',
          text(
            repeat(600, (i) => {
              const score = ((i * 37) % 1009) / 10;
              if (i % 23 === 0) return null;
              return score < 33.3 ? 'low' : score < 71.7 ? 'medium' : 'high';
            }),
          ),
        ],
      },
      Number.NaN,
    ],
  ];

  it.each(cases)('lists what rows of the table hold, and not everything: %s', (_, rule, columns, count) => {
    const made = table(columns);
    const relations = codeRelations([rule], made);
    expect(relations).toHaveLength(1);
    const [relation] = relations;
    for (let row = 0; row < made.rowCount; row++)
      expect(lists(relation!, made.codes, made.rowCount, row)).toBe(true);
    const found = relation!.tuples.length / relation!.members.length;
    if (!Number.isNaN(count)) expect(found).toBe(count);
    const all = relation!.members.map(({ part, groups }) =>
      groups
        ? 1 + Math.max(...groups)
        : 1 + Math.max(...made.codes.subarray(part * made.rowCount, (part + 1) * made.rowCount)),
    );
    expect(found).toBeLessThan(all.reduce((a, b) => a * b));
  });

  it('lets missing cells of a dependency go with anything where they come by chance', () => {
    const lacks = (i: number) => i % 29 === 0;
    const made = table({
      city: ['TABULAR_CATEGORICAL', 'text', text(city.map((name, i) => (i % 23 === 0 ? null : name)))],
      region: ['TABULAR_CATEGORICAL', 'text', text(region.map((name, i) => (lacks(i) ? null : name)))],
    });
    const rule: Rule = {
      kind: 'functional-dependency',
      determinant: ['city'],
      dependent: 'region',
      oneToOne: false,
    };
    const [relation] = codeRelations([rule], made);
    for (let row = 0; row < made.rowCount; row++)
      expect(lists(relation!, made.codes, made.rowCount, row)).toBe(true);
    // 30 cities with their region or none, and a missing city with 6 regions or none.
    expect(relation!.tuples.length / 2).toBe(30 * 2 + 7);
  });

  it('adds the dependencies that follow from others', () => {
    const country = region.map((name) => `k${Number(name.slice(1)) % 2}`);
    const made = table({
      city: ['TABULAR_CATEGORICAL', 'text', text(city)],
      region: ['TABULAR_CATEGORICAL', 'text', text(region)],
      country: ['TABULAR_CATEGORICAL', 'text', text(country)],
    });
    const depends = (determinant: string, dependent: string): Rule => ({
      kind: 'functional-dependency',
      determinant: [determinant],
      dependent,
      oneToOne: false,
    });
    const relations = codeRelations([depends('city', 'region'), depends('region', 'country')], made);
    expect(relations.map(({ members }) => members.map(({ part }) => part))).toEqual([
      [0, 1],
      [1, 2],
      [0, 2],
    ]);
  });

  it('leaves a calendar its leap days', () => {
    const made = table({
      y: ['TABULAR_NUMERIC_DISCRETE', 'integer', numbers(repeat(4000, (i) => 2010 + (i % 5)))],
      m: ['TABULAR_NUMERIC_DISCRETE', 'integer', numbers(repeat(4000, (i) => 1 + (i % 12)))],
      d: ['TABULAR_NUMERIC_DISCRETE', 'integer', numbers(repeat(4000, (i) => 1 + (i % 31)))],
    });
    const [relation] = codeRelations([{ kind: 'calendar-date', year: 'y', month: 'm', day: 'd' }], made);
    expect(relation!.tuples.length / 3).toBe(5 * 365 + 1);
  });

  it('hides combinations that few rows hold', () => {
    const made = table({
      a: ['TABULAR_CATEGORICAL', 'text', text([...repeat(96, (i) => `a${i % 2}`), ...repeat(4, () => 'a0')])],
      b: ['TABULAR_CATEGORICAL', 'text', text([...repeat(96, (i) => `b${i % 2}`), ...repeat(4, () => 'b1')])],
    });
    const [relation] = codeRelations([{ kind: 'fixed-combinations', columns: ['a', 'b'] }], made);
    expect(relation!.tuples).toHaveLength(4);
  });
});
