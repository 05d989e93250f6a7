import { expect, it } from 'vitest';
import { takeRows } from '../../src/domain/column-data';
import { RandomStream } from '../../src/domain/random';
import { mixedTable, numbers, texts } from './testing/make-columns';
import { reportOn } from './testing/report-on';

const many = <T>(count: number, value: (i: number) => T) => Array.from({ length: count }, (_, i) => value(i));

it.each([
  [
    'one column',
    [
      numbers(
        'a',
        many(50, (i) => i % 7),
      ),
    ],
  ],
  [
    'a constant',
    [
      numbers(
        'a',
        many(50, (i) => i),
      ),
      texts(
        'b',
        many(50, () => 'x'),
      ),
    ],
  ],
  [
    'a column without any value',
    [
      numbers(
        'a',
        many(50, (i) => i),
      ),
      texts(
        'b',
        many(50, () => null),
      ),
    ],
  ],
  [
    'nothing but constants',
    [
      numbers(
        'a',
        many(50, () => 1),
      ),
      texts(
        'b',
        many(50, () => null),
      ),
    ],
  ],
  ['one row', [numbers('a', [1]), texts('b', ['x'])]],
])('%s: what can be computed is', async (_name, table) => {
  const report = await reportOn({ training: table, synthetic: table }, { withScoreErrors: true });
  const { accuracy, distances } = report.metrics;
  expect(accuracy.univariate).toBe(1);
  expect(accuracy.bivariate).toBe(table.length > 1 ? 1 : null);
  expect(distances).toMatchObject({ imsTraining: 1, imsHoldout: null, dcrShare: null });
  expect(Number.isFinite(report.scoreErrors!.overall)).toBe(true);
});

it('columns of other names and types are compared, and those of types that nothing brings together are not', async () => {
  const training = [
    numbers(
      'age',
      many(100, (i) => i % 9),
    ),
    texts(
      'code',
      many(100, (i) => `0${i % 3}`),
    ),
    numbers(
      'since',
      many(100, (i) => i * 86_400_000),
    ),
  ];
  training[2] = { ...training[2]!, storageType: 'date' };
  const synthetic = [
    texts(
      'AGE',
      many(100, (i) => (i === 0 ? 'unknown' : String(i % 9))),
    ),
    numbers(
      'code',
      many(100, (i) => i % 3),
    ),
    numbers(
      'since',
      many(100, (i) => i),
    ),
  ];
  const report = await reportOn({ training, synthetic }, { synthetic: { names: { age: 'AGE' } } });
  expect(report.univariate.map(({ column }) => column).sort()).toEqual(['age', 'code']);
  expect(report.metrics.accuracy.univariate!).toBeGreaterThan(0.98);
  expect(report.reconciled!.map(({ column, how, unread }) => [column, how, unread])).toEqual([
    ['since', 'apart', 0],
    ['age', 'read', 1],
    ['code', 'codes', 0],
  ]);
});

it('says how far accuracies swing with other rows of the same generator', async () => {
  const pool = mixedTable(40_000, 2);
  const training = mixedTable(1_000, 1);
  const random = new RandomStream(1, 'draws');
  const runs = [];
  for (let run = 0; run < 14; run++) {
    const rows = Uint32Array.from({ length: 400 }, () => random.below(40_000));
    const synthetic = pool.map((column) => ({ ...column, data: takeRows(column.data, rows) }));
    runs.push(await reportOn({ training, synthetic }, { withScoreErrors: true }));
  }
  for (const which of ['univariate', 'bivariate', 'overall'] as const) {
    const values = runs.map(({ metrics }) => metrics.accuracy[which]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    );
    const told = runs.reduce((sum, { scoreErrors }) => sum + scoreErrors![which]!, 0) / runs.length;
    expect(told / spread).toBeGreaterThan(0.6);
    expect(told / spread).toBeLessThan(2.2);
  }
});
