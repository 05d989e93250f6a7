/** Reports on rows that are meant to differ from the original, which have no score of likeness (docs/metrics.md, Any files). */
import type { Likeness } from './likeness';
import type { Report, WholeReport } from './reports';
import { weakerPairsSentence } from './weaker-pairs';

/** Whether a difference from the original would be a fault. */
export function isScored({ evaluated }: Pick<Report, 'evaluated'>): boolean {
  return evaluated?.kind !== 'data';
}

/**
 * The report without its scores of likeness, if its rows are meant to differ: accuracies, similarity, SDMetrics' quality, usefulness,
 * detection, and relations that got weaker. Charts, figures side by side, rules, validity and evidence of privacy stay.
 */
export function withoutScores(report: WholeReport): WholeReport {
  if (isScored(report)) return report;
  const { scoreErrors: _, metrics, likeness, notes, dependences, ...rest } = report;
  const weaker = weakerPairsSentence(dependences);
  return {
    ...rest,
    metrics: { accuracy: NO_ACCURACY, distances: metrics.distances },
    bivariateScores: [],
    trivariateScores: [],
    dependences: { notable: 0, weaker: [] },
    ...(likeness && { likeness: unscored(likeness) }),
    notes: notes.filter((note) => note !== weaker),
  };
}

const NO_ACCURACY = {
  ...{ overall: null, univariate: null, bivariate: null, trivariate: null },
  ...{ overallMax: null, univariateMax: null, bivariateMax: null, trivariateMax: null },
};

function unscored({ sdmetrics, usefulness: _, detection: __, coherence: ___, ...rest }: Likeness): Likeness {
  if (!sdmetrics) return rest;
  return {
    ...rest,
    sdmetrics: {
      ...sdmetrics,
      quality: { score: null, columnShapes: null, columnPairTrends: null },
      columns: sdmetrics.columns.map((column) => ({ ...column, shape: null })),
      pairs: [],
      weakPairs: 0,
    },
  };
}
