/** Reports on several synthetic files of one original, side by side, with the best of each metric. */
import { csvCell } from './csv-cell';
import { VERDICT_LEVELS } from './evidence-part';
import { type Interval, normalInterval } from './intervals';
import { fixedText } from './number-marks';
import { type Evidence, evidenceOf } from './privacy-evidence';
import { privacyVerdict } from './privacy-verdict';
import type { Report } from './reports';

export interface ComparedValue {
  /** As a person reads it. */
  readonly text: string;
  /** Null = not computed. */
  readonly value: number | null;
  /** 95 %; null = not known. */
  readonly interval: Interval | null;
  /** The best of the row, or as good as it as far as the intervals tell. */
  readonly isBest: boolean;
}

/** One metric of all files. */
export interface ComparedMetric {
  readonly id: string;
  readonly title: string;
  /** What is better. */
  readonly better: 'higher' | 'lower';
  /** In words, for the head of the row. */
  readonly about: string;
  /** In the order of the files. */
  readonly values: readonly ComparedValue[];
}

export interface Comparison {
  readonly evaluationId: string;
  readonly original: string;
  readonly holdout: string | null;
  readonly kind: 'model' | 'data';
  readonly files: readonly { readonly name: string; readonly reportId: string; readonly rows: number }[];
  readonly metrics: readonly ComparedMetric[];
}

type Compared = Pick<Report, 'id' | 'rows' | 'scoreErrors'> & Evidence;

interface Metric {
  readonly id: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  readonly about: string;
  /** Only where rows are meant to be as the original. */
  readonly isScore?: true;
  /** Null = it was not computed. */
  read(
    report: Compared,
  ): { readonly value: number; readonly interval: Interval | null; readonly text?: string } | null;
}

const accuracy = (id: 'overall' | 'univariate' | 'bivariate' | 'trivariate', title: string): Metric => ({
  id: `accuracy-${id}`,
  title,
  better: 'higher',
  about: 'higher is closer; fresh real rows reach the figure in brackets',
  isScore: true,
  read({ metrics: { accuracy: scores }, scoreErrors }) {
    const value = scores[id];
    if (value === null) return null;
    const max = scores[`${id}Max`];
    const error = scoreErrors?.[id] ?? null;
    // What lies above fresh rows follows the sample, and is no better than they are.
    const capped = max === null ? value : Math.min(value, max);
    return {
      value: capped,
      interval: error === null ? null : normalInterval(capped, error),
      text: `${percent(value)}${max === null ? '' : ` (${percent(max)})`}`,
    };
  },
});

const evidence = (id: 'dcr-share' | 'identical-matches', title: string, about: string): Metric => ({
  id,
  title,
  better: 'lower',
  about,
  read(report) {
    const part = evidenceOf(report).find((known) => known.id === id);
    return part?.value == null ? null : { value: part.value, interval: part.interval };
  },
});

const METRICS: readonly Metric[] = [
  accuracy('overall', 'Accuracy'),
  accuracy('univariate', 'Univariate accuracy'),
  accuracy('bivariate', 'Bivariate accuracy'),
  accuracy('trivariate', 'Trivariate accuracy'),
  {
    id: 'verdict',
    title: 'Verdict on privacy',
    better: 'lower',
    about: 'pass before inconclusive before attention',
    read(report) {
      const { level } = privacyVerdict(report);
      return { value: VERDICT_LEVELS.indexOf(level), interval: null, text: level };
    },
  },
  evidence(
    'dcr-share',
    'DCR share',
    'rows nearer to training than to unseen rows; chance is 50 %, less is no better',
  ),
  evidence(
    'identical-matches',
    'Copies beyond chance',
    'matches with training rows less those with unseen rows',
  ),
];

/** Of a DCR share and of copies: nothing below this is better than it. */
const FLOORS: Readonly<Record<string, number>> = { 'dcr-share': 0.5, 'identical-matches': 0 };

/**
 * The files side by side. The best of a metric is marked, and with it every file whose 95 % interval reaches it: between
 * these the rows do not decide.
 * @param reports of one evaluation, one at least, in the order of their files
 */
export function compareReports(reports: readonly Compared[]): Comparison {
  const { evaluationId, files, kind } = reports[0]!.evaluated!;
  const metrics = METRICS.filter(({ isScore }) => kind === 'model' || !isScore);
  return {
    evaluationId,
    original: files.training.name,
    holdout: files.holdout?.name ?? null,
    kind,
    files: reports.map(({ id, evaluated, rows }) => ({
      ...{ name: evaluated!.files.synthetic.name, reportId: id, rows: rows.synthetic },
    })),
    metrics: metrics.map(({ id, title, better, about, read }) => {
      const values = reports.map(read);
      const best = bestOf(id, better, values);
      return {
        ...{ id, title, better, about },
        values: values.map((value, i) =>
          value === null
            ? { text: 'not computed', value: null, interval: null, isBest: false }
            : {
                text: value.text ?? percent(value.value),
                ...{ value: value.value, interval: value.interval, isBest: best[i]! },
              },
        ),
      };
    }),
  };
}

/** Which values are the best, or cannot be told from it. */
function bestOf(
  id: string,
  better: 'higher' | 'lower',
  values: readonly ({ readonly value: number; readonly interval: Interval | null } | null)[],
): boolean[] {
  const sign = better === 'higher' ? 1 : -1;
  const floor = FLOORS[id];
  const worth = (value: number) => sign * (floor === undefined ? value : Math.max(floor, value));
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known.map(({ value }) => worth(value)));
  const ends = known
    .filter(({ value }) => worth(value) === top)
    .map(({ value, interval }) => worstEnd(worth, value, interval));
  const reach = Math.min(...ends);
  return values.map((value) => value !== null && bestEnd(worth, value.value, value.interval) >= reach);
}

function bestEnd(worth: (value: number) => number, value: number, interval: Interval | null): number {
  return interval === null ? worth(value) : Math.max(worth(interval.low), worth(interval.high));
}

function worstEnd(worth: (value: number) => number, value: number, interval: Interval | null): number {
  return interval === null ? worth(value) : Math.min(worth(interval.low), worth(interval.high));
}

/** The comparison as JSON. */
export function comparisonFacts({ files, metrics, ...comparison }: Comparison): object {
  return {
    original: comparison.original,
    holdout: comparison.holdout,
    report_on: comparison.kind,
    files: files.map(({ name, rows }) => ({ name, rows })),
    metrics: metrics.map(({ id, better, values }) => ({
      metric: id.replaceAll('-', '_'),
      better,
      values: values.map(({ value, text, interval, isBest }, i) => ({
        file: files[i]!.name,
        value: id === 'verdict' ? text : value,
        interval_95: interval && [interval.low, interval.high],
        best: isBest,
      })),
    })),
  };
}

/** A line per metric and file. */
export function comparisonCsv({ files, metrics }: Comparison): string {
  const lines = metrics.flatMap(({ id, values }) =>
    values.map(({ value, text, interval, isBest }, i) => [
      id,
      files[i]!.name,
      id === 'verdict' ? text : value === null ? '' : String(value),
      interval ? String(interval.low) : '',
      interval ? String(interval.high) : '',
      isBest ? 'best' : '',
    ]),
  );
  const head = ['metric', 'file', 'value', 'low_95', 'high_95', 'best'];
  return `${[head, ...lines].map((line) => line.map((text) => (text === '' ? '' : csvCell(text, { neutraliseFormulas: true }))).join(',')).join('\r\n')}\r\n`;
}

/** A line per metric for the terminal: the best, or those that cannot be told from it. */
export function winnerLines({ files, metrics }: Comparison): string[] {
  return metrics.map(({ title, values }) => {
    const best = values.flatMap(({ isBest, text }, i) => (isBest ? [`${files[i]!.name} ${text}`] : []));
    if (best.length === 0) return `${title}: not computed`;
    if (best.length === files.length && files.length > 1)
      return `${title}: no file is better than the others`;
    return `${title}: ${best.join(', ')}${best.length > 1 ? ' (not told apart)' : ''}`;
  });
}

function percent(share: number): string {
  return `${fixedText(100 * share, 1)} %`;
}
