/** Files of a report: JSON in the field names of the MOSTLY AI SDK, and CSV with a line per column. Aggregates alone. */
import { columnScores } from './column-scores';
import { csvCell } from './csv-cell';
import { dossierFacts, dossierOf } from './dossier';
import { hiddenSentence } from './hidden-values';
import { likenessFacts, sdByColumn } from './likeness-facts';
import { inSnakeCase, metricsToJson } from './metrics';
import { privacyVerdict, verdictFacts } from './privacy-verdict';
import type { WholeReport } from './reports';
import { ruleText } from './rule-words';
import { isScored } from './scored';
import { worstFirst } from './worst-first';

export const REPORT_FORMATS = {
  html: { extension: 'html', type: 'text/html', title: 'HTML' },
  json: { extension: 'json', type: 'application/json', title: 'JSON' },
  csv: { extension: 'csv', type: 'text/csv', title: 'CSV by column' },
} as const;
export type ReportFormat = keyof typeof REPORT_FORMATS;

/**
 * A report as JSON. `metrics` has the fields of the SDK's `ModelMetrics`; what the SDK has no name for is beside it.
 */
export function reportJson(report: WholeReport): string {
  const dates = new Set(report.dateColumns);
  const content = {
    created_at: report.createdAt,
    rows: report.rows,
    holdout: report.holdout,
    metrics: scoredMetrics(report),
    privacy_verdict: verdictFacts(privacyVerdict(report)),
    dossier: dossierFacts(dossierOf(report)),
    privacy_tests: inSnakeCase(report.privacyTests ?? null),
    // Which rows stand out stays on the page: where a row stands in its file may say whose it is.
    model_audit: inSnakeCase(report.modelAudit ?? null),
    columns: (isScored(report) ? columnScores(report) : []).map(
      ({ column, univariate, reachable, bivariate, trivariate, gap }) => ({
        column,
        univariate,
        univariate_max: reachable,
        ...{ bivariate, trivariate, gap },
      }),
    ),
    pairs: worstFirst(report.bivariateScores).map(({ column1, column2, accuracy, accuracyMax }) => ({
      columns: [column1, column2],
      accuracy,
      accuracy_max: accuracyMax,
    })),
    triples: worstFirst(report.trivariateScores).map(({ columns, accuracy, accuracyMax }) => ({
      columns,
      accuracy,
      accuracy_max: accuracyMax,
    })),
    dependences: report.dependences,
    rules: report.rules.map(({ rule, state, original, synthetic }) => ({
      sentence: ruleText(rule, (column) => dates.has(column)),
      ...{ state, original, synthetic },
    })),
    distributions: report.univariate.map(({ column, labels, original, synthetic, histogram }) => ({
      column,
      bins: { labels, original, synthetic },
      histogram: histogram ?? null,
    })),
    distance_curves: report.distances,
    likeness: likenessFacts(report),
    hidden: report.hidden ?? null,
    notes: report.notes,
    provenance: report.provenance ?? null,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The metrics by the names of the SDK; rows that are meant to differ from the original have no accuracy. */
export function scoredMetrics(report: Pick<WholeReport, 'metrics' | 'evaluated'>): object {
  const json = metricsToJson(report.metrics);
  return isScored(report) ? json : { ...json, accuracy: null, similarity: null };
}

/** A line per column, worst first. Names that a spreadsheet would run have ' before them. */
export function reportCsv(report: WholeReport): string {
  const hidden = new Map((report.hidden ?? []).map((entry) => [entry.column, hiddenSentence(entry)]));
  const guessed = new Map(
    report.privacyTests?.criteria?.inference?.columns.map((guess) => [guess.column, guess]),
  );
  const empty = new Map(
    report.univariate.map(({ column, labels, original, synthetic, histogram }) => {
      const at = labels.indexOf('(n/a)');
      const shares = at < 0 ? null : { original: original[at]!, synthetic: synthetic[at]! };
      return [column, histogram?.missing ?? shares ?? { original: 0, synthetic: 0 }];
    }),
  );
  const scores = sdByColumn(report.likeness);
  const lines = columnScores(report).map(({ column, univariate, reachable, bivariate, trivariate, gap }) => {
    const { original, synthetic } = empty.get(column)!;
    const guess = guessed.get(column);
    const { shape = null, validity = null, format = null } = scores.get(column) ?? {};
    const accuracies = [univariate, reachable, bivariate, trivariate, gap];
    const numbers = [
      ...accuracies.map((value) => (isScored(report) ? value : null)),
      ...[original, synthetic, shape, validity, format],
      ...(guess ? [guess.members, guess.others] : [null, null]),
    ];
    const texts = [column, ...numbers.map((value) => (value === null ? '' : String(rounded(value))))];
    return [...texts, hidden.get(column) ?? ''].map(cell).join(',');
  });
  return `${[HEAD.join(','), ...lines].join('\r\n')}\r\n`;
}

const HEAD = [
  ...['column', 'univariate', 'univariate_max', 'bivariate', 'trivariate', 'gap'],
  ...['empty_original', 'empty_synthetic', 'sdmetrics_shape', 'sdmetrics_validity', 'format_validity'],
  ...['guessed_trained', 'guessed_unseen', 'hidden'],
];

function cell(text: string): string {
  return text === '' ? '' : csvCell(text, { neutraliseFormulas: true });
}

function rounded(value: number): number {
  return Number(value.toFixed(7));
}
