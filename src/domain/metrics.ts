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
}

export interface ModelMetrics {
  readonly accuracy: Accuracy;
  readonly distances: Distances;
}

/** `metrics.json`: the snake_case names of mostlyai-qa. */
export function metricsToJson(metrics: ModelMetrics): Record<string, Record<string, number | null>> {
  return { accuracy: snakeCase({ ...metrics.accuracy }), distances: snakeCase({ ...metrics.distances }) };
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
