/** A trained generator as one file (docs/archive.md): what goes into it, and how it is read. */
import { ResolvedEncodingType, StorageType } from './columns';
import type { PrivacyLedger } from './differential-privacy';
import { UserError } from './errors';
import { exportedDialect } from './exported-dialect';
import { fileNameOf } from './file-name';
import type {
  ContinuedFrom,
  EpochSummary,
  Generator,
  GeneratorColumn,
  GeneratorTable,
  TrainingSummary,
} from './generators';
import type { TrainingMessage } from './job';
import { describeGenerator, type JobConfig, parseJobConfig } from './job-configuration';
import type { ModelMetrics } from './metrics';
import { AuditSchema, maskedAudit } from './model-audit-schema';
import { maskData } from './names-of-data';
import { onlyTable } from './only-table';
import { OriginalForm } from './original-form';
import type { PrivacyGuardSummary } from './privacy-guard';
import { Rule, type TableRule } from './rules';
import { shownShare } from './shown-counts';
import type { Source } from './sources';
import type { Subject as DecidedSubject } from './subjects';
import { isUnprotected } from './unprotected';
import { Writing } from './writing';
import { z } from './zod';

export const ARCHIVE_FORMAT = 'doppelgrid-generator';
/** Of the archives that this version writes, and the latest that it reads. */
export const ARCHIVE_VERSION = 1;

/** Paths of the parts. */
export const ARCHIVE_PARTS = {
  configuration: 'configuration.json',
  columns: 'columns.json',
  log: 'training-log.json',
  summary: 'summary.json',
  metrics: 'metrics.json',
  model: 'model/manifest.json',
  weights: 'model/weights.safetensors',
} as const;

/** The evidence of a column quotes values and counts of the source, so it stays with the source. */
const NO_EVIDENCE = 'As decided where the generator was trained.';

const Text = z.string().max(100_000);
/** JSON writes null for a number that is not finite: rows per second of no time. */
const Count = z
  .number()
  .min(0)
  .nullable()
  .transform((count) => count ?? 0);
const Names = z.array(Text).max(100_000);
const Maybe = z.number().nullable();

const Column = z.object({
  name: Text.min(1),
  originalName: Text,
  decision: z.object({
    included: z.boolean(),
    encodingType: ResolvedEncodingType.nullable(),
    role: z.enum(['feature', 'primary-key', 'excluded']),
    identifiesSubjects: z.literal(true).optional(),
    isKeyPart: z.literal(true).optional(),
    writing: Writing.optional(),
    pairedWith: Text.optional(),
    relativeTo: Text.optional(),
  }),
});

const Subject = z.object({
  columns: Names,
  identifying: Names,
  constant: Names,
  subjects: Count,
  rowsEach: Count,
  source: z.enum(['found', 'declared']),
  isSure: z.boolean(),
} satisfies Record<keyof DecidedSubject, z.ZodType>);

const LearnedTable = z.object({
  original: OriginalForm.exactOptional(),
  columns: z.array(Column).min(1),
  subject: Subject.nullable(),
  rules: z.array(
    z.object({
      rule: Rule,
      applicable: Count,
      kept: Count,
      source: z.enum(['found', 'added']),
      state: z.enum(['kept', 'off', 'partly', 'unkept']),
    }),
  ),
});

const Message = z.object({
  epoch: z.number(),
  isCheckpoint: z.boolean(),
  steps: Count,
  samples: Count,
  trainingLoss: Maybe,
  validationLoss: Maybe,
  totalTime: Count,
  learningRate: Maybe,
  release: Text.optional(),
  epsilon: z.number().optional(),
} satisfies Record<keyof TrainingMessage, z.ZodType>);

const Passes = z.object({
  batchSize: Count,
  epochs: Count,
  steps: Count,
  bestEpoch: Count,
  trainingLoss: Maybe,
  validationLoss: Maybe,
  secondsPerStep: Count,
  rowsPerSecond: Count,
} satisfies Record<keyof EpochSummary, z.ZodType>);

const Guard = z.object({
  copied: z.number(),
  standardError: z.number(),
  rows: Count,
  checks: Count,
  outcome: z.enum(['kept', 'stopped', 'fell-back']),
  acceptable: z.boolean(),
  seconds: Count,
} satisfies Record<keyof PrivacyGuardSummary, z.ZodType>);

const Hidden = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rare'),
    column: Text,
    values: Count,
    become: z.enum(['invented', 'numbered', 'frequent', 'constant', 'near', 'redrawn']),
  }),
  z.object({ kind: z.literal('ends'), column: Text, rows: Count }),
  z.object({ kind: z.literal('extremes'), column: Text, rows: Count, sum: Count, deviation: Count }),
]);

const Ledger = z.object({
  maxEpsilon: Count,
  delta: Count,
  epsilon: Count,
  mu: Count,
  thresholdDelta: Count,
  rowsPerSubject: Count,
  subjects: z.enum(['known', 'declared']),
  noise: z.enum(['secure', 'seeded']),
  releases: z.array(z.object({ what: Text, releases: Count, mu: Count, epsilon: Count })),
  training: z
    .object({ steps: Count, sampleRate: Count, noiseMultiplier: Count, maxGradNorm: Count })
    .optional(),
  declaredPublic: Names,
  attackRisk: z.array(z.object({ falsePositives: Count, truePositives: Count })),
} satisfies Record<keyof PrivacyLedger, z.ZodType>);

const Summary = z.object({
  backend: Text,
  adapter: Text,
  rows: z.object({ training: Count, validation: Count }),
  parameters: Count,
  seconds: Count,
  stoppedBy: z.enum(['completed', 'early-stopping', 'privacy-guard', 'max-epochs', 'max-time', 'person']),
  passes: Passes.nullable(),
  generationOrder: z.enum(['rotated', 'natural', 'random']).nullable(),
  privacyGuard: Guard.nullable(),
  hidden: z.array(Hidden).optional(),
  discriminator: z.object({ auc: Count, trees: Count }).nullable().optional(),
  rotations: z.object({ used: Count, compared: Count }).nullable().optional(),
  isolatedRows: Count.optional(),
  differentialPrivacy: Ledger.optional(),
  peakMemory: Count,
} satisfies Record<keyof TrainingSummary, z.ZodType>);

const Metrics = z.object({
  accuracy: z.object({
    overall: Maybe,
    univariate: Maybe,
    bivariate: Maybe,
    trivariate: Maybe,
    overallMax: Maybe,
    univariateMax: Maybe,
    bivariateMax: Maybe,
    trivariateMax: Maybe,
  }),
  distances: z.object({
    imsTraining: Maybe,
    imsHoldout: Maybe,
    imsTrnHol: Maybe,
    dcrTraining: Maybe,
    dcrHoldout: Maybe,
    dcrTrnHol: Maybe,
    dcrShare: Maybe,
    dcrShareStandardError: Maybe,
    nndrTraining: Maybe.optional(),
    nndrHoldout: Maybe.optional(),
    nndrTrnHol: Maybe.optional(),
  }),
  similarity: z
    .object({
      cosineSimilarityTrainingSynthetic: Maybe,
      cosineSimilarityTrainingHoldout: Maybe,
      discriminatorAucTrainingSynthetic: Maybe,
      discriminatorAucTrainingHoldout: Maybe,
    })
    .optional(),
} satisfies Record<keyof ModelMetrics, z.ZodType>);

/** Versions that a model may have been trained further on, one after the other. */
const MAX_VERSIONS = 64;

/** How rows of earlier versions were split, so many versions back: an archive must not nest without end. */
function earlierRows(depth: number): z.ZodType {
  const selection = z.object({
    part: z.enum(['all', 'training', 'validation']),
    seed: Count,
    validationShare: Count,
    maxValidation: Maybe,
    maxSampleSize: Maybe,
    subjectColumns: Names.optional(),
    ...(depth > 0 ? { continues: earlierRows(depth - 1).optional() } : {}),
  });
  return z.strictObject({ tableId: Text, rows: selection.strict(), knownBy: Names });
}

/** What the manifest of the archive says beside its parts. Ids are random and tell nothing of the source. */
const Header = z.looseObject({
  app: Text,
  unprotected: z.boolean(),
  audit: AuditSchema.optional(),
  source: z.object({ id: Text.min(1), tableId: Text.min(1) }),
  /** The generator whose model this one was trained further from, and how rows of another version were split. */
  continues: z
    .object({
      generatorId: Text,
      name: Text,
      rows: earlierRows(MAX_VERSIONS).optional(),
    })
    .optional(),
});

/** The outside of a stored model; its family reads the content. */
const ModelManifest = z.looseObject({
  format: z.number(),
  model: Text,
  output: z
    .array(
      z.object({
        role: z.enum(['feature', 'primary-key', 'written']),
        schema: z.looseObject({ name: Text, originalName: Text, storageType: StorageType }),
      }),
    )
    .min(1),
  kept: z.looseObject({ rules: z.array(Rule) }),
  content: z.unknown(),
  tensors: z.object({ bytes: Count, sha256: z.string() }),
});

/** The texts of an archive, by path, and what its manifest says beside them. */
export interface ArchivedGenerator {
  readonly name: string;
  readonly header: { readonly format: string; readonly version: number; readonly [field: string]: unknown };
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * What of a trained generator may leave the workspace: no evidence of columns, no count of fewer than 8 rows, no name
 * that holds data, no key.
 * @param source of its rows; absent = it is gone
 * @param app version of the app
 */
export function archiveGenerator(
  generator: Generator,
  source: Pick<Source, 'name' | 'dialect' | 'chosen'> | undefined,
  app: string,
): ArchivedGenerator {
  const { config, tables, messages, summary, metrics, continues, audit } = generator;
  const unprotected = isUnprotected(config);
  const { sourceId, tableId, name: tableName } = onlyTable(config);
  const described = describeGenerator(config);
  const configuration: JobConfig = {
    source: source
      ? { file: maskData(source.name), dialect: exportedDialect(source) }
      : (generator.imported?.source ?? { file: maskData(tableName) }),
    generator: {
      ...described,
      name: maskData(config.name),
      tables: described.tables.map((table) => ({ ...table, name: maskData(table.name) })),
    },
  };
  const learned = tables.map(({ columns, subject, rules, original }) => ({
    ...(original && { original }),
    columns: columns.map(({ decision: { evidence, ...decision }, ...column }) => ({ ...column, decision })),
    subject,
    rules: rules.map((rule): TableRule => (unprotected ? rule : { ...rule, ...shownShare(rule) })),
  }));
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return {
    name: `${fileNameOf(`${maskData(config.name)}-generator${unprotected ? '-unprotected' : ''}`)}.zip`,
    header: {
      ...{ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, app, unprotected },
      source: { id: sourceId, tableId },
      ...(continues && { continues: { ...continues, name: maskData(continues.name) } }),
      // Its figures alone: which rows stand out stays with the source.
      ...(audit && { audit: maskedAudit(audit) }),
    },
    texts: {
      [ARCHIVE_PARTS.configuration]: json(configuration),
      [ARCHIVE_PARTS.columns]: json({ tables: learned }),
      [ARCHIVE_PARTS.log]: json(messages),
      [ARCHIVE_PARTS.summary]: json(summary),
      ...(metrics && { [ARCHIVE_PARTS.metrics]: json(metrics) }),
    },
  };
}

/** The fields of a generator that an archive holds. */
export type ReadGenerator = Pick<
  Generator,
  'config' | 'messages' | 'summary' | 'metrics' | 'imported' | 'continues' | 'audit'
> & {
  readonly table: Omit<GeneratorTable, 'modelId' | 'model'>;
};

/**
 * Reads the texts of an archive.
 * @param file its name
 * @throws UserError `archive/refused` naming the part and the field
 */
export function readGenerator(
  file: string,
  manifest: unknown,
  texts: Readonly<Record<string, string>>,
): ReadGenerator {
  const read = <T extends z.ZodType>(path: string, schema: T, value: unknown): z.output<T> => {
    const checked = schema.safeParse(value);
    if (checked.success) return checked.data;
    const [issue] = checked.error.issues;
    throw refused(file, path, `at ${issue!.path.join('.') || 'the top level'}: ${issue!.message}`);
  };
  const part = <T extends z.ZodType>(path: string, schema: T) => read(path, schema, parse(file, path, texts));
  const { configuration: path } = ARCHIVE_PARTS;
  let configuration: JobConfig;
  try {
    configuration = parseJobConfig(parse(file, path, texts));
  } catch (cause) {
    throw cause instanceof UserError && cause.code === 'config/invalid'
      ? refused(file, path, cause.message)
      : cause;
  }
  const { app, source, continues, audit } = read('manifest.json', Header, manifest);
  read(ARCHIVE_PARTS.model, ModelManifest, parse(file, ARCHIVE_PARTS.model, texts));
  const { generator } = configuration;
  if (generator?.tables.length !== 1) throw refused(file, path, 'it describes no generator of one table');
  const ids = { sourceId: source.id, tableId: source.tableId, holdoutSourceId: null };
  const { tables } = part(ARCHIVE_PARTS.columns, z.object({ tables: z.array(LearnedTable).length(1) }));
  const table = tables[0]!;
  const columns = table.columns.map(
    (column): GeneratorColumn =>
      ({ ...column, decision: { ...column.decision, evidence: NO_EVIDENCE } }) as GeneratorColumn,
  );
  const hasMetrics = texts[ARCHIVE_PARTS.metrics] !== undefined;
  return {
    config: { ...generator, tables: [{ ...generator.tables[0]!, ...ids }] },
    table: { ...table, columns },
    messages: part(ARCHIVE_PARTS.log, z.array(Message)) as TrainingMessage[],
    summary: part(ARCHIVE_PARTS.summary, Summary) as TrainingSummary,
    metrics: hasMetrics ? (part(ARCHIVE_PARTS.metrics, Metrics) as ModelMetrics) : null,
    ...(continues && { continues: continues as ContinuedFrom }),
    ...(audit && { audit: 'auc' in audit ? { audit, exposed: [] } : audit }),
    imported: { file, app, source: configuration.source ?? { file: onlyTable(generator).name } },
  };
}

function parse(file: string, path: string, texts: Readonly<Record<string, string>>): unknown {
  try {
    return JSON.parse(texts[path] ?? '');
  } catch {
    throw refused(file, path, 'it is no JSON');
  }
}

function refused(file: string, path: string, why: string): UserError {
  return new UserError(
    'archive/refused',
    `“${file}” holds a “${path}” that cannot be used (${why.replace(/\.$/, '')}). Nothing was changed: export it again in Doppelgrid, and import that file.`,
    { details: { file, path } },
  );
}
