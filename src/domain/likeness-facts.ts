/** What files and terminal say of the evidence beside accuracies and distances. */
import { fixedWithInterval, percent } from './evidence-part';
import type { Likeness, SdMetrics } from './likeness';
import { inSnakeCase } from './metrics';
import { fixedText } from './number-marks';
import type { WholeReport } from './reports';

/** For JSON files, in snake case; null = the report has none. */
export function likenessFacts({ likeness }: Pick<WholeReport, 'likeness'>): Record<string, unknown> | null {
  if (!likeness) return null;
  const {
    correlations,
    subspace,
    pca,
    coherence,
    sdmetrics,
    usefulness,
    detection,
    statistics,
    missing,
    duplicates,
  } = likeness;
  return inSnakeCase({
    correlations: correlations ?? null,
    worstGroupOfDimensions: subspace ?? null,
    principalComponents: pca ?? null,
    coherence: coherence ?? null,
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
      `Similarity: cosine of centroids ${fixedText(cosine, 4)}, discriminator AUC ${fixedText(auc, 3)} (0.5 = cannot be told apart).`,
    );
  }
  const { sdmetrics, usefulness = [], detection } = likeness ?? {};
  if (sdmetrics) {
    lines.push(
      `SDMetrics: quality ${share(sdmetrics.quality.score)}, diagnostic ${share(sdmetrics.diagnostic.score)}${validityWords(sdmetrics.diagnostic)}.`,
    );
  }
  for (const { target, metric, real, synthetic } of usefulness.slice(0, 1)) {
    lines.push(
      `Usefulness: trees that learned of synthetic rows predict “${target.slice(0, 60)}” of the holdout with ${metric} ${fixedWithInterval(synthetic)}; of real rows ${fixedWithInterval(real)}.`,
    );
  }
  if (detection) {
    const reference = detection.reference
      ? `; training from holdout ${fixedWithInterval(detection.reference)}`
      : '';
    lines.push(
      `Detection (C2ST): trees tell synthetic from ${detection.against} rows with AUC ${fixedWithInterval(detection.synthetic)}${reference}.`,
    );
  }
  return lines;
}

/** ", keys 100.0 %, formats 99.8 %, constraints 100.0 %": what there is of it. */
function validityWords({
  keyUniqueness,
  formatValidity,
  constraintValidity,
}: SdMetrics['diagnostic']): string {
  const words = { keys: keyUniqueness, formats: formatValidity, constraints: constraintValidity };
  return Object.entries(words)
    .map(([name, value]) => (typeof value === 'number' ? `, ${name} ${percent(value)}` : ''))
    .join('');
}

/** Columns whose validity or shape is known, for the CSV file. */
export function sdByColumn(
  likeness: Likeness | undefined,
): ReadonlyMap<string, { shape: number | null; validity: number | null; format: number | null }> {
  return new Map(
    (likeness?.sdmetrics?.columns ?? []).map(({ column, shape, validity, format = null }) => [
      column,
      { shape, validity, format },
    ]),
  );
}

function share(value: number | null): string {
  return value === null ? 'not computed' : percent(value);
}
