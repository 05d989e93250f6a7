import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mixedTable, numbers, texts } from '../../../workers/quality/testing/make-columns';
import { reportOn } from '../../../workers/quality/testing/report-on';
import type { NamedColumn } from '../../domain/column-data';
import type { Likeness } from '../../domain/likeness';
import { RandomStream } from '../../domain/random';
import { reportCsv, reportJson } from '../../domain/report-exports';
import type { PairScore, WholeReport } from '../../domain/reports';
import { reportHtml } from './report-html';

/** A table in whose rows markers are planted: in each cell of a free text, in rare categories, as extreme numbers. */
function plantedTable(seed: number): NamedColumn[] {
  const rows = 400;
  const table = mixedTable(rows, seed);
  const of = (text: (row: number) => string) => Array.from({ length: rows }, (_, row) => text(row));
  return [
    ...table,
    texts(
      'note',
      of((row) => `MARKER${seed}N${row}`),
    ),
    texts(
      'town',
      of((row) => (row < 3 ? `MARKERTOWN${row}` : `town ${row % 4}`)),
    ),
    numbers(
      'debt',
      Array.from({ length: rows }, (_, row) => (row < 2 ? 987_654_321 + row : row % 90)),
    ),
  ];
}

/** A report of many columns, as the worker would give it. */
function wideReport(report: WholeReport, columns: number): WholeReport {
  const names = Array.from({ length: columns }, (_, i) => `column number ${i}`);
  const random = new RandomStream(1, 'wide');
  const score = () => ({ accuracy: 0.9 + random.uniform() / 20, accuracyMax: 0.97 });
  const labels = Array.from({ length: 14 }, (_, i) => `category ${i} of fourteen`.slice(0, 20));
  const shares = (count: number) =>
    Array.from({ length: count }, () => Number((random.uniform() / count).toFixed(6)));
  const pairs = names.flatMap((column1, i) =>
    names.slice(i + 1).map((column2) => ({ column1, column2, ...score() })),
  );
  return {
    ...report,
    univariate: names.map((column) => ({
      ...{ column, labels, histogram: null, original: shares(14), synthetic: shares(14) },
      ...score(),
    })),
    bivariateScores: pairs,
    bivariate: pairs.slice(0, 300).map((pair) => ({
      ...{ ...pair, labels1: labels, labels2: labels },
      ...{ original: shares(196), synthetic: shares(196) },
    })),
    likeness: wideLikeness(report.likeness!, names, pairs),
  };
}

/** The evidence of as many columns, with the figures of the few. */
function wideLikeness(
  { statistics, sdmetrics, ...likeness }: Likeness,
  names: readonly string[],
  pairs: readonly PairScore[],
): Likeness {
  const strengths = names.flatMap((_, a) => names.map((_, b) => 1 / (1 + Math.abs(a - b))));
  return {
    ...likeness,
    correlations: { columns: names, original: strengths, synthetic: strengths.map((value) => value / 2) },
    statistics: names.map((column) => ({ ...statistics![0]!, column })),
    sdmetrics: {
      ...sdmetrics!,
      columns: names.map((column) => ({ ...sdmetrics!.columns[0]!, column })),
      pairs: pairs.map((pair) => ({ ...pair, metric: 'ContingencySimilarity', score: 0.9 })),
    },
    usefulness: names.slice(0, 3).map((target) => ({
      ...{ target, metric: 'AUC' as const, rows: { learned: 10_000, predicted: 10_000 } },
      real: { value: 0.9, low: 0.89, high: 0.91 },
      synthetic: { value: 0.88, low: 0.87, high: 0.89 },
      importance: names.map((column) => ({ column, real: 0.01, synthetic: 0.02 })),
    })),
  };
}

// Charts are drawn by no `act` here, as on the page.
beforeAll(() => void vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false));
afterAll(() => void vi.unstubAllGlobals());

describe('the files of a report', () => {
  it('hold nothing that is planted in cells, of training, holdout or synthetic rows', async () => {
    const report = await reportOn({
      training: plantedTable(1),
      holdout: plantedTable(2),
      synthetic: plantedTable(1),
    });
    const files = [await reportHtml(report, 'people'), reportJson(report), reportCsv(report)];
    for (const file of files) {
      expect(file.includes('town')).toBe(true);
      expect(file.match(/marker\w*|987,?654\S*/gi)).toBeNull();
    }
  });

  it('show no bin of fewer than 8 original rows', async () => {
    const { univariate, bivariate } = await reportOn({
      training: plantedTable(1),
      synthetic: plantedTable(3),
    });
    const shares = [
      ...univariate.flatMap(({ original, histogram }) => [...original, ...(histogram?.original ?? [])]),
      ...bivariate.flatMap(({ original }) => original),
    ];
    expect(shares.length).toBeGreaterThan(300);
    for (const share of shares) expect(share === 0 || share * 400 >= 7.99).toBe(true);
  });
});

describe('the HTML file', () => {
  it('has the charts of the page: shapes, axes and numbers of every column', async () => {
    const report = await reportOn({ training: mixedTable(300, 1), synthetic: mixedTable(300, 2) });
    const charts = (await reportHtml(report, 'a')).match(
      /<svg[^>]*aria-label="Distribution of .*?<\/svg>/gs,
    )!;
    expect(charts).toHaveLength(report.univariate.length);
    for (const chart of charts) {
      expect(chart).toMatch(/<(rect|path)[^>]* fill="var\(--original\)"/);
      expect(chart).toMatch(/<(line|path)[^>]* stroke="var\(--synthetic\)"/);
      expect(chart).toMatch(/<text[^>]*>[\d.]+ %<\/text>/);
      expect(chart).not.toMatch(/ class="recharts| style=| tabindex=/);
    }
  });

  it('asks for nothing, runs nothing, and its policy allows its own style alone', async () => {
    const html = await reportHtml(
      await reportOn({ training: mixedTable(300, 1), synthetic: mixedTable(300, 2) }),
      'a <b> & c',
    );
    // The matches alone: the file is too long to be shown.
    expect(html.match(/<script|<link|<img|<iframe|\son\w+=|url\(|\sstyle="|https?:/g)).toBeNull();
    const style = /<style>([\s\S]*)<\/style>/.exec(html)![1]!;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(html).toContain(`style-src 'sha256-${Buffer.from(digest).toString('base64')}'`);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('<h1>Report on a &lt;b&gt; &amp; c</h1>');
    for (const part of ['Evidence of privacy', 'Univariate distributions', 'How this report came about']) {
      expect(html).toContain(part);
    }
  });

  it('is at most 2 MB for 60 columns, all of which it has', async () => {
    const report = await reportOn({ training: mixedTable(300, 1), synthetic: mixedTable(300, 2) });
    const html = await reportHtml(wideReport(report, 60), 'wide');
    expect(new TextEncoder().encode(html).length).toBeLessThan(2_000_000);
    for (let i = 0; i < 60; i++) expect(html).toContain(`<bdi>column number ${i}</bdi>`);
  });

  it('has the colours of the app', async () => {
    const theme = readFileSync('src/app/theme.css', 'utf8');
    const tokens = (css: string) =>
      new Map(
        [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w+),\s*(#\w+)\)/g)].map(([, name, ...pair]) => [
          name,
          pair,
        ]),
      );
    const own = tokens(
      await reportHtml(await reportOn({ training: mixedTable(300, 1), synthetic: mixedTable(300, 2) }), 'a'),
    );
    const whole = (color: string) => (color === '#fff' ? '#ffffff' : color);
    expect(own.size).toBe(10);
    for (const [name, pair] of own) expect(pair.map(whole)).toEqual(tokens(theme).get(name));
  });
});
