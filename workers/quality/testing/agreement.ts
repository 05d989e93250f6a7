import type { WholeReport } from '../../../src/domain/reports';
import type { Fixture, SdFixture } from './adult';
import { deviations } from './parity';

/** A figure of the report beside the reference's. */
export interface Agreement {
  readonly figure: string;
  readonly ours: number | null;
  readonly theirs: number | null;
  /** They may lie so far apart; null = groups of dimensions are drawn, and others tell other distances. */
  readonly bar: number | null;
}

/** Every figure of the report that `mostlyai-qa` has, too. */
export function agreement(report: WholeReport, fixture: Fixture): Agreement[] {
  const { accuracy } = report.metrics;
  const theirs = fixture.metrics;
  const { univariate, bivariate, trivariate } = deviations(report, fixture);
  const figures: Agreement[] = [
    ...Object.entries({ univariate, bivariate, trivariate }).map(([kind, gap]) => ({
      figure: `largest deviation, ${kind}`,
      ...{ ours: gap, theirs: 0, bar: 1e-4 },
    })),
    { figure: 'largest deviation, φK', ours: correlationGap(report, fixture), theirs: 0, bar: 1e-4 },
  ];
  const names = ['overall', 'univariate', 'bivariate', 'trivariate'] as const;
  for (const name of names) {
    figures.push(
      { figure: `accuracy ${name}`, ours: accuracy[name], theirs: theirs.accuracy[name]!, bar: 1e-4 },
      {
        figure: `accuracy ${name}, fresh real rows`,
        ours: accuracy[`${name}Max`],
        ...{ theirs: theirs.accuracy[`${name}_max`]!, bar: 1e-4 },
      },
    );
  }
  return [...figures, ...pointAgreement(report, fixture)];
}

/** Similarity and distances. */
export function pointAgreement(report: WholeReport, { metrics: theirs }: Fixture): Agreement[] {
  const { similarity, distances } = report.metrics;
  const figures: Agreement[] = [];
  const like = (
    figure: string,
    ours: number | null | undefined,
    theirs: number | undefined,
    bar: number | null,
  ) => figures.push({ figure, ours: ours ?? null, theirs: theirs ?? null, bar });
  const s = theirs.similarity;
  like(
    'cosine training–synthetic',
    similarity?.cosineSimilarityTrainingSynthetic,
    s['cosine_similarity_training_synthetic'],
    0.01,
  );
  like(
    'cosine training–holdout',
    similarity?.cosineSimilarityTrainingHoldout,
    s['cosine_similarity_training_holdout'],
    0.01,
  );
  like(
    'discriminator training–synthetic',
    similarity?.discriminatorAucTrainingSynthetic,
    s['discriminator_auc_training_synthetic'],
    0.02,
  );
  like(
    'discriminator training–holdout',
    similarity?.discriminatorAucTrainingHoldout,
    s['discriminator_auc_training_holdout'],
    0.02,
  );
  const d = theirs.distances;
  const group = report.likeness?.subspace?.metrics ?? distances;
  like('DCR share, worst group', group.dcrShare, d['dcr_share'], 0.02);
  like('DCR share, all columns', distances.dcrShare, d['dcr_share'], null);
  like('identical matches, training', group.imsTraining, d['ims_training'], null);
  like('identical matches, holdout', group.imsHoldout, d['ims_holdout'], null);
  like('DCR training', group.dcrTraining, d['dcr_training'], null);
  like('DCR holdout', group.dcrHoldout, d['dcr_holdout'], null);
  return figures;
}

function correlationGap({ likeness }: WholeReport, { correlations: { columns, rows } }: Fixture): number {
  const ours = likeness!.correlations!;
  const at = columns.map((column) => ours.columns.indexOf(column.replace(/^tgt::/, '')));
  return Math.max(
    ...rows.flatMap((row, i) =>
      row.map((value, j) => Math.abs(value - ours.original[at[i]! * ours.columns.length + at[j]!]!)),
    ),
  );
}

/** Every figure of SDMetrics' reports. */
export function sdAgreement({ likeness }: WholeReport, fixture: SdFixture): Agreement[] {
  const { quality, diagnostic, columns, pairs } = likeness!.sdmetrics!;
  const [shapes, trends] = fixture.QualityReport.properties.map(([, score]) => score);
  const [validity, structure] = fixture.DiagnosticReport.properties.map(([, score]) => score);
  const figures = [
    ['SDMetrics quality', quality.score, fixture.QualityReport.score, 1e-3],
    ['SDMetrics column shapes', quality.columnShapes, shapes!, 1e-3],
    ['SDMetrics column pair trends', quality.columnPairTrends, trends!, 1e-3],
    ['SDMetrics diagnostic', diagnostic.score, fixture.DiagnosticReport.score, 1e-9],
    ['SDMetrics data validity', diagnostic.dataValidity, validity!, 1e-9],
    ['SDMetrics data structure', diagnostic.dataStructure, structure!, 1e-9],
  ] as const;
  const ofColumn = new Map(columns.map((column) => [column.column, column]));
  const shapeGap = Math.max(
    ...fixture.QualityReport['Column Shapes'].map(({ Column, Score }) =>
      Math.abs(Score - ofColumn.get(Column)!.shape!),
    ),
  );
  const validityGap = Math.max(
    ...fixture.DiagnosticReport['Data Validity'].map(({ Column, Score }) =>
      Math.abs(Score - ofColumn.get(Column)!.validity!),
    ),
  );
  const theirs = fixture.QualityReport['Column Pair Trends'].filter(({ Score }) => Score !== null);
  const pairGap = Math.max(
    ...theirs.map(({ 'Column 1': a, 'Column 2': b, Score }) => {
      const ours = pairs.find(({ column1, column2 }) => column1 === a && column2 === b);
      return ours ? Math.abs(ours.score - Score!) : 1;
    }),
  );
  return [
    ...figures.map(([figure, ours, reference, bar]) => ({ figure, ours, theirs: reference, bar })),
    { figure: 'largest deviation, shape of a column', ours: shapeGap, theirs: 0, bar: 1e-3 },
    { figure: 'largest deviation, validity of a column', ours: validityGap, theirs: 0, bar: 1e-9 },
    { figure: 'largest deviation, trend of a pair', ours: pairGap, theirs: 0, bar: 1e-3 },
    { figure: 'pairs that count', ours: pairs.length, theirs: theirs.length, bar: 0 },
  ];
}
