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

/** Lets the thread answer between two steps: the charts of 300 columns are some 10 MB. */
type Pause = () => Promise<void>;

/** The text of the file of charts, in pieces that follow each other. */
export async function chartsText(charts: Partial<ReportCharts>, pause: Pause): Promise<string[]> {
  const pieces: string[] = [];
  for (const [name, part] of Object.entries(charts)) {
    if (part === undefined) continue;
    const start = pieces.length === 0 ? '{' : ',';
    pieces.push(`${start}${JSON.stringify(name)}:${JSON.stringify(part, writeNumber)}`);
    await pause();
  }
  return [...pieces, pieces.length === 0 ? '{}' : '}'];
}

/** What `writeNumber` writes of numbers that are not finite. Few texts have any, and looking for them at each value is slow. */
const ODD_NUMBER = '"$number"';

/**
 * The charts of such a text.
 * @returns null where it has another form: it was changed by hand, or is of a later version
 */
export async function readCharts(text: string, pause: Pause): Promise<ReportCharts | null> {
  try {
    const value: unknown = text.includes(ODD_NUMBER) ? JSON.parse(text, readNumber) : JSON.parse(text);
    await pause();
    return await checkedCharts(value, pause);
  } catch {
    return null;
  }
}

/** A report with the charts that its record holds; null = it holds none, or not in their form. */
export async function wholeReport(report: KeptReport, pause: Pause): Promise<WholeReport | null> {
  const { charts } = splitReport(report);
  const checked = await checkedCharts(charts, pause);
  return checked && { ...report, ...checked };
}

async function checkedCharts(value: unknown, pause: Pause): Promise<ReportCharts | null> {
  if (typeof value !== 'object' || value === null) return null;
  const parts: Record<string, unknown> = { ...value };
  for (const [name, schema] of Object.entries(Charts.shape)) {
    const checked = schema.safeParse(parts[name]);
    if (!checked.success) return null;
    if (checked.data !== undefined) parts[name] = checked.data;
    await pause();
  }
  // As the schema checked it: that one says less of what it gives.
  return parts as unknown as ReportCharts;
}

function haveLength(length: number, ...lists: readonly (readonly number[])[]): boolean {
  return lists.every((list) => list.length === length);
}
