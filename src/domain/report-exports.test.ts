import { describe, expect, it } from 'vitest';
import { mixedTable } from '../../workers/quality/testing/make-columns';
import { reportOn } from '../../workers/quality/testing/report-on';
import { privacyVerdict } from './privacy-verdict';
import { reportCsv, reportJson } from './report-exports';
import { withoutScores } from './scored';

const report = reportOn({
  training: mixedTable(300, 1),
  holdout: mixedTable(300, 2),
  synthetic: mixedTable(300, 3),
});

describe('reportJson', () => {
  it('has no accuracy of rows that are meant to differ, and a dossier', async () => {
    const file = { name: 'a.csv', rows: 300, columns: 4, bytes: 1, sha256: null };
    const evaluated = {
      ...{ evaluationId: 'e', kind: 'data' as const, differences: [], notComputed: [] },
      files: { training: file, holdout: file, synthetic: file },
    };
    const unscored = withoutScores({ ...(await report), evaluated });
    const text = reportJson(unscored);
    const { metrics, dossier, ...rest } = JSON.parse(text);
    expect(metrics).toMatchObject({ accuracy: null, similarity: null });
    expect(rest).toMatchObject({
      columns: [],
      pairs: [],
      triples: [],
      dependences: { notable: 0, weaker: [] },
    });
    expect(rest.likeness).toMatchObject({ usefulness: [], detection: null });
    expect(rest.likeness.sdmetrics.quality.score).toBeNull();
    expect(rest.likeness.sdmetrics.diagnostic.data_validity).not.toBeNull();
    const [head, ...lines] = reportCsv(unscored).trimEnd().split('\r\n');
    const at = head!.split(',').indexOf('univariate');
    expect(
      lines.map((line) =>
        line
          .split(',')
          .slice(at, at + 5)
          .join(''),
      ),
    ).toEqual(['', '', '', '']);
    expect(metrics.distances.dcr_share).not.toBeNull();
    expect(dossier.questions).toHaveLength(9);
  });

  it('has the metrics in the names of the SDK, and the one verdict', async () => {
    const { metrics, privacy_verdict: verdict, columns, pairs } = JSON.parse(reportJson(await report));
    expect(Object.keys(metrics)).toEqual(['accuracy', 'similarity', 'distances']);
    expect(Object.keys(metrics.accuracy)).toEqual(
      expect.arrayContaining([
        'overall',
        'univariate',
        'bivariate',
        'trivariate',
        'overall_max',
        'univariate_max',
      ]),
    );
    expect(Object.keys(metrics.distances)).toEqual(
      expect.arrayContaining([
        'ims_training',
        'ims_holdout',
        'ims_trn_hol',
        'dcr_training',
        'dcr_holdout',
        'dcr_share',
      ]),
    );
    expect(verdict).toMatchObject({ title: privacyVerdict(await report).title });
    expect([columns.length, pairs.length]).toEqual([4, 6]);
    const gaps = columns.map(({ gap }: { gap: number }) => gap);
    expect(gaps).toEqual(gaps.toSorted((a: number, b: number) => b - a));
  });
});

describe('reportCsv', () => {
  it('has a line per column, with the share of rows without a value', async () => {
    const lines = reportCsv(await report)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(lines).toHaveLength(5);
    const pay = Object.fromEntries(
      lines[0]!.map((name, i) => [name, lines.find(([column]) => column === 'pay')![i]]),
    );
    expect(Number(pay['empty_original'])).toBeCloseTo(0.1, 1);
    expect(Number(pay['univariate'])).toBeGreaterThan(0.8);
  });

  it('lets no name of a column run in a spreadsheet', async () => {
    const changed = await report;
    const [first, ...others] = changed.univariate;
    const text = reportCsv({ ...changed, univariate: [{ ...first!, column: '=1+1' }, ...others] });
    expect(text).toContain("'=1+1,");
  });
});
