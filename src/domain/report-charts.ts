/** The heavy part of a report: apart from its record, in a file, and checked when it is read. */
import { readNumber, writeNumber } from './json-numbers';
import { LikenessSchema } from './likeness-schema';
import type { Report, ReportCharts, WholeReport } from './reports';
import { z } from './zod';

const Numbers = z.array(z.number());
const Labels = z.array(z.string());
const Scored = { accuracy: z.number(), accuracyMax: z.number() };
const Pair = { column1: z.string(), column2: z.string() };
const Curve = z.looseObject({ x: Numbers, y: Numbers }).refine(({ x, y }) => x.length === y.length, {
  error: 'a curve has as many x as y',
});

const Univariate = z
  .looseObject({
    column: z.string(),
    ...Scored,
    labels: Labels,
    original: Numbers,
    synthetic: Numbers,
    histogram: z
      .looseObject({
        edges: Numbers,
        steps: z.enum(['equal', 'logarithmic']),
        isDate: z.boolean(),
        original: Numbers,
        synthetic: Numbers,
        missing: z.looseObject({ original: z.number(), synthetic: z.number() }).nullable(),
      })
      .refine(({ edges, original, synthetic }) => haveLength(edges.length - 1, original, synthetic), {
        error: 'a histogram has a share between each two edges',
      })
      .nullable()
      .optional(),
  })
  .refine(({ labels, original, synthetic }) => haveLength(labels.length, original, synthetic), {
    error: 'a chart has a share for each label',
  });

const Bivariate = z
  .looseObject({
    ...Pair,
    ...Scored,
    labels1: Labels,
    labels2: Labels,
    original: Numbers,
    synthetic: Numbers,
  })
  .refine(
    ({ labels1, labels2, original, synthetic }) =>
      haveLength(labels1.length * labels2.length, original, synthetic),
    { error: 'a chart has a share for each pair of labels' },
  );

const Charts = z.looseObject({
  univariate: z.array(Univariate),
  bivariate: z.array(Bivariate),
  bivariateScores: z.array(z.looseObject({ ...Pair, ...Scored })),
  dependences: z.looseObject({
    notable: z.number(),
    weaker: z.array(z.looseObject({ ...Pair, original: z.number(), synthetic: z.number() })),
  }),
  trivariateScores: z.array(
    z.looseObject({ columns: z.tuple([z.string(), z.string(), z.string()]), ...Scored }),
  ),
  distances: z.looseObject({ synTrn: Curve, synHol: Curve.nullable(), trnHol: Curve.nullable() }).nullable(),
  likeness: LikenessSchema.optional(),
});

/** A report as records may hold it: those of earlier versions hold their charts. */
type KeptReport = Report & Partial<ReportCharts>;

/** A report without its charts, and these, if it holds any. */
export function splitReport(whole: KeptReport): {
  readonly report: Report;
  readonly charts: Partial<ReportCharts> | null;
} {
  const {
    univariate,
    bivariate,
    bivariateScores,
    dependences,
    trivariateScores,
    distances,
    likeness,
    ...report
  } = whole;
  if (univariate === undefined) return { report, charts: null };
  return {
    report: { ...report, columns: univariate.length },
    charts: {
      univariate,
      bivariate,
      bivariateScores,
      dependences,
      trivariateScores,
      distances,
      ...(likeness && { likeness }),
    } as Partial<ReportCharts>,
  };
}

/** The text of the file of charts. */
export function chartsText(charts: Partial<ReportCharts>): string {
  return JSON.stringify(charts, writeNumber);
}

/**
 * The charts of such a text.
 * @returns null where it has another form: it was changed by hand, or is of a later version
 */
export function readCharts(text: string): ReportCharts | null {
  try {
    return checkedCharts(JSON.parse(text, readNumber));
  } catch {
    return null;
  }
}

/** A report with the charts that its record holds; null = it holds none, or not in their form. */
export function wholeReport(report: KeptReport): WholeReport | null {
  const { charts } = splitReport(report);
  const checked = checkedCharts(charts);
  return checked && { ...report, ...checked };
}

function checkedCharts(value: unknown): ReportCharts | null {
  const checked = Charts.safeParse(value);
  // As the schema checked it: that one says less of what it gives.
  return checked.success ? (checked.data as unknown as ReportCharts) : null;
}

function haveLength(length: number, ...lists: readonly (readonly number[])[]): boolean {
  return lists.every((list) => list.length === length);
}
