import { expect, it } from 'vitest';
import { compareReports, comparisonCsv, comparisonFacts, winnerLines } from './comparison';
import type { Report } from './reports';

const NONE = { imsTraining: null, imsHoldout: null, imsTrnHol: null };
const FILE = { rows: 900, columns: 3, bytes: 1, sha256: null };

/** A report on one of several files. */
function report(name: string, overall: number, dcrShare: number | null, kind: 'model' | 'data' = 'model') {
  const scores = { overall, univariate: overall, bivariate: overall, trivariate: null };
  return {
    id: name,
    evaluated: {
      ...{ evaluationId: 'e', kind, differences: [], notComputed: [] },
      files: {
        training: { ...FILE, name: 'people.csv' },
        holdout: dcrShare === null ? null : { ...FILE, name: 'held.csv' },
        synthetic: { ...FILE, name },
      },
    },
    rows: { training: 900, holdout: 900, synthetic: 900 },
    ...{ distanceRows: 900, columns: 3, holdout: dcrShare === null ? 'none' : 'file' },
    scoreErrors: { overall: 0.002, univariate: 0.002, bivariate: 0.002, trivariate: null },
    metrics: {
      accuracy: { ...scores, overallMax: 0.98, univariateMax: 0.98, bivariateMax: 0.98, trivariateMax: null },
      distances: {
        ...(dcrShare === null ? NONE : { imsTraining: 0, imsHoldout: 0, imsTrnHol: 0 }),
        ...{ dcrTraining: 0.1, dcrHoldout: null, dcrTrnHol: null, dcrShare },
        dcrShareStandardError: dcrShare === null ? null : 0.016,
      },
    },
  } as unknown as Report;
}

const best = (of: ReturnType<typeof compareReports>, id: string) =>
  of.metrics.find((metric) => metric.id === id)!.values.map(({ isBest }) => isBest);

it('marks the best of each metric, and those that the rows do not tell from it', () => {
  const comparison = compareReports([
    report('a.csv', 0.95, 0.5),
    report('b.csv', 0.947, 0.52),
    report('c.csv', 0.9, 0.7),
  ]);
  expect(best(comparison, 'accuracy-overall')).toEqual([true, true, false]);
  expect(best(comparison, 'accuracy-trivariate')).toEqual([false, false, false]);
  expect(best(comparison, 'dcr-share')).toEqual([true, true, false]);
  expect(best(comparison, 'verdict').at(-1)).toBe(false);
  expect(winnerLines(comparison)).toContain(
    'Accuracy: a.csv 95.0 % (98.0 %), b.csv 94.7 % (98.0 %) (not told apart)',
  );
  expect(winnerLines(comparison)).toContain('Trivariate accuracy: not computed');
});

it('takes nothing above fresh real rows for better, nor a share below chance', () => {
  const comparison = compareReports([report('a.csv', 0.999, 0.4), report('b.csv', 0.98, 0.5)]);
  expect(best(comparison, 'accuracy-overall')).toEqual([true, true]);
  expect(best(comparison, 'dcr-share')).toEqual([true, true]);
});

it('does not score rows that are meant to differ', () => {
  const { metrics } = compareReports([report('a.csv', 0.9, 0.5, 'data'), report('b.csv', 0.9, 0.5, 'data')]);
  expect(metrics.map(({ id }) => id)).toEqual(['verdict', 'dcr-share', 'identical-matches']);
});

it('is a file without a holdout, too, and a name that a spreadsheet would run is none', () => {
  const comparison = compareReports([report('=1+1.csv', 0.9, null), report('b.csv', 0.8, null)]);
  expect(best(comparison, 'dcr-share')).toEqual([false, false]);
  const lines = comparisonCsv(comparison).split('\r\n');
  expect(lines[0]).toBe('metric,file,value,low_95,high_95,best');
  expect(lines[1]).toMatch(/^accuracy-overall,"?'=1\+1\.csv"?,0\.9,/);
  expect(comparisonFacts(comparison)).toMatchObject({
    original: 'people.csv',
    holdout: null,
    report_on: 'model',
  });
});
