import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkResults } from './check-results';
import { RecipeChecks } from './recipe-checks';
import type { Report, RuleScore } from './reports';
import { settingsOf } from './setting';

function reportOf(overall: number | null, dcrShare: number | null, kept: readonly number[] = []) {
  const rules = kept.map(
    (rows) => ({ state: 'kept', synthetic: { applicable: 100, kept: rows } }) as RuleScore,
  );
  return {
    metrics: { accuracy: { overall, overallMax: 0.95 }, distances: { dcrShare } },
    rules,
  } as unknown as Report;
}

describe('the checks of a recipe', () => {
  it('say nothing where nothing is asked for', () => {
    expect(checkResults(RecipeChecks.parse({}), reportOf(0.1, 1))).toEqual([]);
  });

  it('are told with what was measured, and what was asked for', () => {
    const checks = { minAccuracy: 0.9, minAccuracyOfMaximum: 0.99, maxDcrShare: 0.51, minRulesKept: 1 };
    const results = checkResults(checks, reportOf(0.931, 0.5123, [100, 99]));
    expect(results.map(({ passed, sentence }) => [passed, sentence])).toEqual([
      [true, 'Accuracy: 93.1 %, at least 90 % is asked for – passed.'],
      [false, 'Share of the reachable accuracy: 98 %, at least 99 % is asked for – missed.'],
      [false, 'DCR share: 51.23 %, at most 51 % is asked for – missed.'],
      [false, 'Rows that keep the rule kept least often: 99 %, at least 100 % is asked for – missed.'],
    ]);
  });

  it('ask for a verdict, which no report without unseen rows passes', () => {
    const distances = { imsTraining: null, imsHoldout: null, dcrShare: null, dcrShareStandardError: null };
    const report = { ...reportOf(0.9, null), distanceRows: 0, holdout: 'none' } as unknown as Report;
    const unseen = { ...report, metrics: { ...report.metrics, distances } } as unknown as Report;
    const told = (minVerdict: 'pass' | 'inconclusive') =>
      checkResults({ minVerdict }, unseen).map(({ passed, sentence }) => [passed, sentence]);
    expect(told('pass')).toEqual([
      [false, 'Verdict on privacy: inconclusive, at least pass is asked for – missed.'],
    ]);
    expect(told('inconclusive')[0]![0]).toBe(true);
    expect(checkResults({ minVerdict: 'pass' }, null)[0]!.passed).toBe(false);
  });

  it('are missed where nothing could be measured', () => {
    const checks = RecipeChecks.parse({ minAccuracy: 0, maxDcrShare: 1 });
    expect(checkResults(checks, null).map(({ sentence }) => sentence)).toEqual([
      'Accuracy: there is no report to tell it, and at least 0 % is asked for – missed.',
      'DCR share: there is no report to tell it, and at most 100 % is asked for – missed.',
    ]);
    expect(checkResults(checks, reportOf(null, 0.5)).map(({ passed }) => passed)).toEqual([false, true]);
  });

  it('pass exactly within the limit', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (limit, value) => {
        const checks = RecipeChecks.parse({ minAccuracy: limit, maxDcrShare: limit });
        const [accuracy, dcr] = checkResults(checks, reportOf(value, value));
        expect([accuracy!.passed, dcr!.passed]).toEqual([value >= limit, value <= limit]);
      }),
    );
  });

  it('ask nothing of rules that a run does not keep', () => {
    const checks = RecipeChecks.parse({ minRulesKept: 1 });
    const report = reportOf(1, 0.5, [3]);
    const off = { ...report, rules: report.rules.map((rule) => ({ ...rule, state: 'off' as const })) };
    expect(checkResults(checks, off)[0]).toMatchObject({ value: 1, passed: true });
  });

  it('are settings, so a form is made of them', () => {
    expect(settingsOf(RecipeChecks).map(({ name, nullable }) => [name, nullable])).toEqual([
      ['minAccuracy', true],
      ['minAccuracyOfMaximum', true],
      ['maxDcrShare', true],
      ['minRulesKept', true],
      ['minVerdict', true],
    ]);
  });
});
