import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chartsText, readCharts, splitReport } from './report-charts';
import type { Report, ReportCharts } from './reports';

const pause = async () => undefined;

const CHARTS: ReportCharts = {
  univariate: [
    {
      ...{ column: 'a', accuracy: 0.9, accuracyMax: 0.95, labels: ['x', 'y'] },
      ...{ original: [0.5, 0.5], synthetic: [0.4, 0.6] },
      histogram: {
        ...{ edges: [1, 2, 5], steps: 'equal', isDate: false, missing: null },
        ...{ original: [0.1, 0.2], synthetic: [0.1, 0.3] },
      },
    },
    {
      ...{ column: 'b', accuracy: 1, accuracyMax: 1, labels: ['z'], original: [1], synthetic: [1] },
      histogram: null,
    },
  ],
  bivariate: [
    {
      ...{ column1: 'a', column2: 'b', accuracy: 0.8, accuracyMax: 0.9 },
      ...{ labels1: ['x', 'y'], labels2: ['z'], original: [0.5, 0.5], synthetic: [0.4, 0.6] },
    },
  ],
  bivariateScores: [{ column1: 'a', column2: 'b', accuracy: 0.8, accuracyMax: 0.9 }],
  dependences: { notable: 1, weaker: [{ column1: 'a', column2: 'b', original: 0.5, synthetic: 0.2 }] },
  trivariateScores: [{ columns: ['a', 'b', 'c'], accuracy: 0.7, accuracyMax: 0.8 }],
  distances: { synTrn: { x: [0, 1], y: [0, 1] }, synHol: null, trnHol: { x: [0], y: [1] } },
};

it('charts are what they were, and the rest of a report has none of them', async () => {
  const { report, charts } = splitReport({ id: 'r', notes: ['n'], ...CHARTS } as unknown as Report);
  expect(report).toEqual({ id: 'r', notes: ['n'], columns: 2 });
  expect(await readCharts((await chartsText(charts!, pause)).join(''), pause)).toEqual(CHARTS);
  expect((await chartsText({}, pause)).join('')).toBe('{}');
  expect(splitReport(report)).toEqual({ report, charts: null });
});

/** Where something stands in a value. */
function paths(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, field]) => paths(field, [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (name === undefined) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

it('whatever is changed in them, they have their form or are refused', async () => {
  const odd = fc.oneof(fc.constant(null), fc.integer(), fc.string(), fc.constant([]), fc.constant({}));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths(CHARTS)), odd, async (path, by) => {
      const read = await readCharts(JSON.stringify(replaced(CHARTS, path, by)), pause);
      if (read === null) return;
      for (const { labels, original, synthetic, histogram } of read.univariate) {
        expect([original.length, synthetic.length]).toEqual([labels.length, labels.length]);
        if (histogram) expect(histogram.original).toHaveLength(histogram.edges.length - 1);
      }
      for (const { labels1, labels2, original } of read.bivariate)
        expect(original).toHaveLength(labels1.length * labels2.length);
      expect(read.dependences.weaker.every(({ column1 }) => typeof column1 === 'string')).toBe(true);
    }),
  );
  expect(await readCharts('null', pause)).toBeNull();
  expect(await readCharts(JSON.stringify({ ...CHARTS, univariate: undefined }), pause)).toBeNull();
});
