import { describe, expect, it } from 'vitest';
import { riskOfBudget } from '../../../../src/domain/attack-risk';
import { columnLength, concatenate, type NamedColumn } from '../../../../src/domain/column-data';
import { ledgerSentences } from '../../../../src/domain/differential-privacy';
import { SyntheticTableConfiguration } from '../../../../src/domain/synthetic-datasets';
import { reportOn } from '../../../quality/testing/report-on';
import { EngineService } from '../../engine-service';
import { secureBits, seededBits } from '../../privacy/dp/random-bits';
import type { EngineEvent } from '../../protocol';
import { MemoryDatabase } from '../../testing/memory-database';
import { trainRequest } from '../../testing/train-request';
import type { Model } from '../model';
import { MarginalsModel } from './model';
import { mixedRows } from './testing/mixed-rows';

/** Trains and draws as many rows, through the engine. */
async function run(
  table: readonly NamedColumn[],
  settings: object,
  seed: number | null = 1,
  draw = 1,
  subjectColumns?: readonly string[],
) {
  const database = new MemoryDatabase({ source: table });
  const model: Model = new MarginalsModel(() =>
    seed === null ? secureBits() : seededBits(seed),
  ) as unknown as Model;
  const engine = new EngineService(async () => model);
  engine.attach(database, () => {});
  const { summary, rules } = await engine.train('t', requestOf(table, settings, subjectColumns));
  const stored = await engine.exportModel('model');
  await engine.importModel('copy', stored);
  await engine.generate('g', {
    modelId: 'copy',
    tableId: 'drawn',
    fileName: 'drawn',
    rows: columnLength(table[0]!.data),
    randomState: draw,
    configuration: SyntheticTableConfiguration.parse({}),
  });
  const { columns, blocks } = database.datasets.get('drawn')!;
  const rows = columns.map((schema, c) => ({
    ...schema,
    data: blocks.map((block) => block[c]!).reduce(concatenate),
  }));
  return {
    rows,
    rules,
    manifest: stored.manifest,
    ledger: summary.differentialPrivacy!,
    used: summary.rows.training,
  };
}

function requestOf(table: readonly NamedColumn[], settings: object, subjectColumns?: readonly string[]) {
  const configuration = { model: 'marginals', ...settings };
  if (!subjectColumns) return trainRequest(table, { configuration });
  return trainRequest(table, { configuration, subjectColumns, rows: { subjectColumns } });
}

const texts = ({ data }: NamedColumn) =>
  data.kind === 'text' ? new Set(Array.from(data.codes, (code) => data.dictionary[code])) : new Set();

describe('private marginals', () => {
  const table = mixedRows(12_000, 1);

  it('are close to the table within the budget, and find no rules', async () => {
    const { rows, rules, ledger } = await run(table, { maxEpsilon: 3 });
    const { accuracy } = (await reportOn({ training: table, synthetic: rows }, { original: 'training' }))
      .metrics;
    expect(accuracy.univariate!).toBeGreaterThan(0.97);
    expect(accuracy.bivariate!).toBeGreaterThan(0.94);
    expect(rules).toEqual([]);
    expect(ledger.epsilon).toBeLessThanOrEqual(3);
    expect(ledger.epsilon).toBeGreaterThan(2.5);
    expect(ledger.releases.map(({ what }) => what).sort()).toEqual([
      'columns',
      'domains: categories',
      'domains: decimals',
      'domains: ranges',
      'pairs',
      'pairs: choice',
    ]);
    const [, amount] = [rows[1], rows[3]!.data];
    // Zeros, hundreds, missing values and the grid of cents come back.
    const cells =
      amount.kind === 'number' ? [...amount.values].filter((_, i) => amount.nulls?.[i] !== 1) : [];
    expect(cells.every((value) => value % 100 === 0)).toBe(true);
    expect(cells.length / 12_000).toBeCloseTo(0.8, 1);
    const income = rows[2]!.data;
    const cents = income.kind === 'number' ? [...income.values].map((value) => 100 * value) : [];
    expect(cents.every((value) => Math.abs(value - Math.round(value)) < 1e-6)).toBe(true);
  });

  it('say of an added rule that it is not kept', async () => {
    const rule = { kind: 'inequality', low: table[0]!.name, high: table[2]!.name, strict: false } as const;
    const engine = new EngineService(async () => new MarginalsModel(() => seededBits(1)) as unknown as Model);
    engine.attach(new MemoryDatabase({ source: table }), () => {});
    const configuration = { model: 'marginals' };
    const request = trainRequest(table, { configuration, rules: { added: [rule] } });
    const { rules } = await engine.train('t', request);
    expect(rules).toEqual([{ rule, applicable: 0, kept: 0, source: 'added', state: 'unkept' }]);
  });

  it('tell what they release, step by step, up to all that the ledger has', async () => {
    const events: EngineEvent[] = [];
    const engine = new EngineService(async () => new MarginalsModel(() => seededBits(1)) as unknown as Model);
    engine.attach(new MemoryDatabase({ source: table }), (event) => events.push(event));
    const { summary } = await engine.train('t', requestOf(table, { maxEpsilon: 2 }));
    const ledger = summary.differentialPrivacy!;
    riskOfBudget('gaussian', { maxEpsilon: 2, delta: 1e-5 }).forEach(
      ({ falsePositives, truePositives }, k) => {
        expect(ledger.attackRisk[k]!.falsePositives).toBe(falsePositives);
        expect(ledger.attackRisk[k]!.truePositives).toBeCloseTo(truePositives, 9);
      },
    );
    const messages = events.flatMap((event) => (event.type === 'message' ? [event.message] : []));
    expect(messages.map(({ release }) => release)).toEqual([
      'categories, ranges and decimals',
      'values of columns',
      'pairs of columns that join all of them',
      'more pairs of columns',
    ]);
    const spent = messages.map(({ epsilon }) => epsilon!);
    expect(spent).toEqual(spent.toSorted((a, b) => a - b));
    expect(spent[0]).toBeGreaterThan(0);
    expect(spent.at(-1)).toBe(ledger.epsilon);
    const releases = ledger.releases.reduce((sum, { releases }) => sum + releases, 0);
    expect(messages.at(-1)!.steps).toBe(releases);
    const steps = events.flatMap((event) =>
      event.type === 'step' && event.step.code === 'TRAIN_MODEL' ? [event.step] : [],
    );
    const phases = steps.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1]);
    expect(phases.filter((phase) => phase !== undefined)).toEqual([
      ...['COUNT_COLUMNS', 'CHOOSE_PAIRS', 'COUNT_PAIRS', 'CHOOSE_PAIRS', 'COUNT_PAIRS', 'FIT_PAIRS'],
    ]);
    const last = (phase: string) => steps.findLast((step) => step.phase === phase)!;
    expect(last('FIT_PAIRS').unit).toBe('passes');
    expect(last('COUNT_PAIRS').unit).toBe('pairs');
    for (const { value, max } of steps) expect(value).toBeLessThanOrEqual(max ?? Infinity);
    expect(steps.at(-1)!.status).toBe('DONE');
  });

  it('keep what pairs beyond the tree say', async () => {
    const { rows } = await run(table, { maxEpsilon: 20 });
    const share = (columns: readonly NamedColumn[]) => {
      const [age, colour] = [columns[0]!.data, columns[1]!.data];
      if (age.kind !== 'number' || colour.kind !== 'text') throw new Error('columns changed');
      const old = [...age.values.keys()].filter((row) => age.values[row]! > 60);
      return old.filter((row) => colour.dictionary[colour.codes[row]!] === 'red').length / old.length;
    };
    expect(Math.abs(share(rows) - share(table))).toBeLessThan(0.04);
  });

  it('hide categories and numbers of few rows', async () => {
    const rows = 12_000;
    const codes = Int32Array.from({ length: rows }, (_, row) => (row < 6 ? 2 : row % 2));
    const values = Float64Array.from({ length: rows }, (_, row) => (row < 6 ? 5_000_000 : 10 + (row % 50)));
    const small: NamedColumn[] = [
      { name: 'c', storageType: 'text', data: { kind: 'text', codes, dictionary: ['a', 'b', 'SECRET'] } },
      { name: 'v', storageType: 'integer', data: { kind: 'number', values, nulls: null } },
    ];
    const { rows: drawn, manifest } = await run(small, { maxEpsilon: 1 });
    expect(manifest).not.toContain('SECRET');
    expect([...texts(drawn[0]!)].every((text) => ['a', 'b', '(other)'].includes(String(text)))).toBe(true);
    const numbers = drawn[1]!.data;
    expect(numbers.kind === 'number' && Math.max(...numbers.values)).toBeLessThan(1000);
  });

  it('say that seeded noise protects nobody, and that secure noise does', async () => {
    const seeded = await run(mixedRows(2000, 4), {});
    expect(seeded.ledger.noise).toBe('seeded');
    expect(ledgerSentences(seeded.ledger)[0]).toContain('NONE');
    const secure = await run(mixedRows(2000, 4), { maxEpsilon: 1 }, null);
    expect(secure.ledger.noise).toBe('secure');
    const [guarantee, risk, uncovered] = ledgerSentences(secure.ledger);
    expect(guarantee).toMatch(/ε (1|0\.9\d+), δ 0\.00001 for each subject, if each has one row/);
    expect(risk).toMatch(/finds .* % of the subjects at 1 % false alarms/);
    expect(uncovered).toContain('number of rows and of subjects');
  });

  it('do not tell which of the categories declared public is frequent', async () => {
    const codes = Int32Array.from({ length: 900 }, (_, row) => (row < 100 ? 0 : row < 600 ? 2 : 1));
    const data = { kind: 'text', codes, dictionary: ['b', 'c', 'a'] } as const;
    const towns: NamedColumn = { name: 'town', storageType: 'text', data };
    const model = new MarginalsModel(() => seededBits(1), true) as unknown as Model;
    const engine = new EngineService(async () => model);
    engine.attach(new MemoryDatabase({ source: [towns] }), () => {});
    await engine.train('t', requestOf([towns], {}));
    const { manifest } = await engine.exportModel('model');
    expect(manifest).toContain('"values":["a","b","c"]');
  });

  it('come out the same from the same noise and seed, and differ with either', async () => {
    const small = mixedRows(2000, 3);
    const first = await run(small, {});
    const second = await run(small, {});
    expect(second.rows).toEqual(first.rows);
    expect(second.manifest).toBe(first.manifest);
    expect((await run(small, {}, 2)).manifest).not.toBe(first.manifest);
    expect((await run(small, {}, 1, 2)).rows).not.toEqual(first.rows);
    const secure = await run(small, {}, null);
    expect((await run(small, {}, null)).manifest).not.toBe(secure.manifest);
  });

  it('use no more rows of a subject than was set', async () => {
    const ids = Int32Array.from({ length: 12_000 }, (_, row) => Math.floor(row / 10));
    const dictionary = Array.from({ length: 1200 }, (_, id) => `person ${id}`);
    const id: NamedColumn = {
      name: 'id',
      storageType: 'text',
      data: { kind: 'text', codes: ids, dictionary },
    };
    const { ledger, manifest, used } = await run([id, ...table], { maxEpsilon: 20 }, 1, 1, ['id']);
    expect(ledger.subjects).toBe('known');
    expect(used).toBeLessThanOrEqual(1200);
    expect(used).toBeGreaterThan(1000);
    expect(manifest).not.toContain('person 1');
    expect(ledgerSentences({ ...ledger, noise: 'secure' })[0]).toContain('one row of each was used');
  });

  it('refuse a budget that domains alone would take', async () => {
    await expect(run(table, { maxEpsilon: 1, valueProtectionEpsilon: 1 })).rejects.toThrow(
      'nothing to learn with',
    );
    const { ledger } = await run(table, { maxEpsilon: 1, valueProtectionEpsilon: 0.5 });
    expect(ledger.epsilon).toBeLessThanOrEqual(1);
  });

  it.each([1, 2])('take a table of %d columns, one of them all missing', async (count) => {
    const empty: NamedColumn = {
      name: 'e',
      storageType: 'float',
      data: {
        kind: 'number',
        values: new Float64Array(500),
        nulls: new Uint8Array(500).fill(1).fill(0, 0, 20),
      },
    };
    const { rows } = await run([empty, ...mixedRows(500, 2).slice(0, count - 1)], { maxEpsilon: 1 });
    expect(rows).toHaveLength(count);
  });
});
