import { describe, expect, it } from 'vitest';
import { GeneratorConfig, type SourceTableConfig } from './generators';
import { crossFits, fewRowsWarning, reportRows, TINY_ROWS, trainingRows } from './row-plan';
import { ALL_ROWS, selectRows } from './split';

function config(
  settings: Partial<SourceTableConfig['tabularModelConfiguration']> = {},
  holdoutSourceId: string | null = null,
): GeneratorConfig {
  const table = { name: 't', sourceId: 's', tableId: 'rows', columns: [], holdoutSourceId };
  return GeneratorConfig.parse({
    name: 'g',
    randomState: 5,
    tables: [{ ...table, tabularModelConfiguration: settings }],
  });
}

describe('the rows a generator trains on', () => {
  it('leave a fifth for the report where there is no other holdout', () => {
    const rows = trainingRows(config(), 50_000, null);
    expect(rows).toEqual({
      part: 'training',
      seed: 5,
      validationShare: 0.2,
      maxValidation: null,
      maxSampleSize: null,
    });
    expect(selectRows(50_000, rows)).toHaveLength(40_000);
  });

  it('leave a tenth, of at most 5,000, for early stopping where there is one', () => {
    const selection = trainingRows(config({}, 'h'), 50_000, null);
    expect(selectRows(20_000, selection)).toHaveLength(18_000);
    expect(selectRows(100_000, selection)).toHaveLength(95_000);
  });

  it('are all rows of a tiny table with a holdout, unless nothing guards it', () => {
    const share = (rows: number, settings = {}) =>
      trainingRows(config(settings, 'h'), rows, null).validationShare;
    expect(share(TINY_ROWS)).toBe(0);
    expect(share(TINY_ROWS + 1)).toBe(0.1);
    expect(share(TINY_ROWS, { privacyGuard: false })).toBe(0.1);
    expect(share(50_000, { maxSampleSize: 500 })).toBe(0);
  });

  it.each([
    ['marginals', { model: 'marginals' }],
    ['gradients', { differentialPrivacy: { maxEpsilon: 3, valueProtectionEpsilon: null } }],
  ])('are all rows of a private training with a holdout, which validates nothing: %s', (_name, settings) => {
    const made = (holdout: string | null) => config(settings as never, holdout);
    expect(trainingRows(made('h'), 50_000, null).validationShare).toBe(0);
    expect(trainingRows(made(null), 50_000, null).validationShare).toBe(0.2);
    expect(reportRows(made(null), 50_000, null, null).holdout.steered).toBe(false);
    expect(reportRows(config(), 50_000, null, null).holdout.steered).toBe(true);
  });

  it('are tiny up to a thousand under the guard', () => {
    expect([crossFits(1000, true), crossFits(1001, true), crossFits(1000, false)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the rows of a report', () => {
  it('are those trained on and those held back, which steered the training unless it was tiny', () => {
    const { training, holdout } = reportRows(config(), 50_000, null, null);
    expect(training).toEqual({ tableId: 'rows', rows: trainingRows(config(), 50_000, null) });
    expect(holdout).toMatchObject({
      tableId: 'rows',
      rows: { ...training.rows, part: 'validation' },
      origin: 'validation',
      steered: true,
    });
    const steered = (rows: number) => reportRows(config(), rows, null, null).holdout.steered;
    expect([steered(1250), steered(1252)]).toEqual([false, true]);
  });

  it('are all of the source against all of the holdout where there is one', () => {
    const { training, holdout } = reportRows(config({ maxSampleSize: 300 }, 'h'), 50_000, null, 'other rows');
    expect(training.rows).toMatchObject({ part: 'all', maxSampleSize: 300 });
    expect(holdout).toEqual({ tableId: 'other rows', rows: ALL_ROWS, origin: 'file', steered: false });
  });
});

describe('fewRowsWarning', () => {
  it('warns below 100 rows and says below 20 that there can be no model', () => {
    expect(fewRowsWarning(100)).toBeNull();
    expect(fewRowsWarning(99)).toMatch(/^Only 99 rows: .*mostly chance/);
    expect(fewRowsWarning(20)).toMatch(/mostly chance/);
    expect(fewRowsWarning(19)).toMatch(/at least 20, from fewer it could only copy/);
    expect(fewRowsWarning(1)).toMatch(/^Only 1 row:/);
  });
});
