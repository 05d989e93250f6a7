/** The tables of a report beside accuracies, distances and charts: the page and the HTML file show the same ones. */
import { formatCount, formatDate, formatFixed, formatNumber, formatPercent } from '../../components/format';
import type { Estimated } from '../../domain/intervals';
import type { ColumnStatistics, Likeness, SdMetrics, Usefulness } from '../../domain/likeness';
import type { WholeReport } from '../../domain/reports';
import { ruleTitle } from '../../domain/rule-words';

export interface LikenessTable {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface LikenessPart {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly tables: readonly LikenessTable[];
}

const NONE = '–';

/** In the order of the report; parts without a figure are left out. */
export function likenessParts(report: WholeReport): LikenessPart[] {
  const { likeness } = report;
  if (!likeness) return [];
  return [
    ...usefulnessPart(likeness),
    ...similarityPart(report),
    ...coherencePart(likeness),
    ...sdPart(likeness),
    ...statisticsPart(likeness),
    ...missingPart(likeness),
  ];
}

function usefulnessPart({ usefulness = [], detection }: Likeness): LikenessPart[] {
  const tables: LikenessTable[] = [];
  if (usefulness.length > 0) {
    tables.push({
      label: 'Prediction of holdout rows',
      head: [
        'Target',
        'Figure',
        'Learned of real rows',
        'Learned of synthetic rows',
        'Rows learned, predicted',
      ],
      rows: usefulness.map(({ target, metric, real, synthetic, rows }) => [
        target,
        metric,
        estimate(real),
        estimate(synthetic),
        `${formatCount(rows.learned)}, ${formatCount(rows.predicted)}`,
      ]),
    });
    tables.push(...usefulness.map(importanceTable));
  }
  if (detection) {
    const { synthetic, reference, against, rows } = detection;
    tables.push({
      label: 'Detection',
      head: ['Told apart by trees', 'AUC', 'Rows of each set'],
      rows: [
        [`synthetic from ${against} rows`, estimate(synthetic), formatCount(rows)],
        ...(reference
          ? [['training from holdout rows, for comparison', estimate(reference), formatCount(rows)]]
          : []),
      ],
    });
  }
  if (tables.length === 0) return [];
  const about =
    'Boosted trees learn a column from synthetic rows, and from as many real ones, and predict it for holdout rows: the nearer the figures, the more useful the synthetic rows. Detection (classifier two-sample test): how well such trees tell synthetic from real rows; AUC 0.5 is not at all. Brackets are 95 % intervals.';
  return [{ id: 'usefulness', title: 'Usefulness and detection', about, tables }];
}

function importanceTable({ target, importance }: Usefulness): LikenessTable {
  return {
    label: `What ${target} is predicted from`,
    head: ['Column', 'Real rows', 'Synthetic rows'],
    rows: importance.map(({ column, real, synthetic }) => [
      column,
      formatPercent(real),
      formatPercent(synthetic),
    ]),
  };
}

function similarityPart({ metrics: { similarity, distances }, likeness }: WholeReport): LikenessPart[] {
  const group = likeness?.subspace;
  if (!similarity && !group) return [];
  const d = group?.metrics;
  const tables: LikenessTable[] = [
    {
      label: 'Similarity scores',
      head: ['Measure', 'Training to synthetic', 'Training to holdout'],
      rows: [
        ...(similarity
          ? [
              [
                'Cosine of centroids',
                formatFixed(similarity.cosineSimilarityTrainingSynthetic, 5),
                formatFixed(similarity.cosineSimilarityTrainingHoldout, 5),
              ],
              [
                'Discriminator AUC',
                formatFixed(similarity.discriminatorAucTrainingSynthetic, 3),
                formatFixed(similarity.discriminatorAucTrainingHoldout, 3),
              ],
            ]
          : []),
        ['NNDR, tenth smallest', scientific(distances.nndrTraining), scientific(distances.nndrTrnHol)],
      ],
    },
  ];
  if (group && d) {
    const name =
      group.kind === 'all' ? 'all dimensions' : `${group.dims} ${group.kind} dimensions of ${group.of}`;
    tables.push({
      label: 'Worst group of dimensions',
      head: [
        'Group',
        'DCR share',
        'Identical, training',
        'Identical, holdout',
        'DCR training',
        'DCR holdout',
      ],
      rows: [
        [
          name,
          formatPercent(d.dcrShare),
          formatPercent(d.imsTraining),
          formatPercent(d.imsHoldout),
          formatFixed(d.dcrTraining, 3),
          formatFixed(d.dcrHoldout, 3),
        ],
      ],
    });
  }
  const alike = similarity ? ' Cosine near 1 and AUC near 0.5 mean that the sets lie alike.' : '';
  const told =
    !similarity || likeness?.discriminatorRows === undefined
      ? ''
      : ` The discriminator learned of ${formatCount(likeness.discriminatorRows)} rows of each set.`;
  const about = `On the points of the distances.${alike} The worst group is that of up to seven in which synthetic rows lie nearest to training rows: its share is the highest by choice, and no verdict.${told}`;
  return [{ id: 'similarity', title: 'Similarity', about, tables }];
}

function coherencePart({ coherence }: Likeness): LikenessPart[] {
  if (!coherence) return [];
  const { columns, sequences } = coherence;
  const reached = ({ accuracy, accuracyMax }: { accuracy: number; accuracyMax: number }) =>
    `${formatPercent(accuracy)} (${formatPercent(accuracyMax)})`;
  const about = `How the rows of one person go together, of ${formatCount(sequences.original)} people of the original and ${formatCount(sequences.synthetic)} synthetic ones: accuracies of a row and the next one in the order of the table, of how many different values a person has, and of how many people have each value. In brackets: what fresh people reach. The widest gap comes first.`;
  const table = {
    label: 'Coherence by column',
    head: ['Column', 'Next row', 'Values of a person', 'People of a value'],
    rows: columns.map((own) => [
      own.column,
      ...[own.next, own.distinctCategories, own.sequencesPerCategory].map(reached),
    ]),
  };
  return [{ id: 'coherence', title: 'Coherence', about, tables: [table] }];
}

function sdPart({ sdmetrics }: Likeness): LikenessPart[] {
  if (!sdmetrics) return [];
  const { quality, diagnostic, columns, pairs, weakPairs, constraints = [] } = sdmetrics;
  const tables: LikenessTable[] = [
    {
      label: 'SDMetrics scores',
      head: ['Report', 'Score', 'Parts'],
      rows: [
        ...(quality.score === null
          ? []
          : [
              [
                'Quality',
                formatPercent(quality.score),
                `Column Shapes ${formatPercent(quality.columnShapes)}, Column Pair Trends ${formatPercent(quality.columnPairTrends)}`,
              ],
            ]),
        [
          'Diagnostic',
          formatPercent(diagnostic.score, 2),
          `Data Validity ${formatPercent(diagnostic.dataValidity, 2)}, Data Structure ${formatPercent(diagnostic.dataStructure, 2)}`,
        ],
        ...validityRows(sdmetrics),
      ],
    },
    {
      label: 'SDMetrics by column, worst first',
      head: ['Column', 'Shape', 'Validity', 'Format', 'Computed as'],
      rows: columns.map(({ column, shape, validity, format, shapeMetric, validityMetric, formatMetric }) => [
        column,
        formatPercent(shape),
        formatPercent(validity, 2),
        formatPercent(format ?? null, 2),
        [shapeMetric, validityMetric, ...(formatMetric ? [formatMetric] : [])].join(', '),
      ]),
    },
  ];
  if (constraints.length > 0) {
    tables.push({
      label: 'Constraints by kind, worst first',
      head: ['Kind of rule', 'Rules', 'Kept', 'The one kept least'],
      rows: constraints.map(({ kind, rules, validity, lowest }) => [
        ruleTitle(kind),
        formatCount(rules),
        formatPercent(validity, 2),
        formatPercent(lowest, 2),
      ]),
    });
  }
  if (pairs.length > 0) {
    tables.push({
      label: 'SDMetrics by pair, worst first',
      head: ['Pair', 'Score', 'Computed as'],
      rows: pairs.map(({ column1, column2, score, metric }) => [
        `${column1} × ${column2}`,
        formatPercent(score),
        metric,
      ]),
    });
  }
  const [reports, weak] =
    quality.score === null
      ? ['Diagnostic report', '']
      : [
          'Quality and Diagnostic reports',
          ` ${formatCount(weakPairs)} pairs are too weak in the original to count.`,
        ];
  const about = `The ${reports} of SDMetrics 0.32, computed by its formulas against the rows trained on.${weak}`;
  return [{ id: 'sdmetrics', title: 'SDMetrics', about, tables }];
}

/** What stands beside SDMetrics' Diagnostic report: keys, formats and rules. */
function validityRows({ diagnostic }: SdMetrics): string[][] {
  const { keyUniqueness, formatValidity, constraintValidity } = diagnostic;
  const rows: [string, number | null | undefined, string][] = [
    ['Key uniqueness', keyUniqueness, 'rows whose primary key no earlier row has; part of Data Validity'],
    [
      'Format validity',
      formatValidity,
      'values written as in the original: decimals, time of day, form of codes; beside the report',
    ],
    [
      'Constraint validity',
      constraintValidity,
      'rows that keep the rules found and set, of as many as in the original; beside the report',
    ],
  ];
  return rows.flatMap(([name, share, about]) =>
    typeof share === 'number' ? [[name, formatPercent(share, 2), about]] : [],
  );
}

function statisticsPart({ statistics = [] }: Likeness): LikenessPart[] {
  if (statistics.length === 0) return [];
  const about =
    'Original before synthetic. Quantiles are means of five neighbouring values, and are not shown of fewer than 200; values of categories that fewer than 8 people have are not counted.';
  const numbers = statistics.filter(({ kind }) => kind !== 'category');
  const others = statistics.filter(({ kind }) => kind === 'category');
  const tables: LikenessTable[] = [];
  if (numbers.length > 0) {
    tables.push({
      label: 'Numbers and dates side by side',
      head: [
        'Column',
        'Rows',
        'Mean',
        'Standard deviation',
        '5 %',
        '25 %',
        'Median',
        '75 %',
        '95 %',
        'Empty',
      ],
      rows: numbers.flatMap((entry) => [valueRow(entry, 'original'), valueRow(entry, 'synthetic')]),
    });
  }
  if (others.length > 0) {
    tables.push({
      label: 'Categories side by side',
      head: ['Column', 'Values, original', 'Values, synthetic', 'Empty, original', 'Empty, synthetic'],
      rows: others.map(({ column, original, synthetic }) => [
        column,
        formatCount(original.distinct),
        formatCount(synthetic.distinct),
        formatPercent(original.empty),
        formatPercent(synthetic.empty),
      ]),
    });
  }
  return [{ id: 'statistics', title: 'Columns side by side', about, tables }];
}

function valueRow({ column, kind, ...sets }: ColumnStatistics, set: 'original' | 'synthetic'): string[] {
  const { mean, sd, quantiles, empty } = sets[set];
  const format = (value: number | null | undefined) => {
    if (value === null || value === undefined) return NONE;
    return kind === 'datetime' ? formatDate(value) : formatNumber(value);
  };
  const spread =
    kind === 'datetime' && sd !== null ? `${formatNumber(Math.round(sd / 86_400_000))} days` : null;
  return [
    column,
    set,
    format(mean),
    spread ?? (sd === null ? NONE : formatNumber(sd)),
    ...[0, 1, 2, 3, 4].map((i) => format(quantiles?.[i])),
    formatPercent(empty),
  ];
}

function missingPart({ missing = [], duplicates }: Likeness): LikenessPart[] {
  const tables: LikenessTable[] = [];
  if (missing.length > 0) {
    tables.push({
      label: 'Which columns are empty together',
      head: ['Empty columns', 'Original', 'Synthetic'],
      rows: missing.map(({ columns, original, synthetic }) => [
        columns.length === 0 ? '(none)' : columns.join(', '),
        formatPercent(original),
        formatPercent(synthetic),
      ]),
    });
  }
  if (duplicates) {
    const { training, holdout, synthetic, syntheticInTraining, syntheticInHoldout, holdoutInTraining } =
      duplicates;
    tables.push({
      label: 'Repeated rows',
      head: ['Rows that are the same in all columns', 'Share'],
      rows: [
        ['training rows that repeat another', formatPercent(training, 2)],
        ['holdout rows that repeat another', formatPercent(holdout, 2)],
        ['synthetic rows that repeat another', formatPercent(synthetic, 2)],
        ['synthetic rows that equal a training row', formatPercent(syntheticInTraining, 2)],
        ['synthetic rows that equal a holdout row', formatPercent(syntheticInHoldout, 2)],
        ['holdout rows that equal a training row', formatPercent(holdoutInTraining, 2)],
      ],
    });
  }
  if (tables.length === 0) return [];
  const about =
    'Shares of rows. Combinations that fewer than 8 people of the original have are shown as 0 %, others rounded to 5 rows.';
  return [{ id: 'missing', title: 'Empty cells and repeated rows', about, tables }];
}

function estimate({ value, low, high }: Estimated): string {
  return `${formatFixed(value, 3)} (${formatFixed(low, 3)} to ${formatFixed(high, 3)})`;
}

function scientific(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  return value < 1e-6 ? '≈ 0' : formatNumber(Number(value.toPrecision(3)));
}
