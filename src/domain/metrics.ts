/** Metrics of a report; meaning and rounding: docs/metrics.md. Null = could not be computed. */
export interface Accuracy {
  readonly overall: number | null;
  readonly univariate: number | null;
  readonly bivariate: number | null;
  readonly trivariate: number | null;
  readonly overallMax: number | null;
  readonly univariateMax: number | null;
  readonly bivariateMax: number | null;
  readonly trivariateMax: number | null;
  /** How the rows of one person go together; absent = people have one row each. */
  readonly coherence?: number | null;
  readonly coherenceMax?: number | null;
}

export interface Distances {
  readonly imsTraining: number | null;
  readonly imsHoldout: number | null;
  readonly imsTrnHol: number | null;
  readonly dcrTraining: number | null;
  readonly dcrHoldout: number | null;
  readonly dcrTrnHol: number | null;
  readonly dcrShare: number | null;
  /** Standard error of `dcrShare`. */
  readonly dcrShareStandardError: number | null;
  /** The tenth smallest ratio of the distances to the closest and the second closest record. Absent in earlier reports. */
  readonly nndrTraining?: number | null;
  readonly nndrHoldout?: number | null;
  readonly nndrTrnHol?: number | null;
}

/** How alike the points of two sets are. */
export interface Similarity {
  readonly cosineSimilarityTrainingSynthetic: number | null;
  readonly cosineSimilarityTrainingHoldout: number | null;
  readonly discriminatorAucTrainingSynthetic: number | null;
  readonly discriminatorAucTrainingHoldout: number | null;
}

export interface ModelMetrics {
  readonly accuracy: Accuracy;
  readonly distances: Distances;
  /** Absent in earlier reports. */
  readonly similarity?: Similarity;
}

/** `metrics.json`: the snake_case names of mostlyai-qa. */
export function metricsToJson({
  accuracy,
  distances,
  similarity,
}: ModelMetrics): Record<string, Record<string, number | null> | null> {
  return {
    accuracy: snakeCase({
      ...accuracy,
      coherence: accuracy.coherence ?? null,
      coherenceMax: accuracy.coherenceMax ?? null,
    }),
    similarity: similarity ? snakeCase({ ...similarity }) : null,
    distances: snakeCase({ ...distances }),
  };
}

/** The same values under names in snake case. */
export function snakeCase<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** The same for objects and lists within, however deep. */
export function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (value === null || typeof value !== 'object') return value;
  return snakeCase(Object.fromEntries(Object.entries(value).map(([key, own]) => [key, inSnakeCase(own)])));
}
