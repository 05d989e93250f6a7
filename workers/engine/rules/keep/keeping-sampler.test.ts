import { describe, expect, it } from 'vitest';
import { type ColumnData, columnLength, takeRows } from '../../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../../src/domain/columns';
import { RandomStream } from '../../../../src/domain/random';
import type { Rule } from '../../../../src/domain/rules';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { checkRule } from '../../../rules/check-rule';
import type { RuleColumn } from '../../../rules/rule-column';
import type { FeatureColumn } from '../../models/model';
import { collect, samplerOf } from '../testing/column-by-column';

const DAY = 86_400_000;
const ROWS = 2000;
const configuration = SyntheticTableConfiguration.parse({});

type Made = readonly [name: string, type: StorageType, encoding: ResolvedEncodingType, data: ColumnData];

function numbers(make: (row: number) => number | null): ColumnData {
  const cells = Array.from({ length: ROWS }, (_, row) => make(row));
  const nulls = Uint8Array.from(cells, (cell) => Number(cell === null));
  return {
    kind: 'number',
    values: Float64Array.from(cells, (cell) => cell ?? 0),
    nulls: nulls.includes(1) ? nulls : null,
  };
}

function texts(make: (row: number) => string): ColumnData {
  const cells = Array.from({ length: ROWS }, (_, row) => make(row));
  const dictionary = [...new Set(cells)];
  return { kind: 'text', codes: Int32Array.from(cells, (cell) => dictionary.indexOf(cell)), dictionary };
}

/** A table with a rule of every kind that can be kept. */
function makeTable(): { columns: RuleColumn[]; features: FeatureColumn[]; rules: Rule[] } {
  const stream = new RandomStream(7, 'table');
  const draw = (below: number) => Array.from({ length: ROWS }, () => stream.below(below));
  const [qty, city, start, stay, days, flag, rank] = [9, 12, 900, 14, 12_000, 3, 6].map(draw);
  const prices = [9.9, 12, 25.5, 40];
  const price = draw(4);
  const ranks = [
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
    [3, 2, 1],
  ];
  const cents = (value: number) => Math.round(value * 100) / 100;
  const net = (row: number) => cents((1 + qty![row]!) * prices[price[row]!]!);
  const tax = (row: number) => cents(0.2 * net(row));
  const made: Made[] = [
    ['qty', 'integer', 'TABULAR_NUMERIC_DISCRETE', numbers((row) => 1 + qty![row]!)],
    ['price', 'float', 'TABULAR_NUMERIC_DISCRETE', numbers((row) => prices[price[row]!]!)],
    ['net', 'float', 'TABULAR_NUMERIC_BINNED', numbers(net)],
    ['tax', 'float', 'TABULAR_NUMERIC_BINNED', numbers(tax)],
    ['gross', 'float', 'TABULAR_NUMERIC_BINNED', numbers((row) => cents(net(row) + tax(row)))],
    ['city', 'text', 'TABULAR_CATEGORICAL', texts((row) => `city ${city![row]}`)],
    ['region', 'text', 'TABULAR_CATEGORICAL', texts((row) => `region ${city![row]! % 4}`)],
    ['rate', 'float', 'TABULAR_NUMERIC_BINNED', numbers((row) => 1.5 + (city![row]! % 4) / 8)],
    ['from', 'date', 'TABULAR_DATETIME', numbers((row) => (18_000 + start![row]!) * DAY)],
    ['to', 'date', 'TABULAR_DATETIME', numbers((row) => (18_001 + start![row]! + stay![row]!) * DAY)],
    ['born', 'date', 'TABULAR_DATETIME', numbers((row) => days![row]! * DAY)],
    [
      'year',
      'integer',
      'TABULAR_NUMERIC_DISCRETE',
      numbers((row) => new Date(days![row]! * DAY).getUTCFullYear()),
    ],
    ['week', 'integer', 'TABULAR_NUMERIC_BINNED', numbers((row) => 1 + Math.floor(days![row]! / 7))],
    ['works', 'text', 'TABULAR_CATEGORICAL', texts((row) => (flag![row] ? 'yes' : 'no'))],
    [
      'size',
      'text',
      'TABULAR_CATEGORICAL',
      texts((row) => (net(row) < 60 ? 'small' : net(row) < 150 ? 'medium' : 'large')),
    ],
    [
      'shipping',
      'float',
      'TABULAR_NUMERIC_DISCRETE',
      numbers((row) => (row % 40 === 0 ? null : net(row) < 100 ? 4.9 : 0)),
    ],
    [
      'season',
      'text',
      'TABULAR_CATEGORICAL',
      texts((row) => (days![row]! < 3000 || days![row]! >= 9000 ? 'dry' : 'wet')),
    ],
    [
      'costs more',
      'text',
      'TABULAR_CATEGORICAL',
      texts((row) => (qty![row]! + 1 > prices[price[row]!]! ? 'pieces' : 'price')),
    ],
    ['hours', 'float', 'TABULAR_NUMERIC_BINNED', numbers((row) => (flag![row] ? 10 + qty![row]! : 0))],
    [
      'since',
      'date',
      'TABULAR_DATETIME',
      numbers((row) => (flag![row] ? (start![row]! + 9000) * DAY : null)),
    ],
    ...[0, 1, 2].map(
      (k): Made => [
        `is ${k}`,
        'integer',
        'TABULAR_NUMERIC_DISCRETE',
        numbers((row) => Number(flag![row] === k)),
      ],
    ),
    ...[0, 1, 2].map(
      (k): Made => [
        `rank ${k}`,
        'integer',
        'TABULAR_NUMERIC_DISCRETE',
        numbers((row) => ranks[rank![row]!]![k]!),
      ],
    ),
  ];
  const columns = made.map(([name, storageType, , data]) => ({ name, storageType, data }));
  const features = made.map(([name, storageType, encodingType], i) => ({
    schema: { name, originalName: name, storageType },
    encodingType,
    sourceIndex: i,
    outputIndex: i,
  }));
  const nearest = { decimals: 2, rounding: 'nearest' as const };
  const rules: Rule[] = [
    {
      kind: 'product',
      target: 'net',
      factor: 1,
      factors: [
        { column: 'qty', power: 1 },
        { column: 'price', power: 1 },
      ],
      ...nearest,
    },
    { kind: 'linear', target: 'tax', terms: [{ column: 'net', factor: 0.2 }], constant: 0, ...nearest },
    {
      kind: 'linear',
      target: 'gross',
      terms: ['net', 'tax'].map((column) => ({ column, factor: 1 })),
      constant: 0,
      ...nearest,
    },
    { kind: 'functional-dependency', determinant: ['city'], dependent: 'region', oneToOne: false },
    { kind: 'functional-dependency', determinant: ['region'], dependent: 'rate', oneToOne: true },
    { kind: 'inequality', low: 'from', high: 'to', strict: true },
    { kind: 'date-part', target: 'year', column: 'born', part: 'year', cells: null },
    { kind: 'date-count', target: 'week', date: ['born'], unit: 7 * DAY, origin: -7 * DAY },
    { kind: 'implied-value', column: 'hours', cell: 0, by: 'works', values: ['no'], exactly: true },
    { kind: 'implied-value', column: 'since', cell: null, by: 'works', values: ['no'], exactly: true },
    {
      ...{ kind: 'thresholds', target: 'size', column: 'net', inclusive: false },
      ...{ thresholds: [60, 150], cells: ['small', 'medium', 'large'] },
    },
    {
      ...{ kind: 'thresholds', target: 'shipping', column: 'net', inclusive: false },
      ...{ thresholds: [100], cells: [4.9, 0] },
    },
    {
      ...{ kind: 'thresholds', target: 'season', column: 'born', inclusive: false },
      ...{ thresholds: [3000 * DAY, 9000 * DAY], cells: ['dry', 'wet', 'dry'] },
    },
    {
      ...{ kind: 'thresholds', target: 'costs more', column: 'qty', minus: 'price', inclusive: true },
      ...{ thresholds: [0], cells: ['price', 'pieces'] },
    },
    { kind: 'one-hot', columns: ['is 0', 'is 1', 'is 2'] },
    { kind: 'permutation', columns: ['rank 0', 'rank 1', 'rank 2'] },
  ];
  return { columns, features, rules };
}

async function keepingSampler() {
  const { columns, features, rules } = makeTable();
  return { columns, rules, ...(await samplerOf(columns, features, rules)) };
}

describe('KeepingSampler', () => {
  it('keeps every rule in every row, whatever the model draws', async () => {
    const { columns, rules, kept, sampler } = await keepingSampler();
    expect(kept.rules).toHaveLength(rules.length);
    const drawn = await collect(sampler.rows({ rows: 800, seed: 3, configuration }), columns);
    for (const rule of rules) {
      const { applicable, kept: holding } = checkRule(rule, drawn, columns);
      expect([rule.kind, holding]).toEqual([rule.kind, applicable]);
      expect(applicable).toBeGreaterThan(300);
    }
    // Columns that no rule computes come out as they were drawn.
    const share = (column: RuleColumn) =>
      column.data.kind === 'number'
        ? column.data.values.reduce((a, b) => a + b) / columnLength(column.data)
        : 0;
    expect(share(drawn[0]!) / share(columns[0]!)).toBeCloseTo(1, 1);
  });

  it('gives the same rows again', async () => {
    const { columns, sampler } = await keepingSampler();
    const request = { rows: 200, seed: 5, configuration };
    const first = await collect(sampler.rows(request), columns);
    expect(await collect(sampler.rows(request), columns)).toEqual(first);
  });

  it('solves for other columns where a computed one is given', async () => {
    const { columns, sampler } = await keepingSampler();
    const rows = 100;
    const at = (name: string) => columns.findIndex((column) => column.name === name);
    const take = Uint32Array.from({ length: rows }, (_, row) => row);
    const given = ['to', 'gross'].map((name) => ({
      feature: at(name),
      data: takeRows(columns[at(name)]!.data, take),
      given: null,
    }));
    const drawn = await collect(sampler.complete(given, { rows, seed: 2, configuration }), columns);
    expect(drawn[at('to')]!.data).toEqual(given[0]!.data);
    expect(drawn[at('gross')]!.data).toEqual(given[1]!.data);
    const order = checkRule({ kind: 'inequality', low: 'from', high: 'to', strict: true }, drawn, columns);
    expect(order).toMatchObject({ applicable: rows, kept: rows });
  });
});
