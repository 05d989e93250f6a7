/** What files and terminal say of the evidence beside accuracies and distances. */
import type { Estimated, Likeness } from './likeness';
import type { WholeReport } from './reports';

/** For JSON files, in snake case; null = the report has none. */
export function likenessFacts({ likeness }: Pick<WholeReport, 'likeness'>): Record<string, unknown> | null {
  if (!likeness) return null;
  const { correlations, subspace, sdmetrics, usefulness, detection, statistics, missing, duplicates } =
    likeness;
  return inSnakeCase({
    correlations: correlations ?? null,
    worstGroupOfDimensions: subspace ?? null,
    sdmetrics: sdmetrics ?? null,
    usefulness: usefulness ?? [],
    detection: detection ?? null,
    statistics: statistics ?? [],
    missingPatterns: missing ?? [],
    duplicates: duplicates ?? null,
  }) as Record<string, unknown>;
}

/** The figures alone, without tables: for `run.json`. */
export function likenessSummary(
  report: Pick<WholeReport, 'likeness' | 'metrics'>,
): Record<string, unknown> | null {
  const { likeness } = report;
  if (!likeness) return null;
  const { sdmetrics, usefulness = [], detection, duplicates } = likeness;
  return inSnakeCase({
    similarity: report.metrics.similarity ?? null,
    sdmetrics: sdmetrics ? { quality: sdmetrics.quality, diagnostic: sdmetrics.diagnostic } : null,
    usefulness: usefulness.map(({ target, metric, real, synthetic }) => ({
      target,
      metric,
      real,
      synthetic,
    })),
    detection: detection ?? null,
    duplicates: duplicates ?? null,
  }) as Record<string, unknown>;
}

/** The sentences of the terminal: SDMetrics' scores, usefulness, detection. */
export function likenessSentences({
  likeness,
  metrics,
}: Pick<WholeReport, 'likeness' | 'metrics'>): string[] {
  const lines: string[] = [];
  const auc = metrics.similarity?.discriminatorAucTrainingSynthetic;
  const cosine = metrics.similarity?.cosineSimilarityTrainingSynthetic;
  if (typeof auc === 'number' && typeof cosine === 'number') {
    lines.push(
      `Similarity: cosine of centroids ${cosine.toFixed(4)}, discriminator AUC ${auc.toFixed(3)} (.5 = cannot be told apart).`,
    );
  }
  const { sdmetrics, usefulness = [], detection } = likeness ?? {};
  if (sdmetrics) {
    lines.push(
      `SDMetrics: quality ${percent(sdmetrics.quality.score)}, diagnostic ${percent(sdmetrics.diagnostic.score)}.`,
    );
  }
  for (const { target, metric, real, synthetic } of usefulness.slice(0, 1)) {
    lines.push(
      `Usefulness: trees that learned of synthetic rows predict “${target.slice(0, 60)}” of the holdout with ${metric} ${interval(synthetic)}; of real rows ${interval(real)}.`,
    );
  }
  if (detection) {
    const reference = detection.reference ? `; training from holdout ${interval(detection.reference)}` : '';
    lines.push(
      `Detection (C2ST): trees tell synthetic from ${detection.against} rows with AUC ${interval(detection.synthetic)}${reference}.`,
    );
  }
  return lines;
}

/** Columns whose validity or shape is known, for the CSV file. */
export function sdByColumn(
  likeness: Likeness | undefined,
): ReadonlyMap<string, { shape: number | null; validity: number | null }> {
  return new Map(
    (likeness?.sdmetrics?.columns ?? []).map(({ column, shape, validity }) => [column, { shape, validity }]),
  );
}

function interval({ value, low, high }: Estimated): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

function percent(share: number | null): string {
  return share === null ? 'not computed' : `${(100 * share).toFixed(1)} %`;
}

function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      inSnakeCase(own),
    ]),
  );
}
