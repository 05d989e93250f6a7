/** The form of a report's evidence, checked when its file is read. */
import { z } from './zod';

const Text = z.string();
const Value = z.number();
const Maybe = z.number().nullable();
const Reached = z.looseObject({ accuracy: Value, accuracyMax: Value });
const Levels = z.array(z.string().regex(/^[.a-i]{0,200}$/)).max(200);
const Estimated = z.looseObject({ value: Value, low: Value, high: Value });
const Statistics = z.looseObject({
  mean: Maybe,
  sd: Maybe,
  quantiles: z.array(Value).nullable(),
  empty: Value,
  distinct: Maybe,
});

export const LikenessSchema = z.looseObject({
  correlations: z
    .looseObject({ columns: z.array(Text), original: z.array(Value), synthetic: z.array(Value) })
    .refine(
      ({ columns, original, synthetic }) =>
        [original, synthetic].every(({ length }) => length === columns.length ** 2),
      { error: 'correlations are of all pairs of columns' },
    )
    .optional(),
  subspace: z
    .looseObject({
      kind: z.enum(['all', 'related', 'random']),
      dims: Value,
      of: Value,
      metrics: z.looseObject({
        dcrShare: Maybe,
        imsTraining: Maybe,
        imsHoldout: Maybe,
        dcrTraining: Maybe,
        dcrHoldout: Maybe,
      }),
    })
    .optional(),
  pca: z
    .looseObject({
      explained: z.array(Value),
      centroids: z.looseObject({
        training: z.array(Value),
        synthetic: z.array(Value),
        holdout: z.array(Value).nullable(),
      }),
      panels: z.array(
        z.looseObject({
          components: z.tuple([Value, Value]),
          ...{ x: z.tuple([Value, Value]), y: z.tuple([Value, Value]) },
          ...{ training: Levels, synthetic: Levels, holdout: Levels.nullable() },
        }),
      ),
    })
    .nullable()
    .optional(),
  coherence: z
    .looseObject({
      ...{ accuracy: Value, accuracyMax: Value },
      columns: z.array(
        z.looseObject({
          column: Text,
          ...{ next: Reached, distinctCategories: Reached, sequencesPerCategory: Reached },
        }),
      ),
      sequences: z.looseObject({ original: Value, synthetic: Value }),
    })
    .optional(),
  discriminatorRows: Value.optional(),
  sdmetrics: z
    .looseObject({
      quality: z.looseObject({ score: Maybe, columnShapes: Maybe, columnPairTrends: Maybe }),
      diagnostic: z.looseObject({
        ...{ score: Value, dataValidity: Maybe, dataStructure: Value },
        ...{ formatValidity: Maybe.optional(), constraintValidity: Maybe.optional() },
        keyUniqueness: Value.optional(),
      }),
      constraints: z
        .array(z.looseObject({ kind: Text, rules: Value, validity: Value, lowest: Value }))
        .optional(),
      columns: z.array(
        z.looseObject({
          column: Text,
          shapeMetric: Text,
          shape: Maybe,
          validityMetric: Text,
          validity: Maybe,
          ...{ formatMetric: Text.optional(), format: Value.optional() },
        }),
      ),
      pairs: z.array(z.looseObject({ column1: Text, column2: Text, metric: Text, score: Value })),
      weakPairs: Value,
      pairRows: Value.optional(),
    })
    .optional(),
  usefulness: z
    .array(
      z.looseObject({
        target: Text,
        metric: z.enum(['AUC', 'R²']),
        real: Estimated,
        synthetic: Estimated,
        rows: z.looseObject({ learned: Value, predicted: Value }),
        importance: z.array(z.looseObject({ column: Text, real: Value, synthetic: Value })),
      }),
    )
    .optional(),
  detection: z
    .looseObject({
      synthetic: Estimated,
      reference: Estimated.nullable(),
      against: z.enum(['holdout', 'training']),
      rows: Value,
    })
    .optional(),
  statistics: z
    .array(
      z.looseObject({
        column: Text,
        kind: z.enum(['number', 'datetime', 'category']),
        original: Statistics,
        synthetic: Statistics,
      }),
    )
    .optional(),
  missing: z.array(z.looseObject({ columns: z.array(Text), original: Value, synthetic: Value })).optional(),
  duplicates: z
    .looseObject({
      training: Value,
      holdout: Maybe,
      synthetic: Value,
      syntheticInTraining: Value,
      syntheticInHoldout: Maybe,
      holdoutInTraining: Maybe,
    })
    .optional(),
});
