/** What may come back from a workspace: data that an earlier version, another one or a person wrote. */

import { AppliedRecipe } from './applied-recipe';
import { type Connector, ConnectorRecord } from './connectors';
import { type Generator, GeneratorConfig } from './generators';
import { isUnfinished, type Job } from './job';
import { ProjectRecord } from './projects';
import { Recipe } from './recipes';
import type { Report } from './reports';
import { filesOf } from './source-versions';
import { CsvDialect, CutDialect, type Source } from './sources';
import { type SyntheticDataset, SyntheticDatasetConfig } from './synthetic-datasets';
import { z } from './zod';

/** Version of the records that this version of the app writes. A change of their form is the next one. */
export const RECORD_VERSION = 2;

const ProgressStatus = z.enum([
  'NEW',
  'CONTINUE',
  'QUEUED',
  'IN_PROGRESS',
  'ON_HOLD',
  'DONE',
  'FAILED',
  'CANCELED',
]);
const Text = z.string();
const Checkpoint = z.object({
  files: z.array(Text),
  app: Text,
  at: z.number(),
  value: z.number(),
  unit: Text,
});
/** Objects whose other fields are the business of those who show them. */
const Loose = z.looseObject({});

const Tables = z
  .array(
    z.looseObject({
      id: Text,
      name: Text,
      rowCount: z.number(),
      columns: z.array(
        z.looseObject({ index: z.number(), name: Text, originalName: Text, storageType: Text }),
      ),
      rejectedCount: z.number(),
      rejected: z.array(Loose),
    }),
  )
  .min(1);
/** A file as it was read. */
const ReadFile = z.looseObject({
  byteSize: z.number(),
  dialect: CsvDialect,
  tables: Tables,
  importSeconds: z.number(),
  file: Text.optional(),
});
const Version = ReadFile.extend({ number: z.number(), fileName: Text });
const Model = z.object({ manifest: Text, tensors: Text });
/** Versions that a model was trained on before, each in the rows of the next. */
const EarlierRows: z.ZodType = z.looseObject({
  tableId: Text,
  rows: z.looseObject({
    part: z.enum(['all', 'training', 'validation']),
    continues: z.lazy(() => EarlierRows.optional()),
  }),
  knownBy: z.array(Text),
});

/**
 * What each kind of record must have for the pages not to break: names, references, configurations, lists. Messages
 * are read by those who draw them, charts are checked when they are (`report-charts.ts`).
 */
const SCHEMAS = {
  source: ReadFile.extend({
    id: Text,
    name: Text,
    description: Text.optional(),
    from: z.object({ connectorId: Text, location: Text }).optional(),
    earlier: z.array(Version).optional(),
    newer: Version.extend({ otherDialect: z.boolean() }).optional(),
    projectId: Text.optional(),
  }),
  generator: z.looseObject({
    id: Text,
    config: GeneratorConfig,
    tables: z
      .array(
        z.looseObject({
          modelId: Text,
          columns: z.array(z.looseObject({ name: Text, decision: z.looseObject({ role: Text }) })),
          rules: z.array(z.looseObject({ rule: z.looseObject({ kind: Text }) })),
          model: Model.optional(),
          base: z.looseObject({ modelId: Text, model: Model }).optional(),
        }),
      )
      .min(1),
    trainingStatus: ProgressStatus,
    messages: z.array(Loose),
    summary: Loose.nullable(),
    error: Text.nullable(),
    continues: z.looseObject({ generatorId: Text, name: Text, rows: EarlierRows.optional() }).optional(),
    recipe: AppliedRecipe.extend({
      syntheticDataset: SyntheticDatasetConfig.omit({ generatorId: true }),
    }).optional(),
    imported: z
      .object({
        file: Text,
        app: Text,
        source: z.object({ file: Text, dialect: CutDialect.optional() }),
      })
      .optional(),
    checkpoint: Checkpoint.optional(),
    projectId: Text.optional(),
  }),
  'synthetic-dataset': z.looseObject({
    id: Text,
    config: SyntheticDatasetConfig,
    unprotected: z.boolean(),
    tables: z
      .array(
        z.looseObject({
          id: Text,
          stored: z
            .object({
              file: Text,
              columns: z.array(z.looseObject({ name: Text, originalName: Text, storageType: Text })),
            })
            .optional(),
        }),
      )
      .min(1),
    generationStatus: ProgressStatus,
    reportId: Text.nullable(),
    error: Text.nullable(),
    recipe: AppliedRecipe.optional(),
    checkpoint: Checkpoint.optional(),
    projectId: Text.optional(),
  }),
  report: z.looseObject({
    id: Text,
    syntheticDatasetId: Text,
    createdAt: Text,
    metrics: Loose,
    columns: z.number().optional(),
    charts: Text.optional(),
    notes: z.array(Text),
    rules: z.array(Loose),
  }),
  recipe: Recipe,
  job: z.looseObject({
    id: Text,
    kind: Text,
    resource: z.looseObject({
      kind: z.enum(['source', 'generator', 'synthetic-dataset', 'project']),
      id: Text,
      name: Text,
    }),
    status: ProgressStatus,
    waitsFor: Text.nullable(),
    steps: z.array(
      z.looseObject({
        code: Text,
        status: ProgressStatus,
        value: z.number(),
        max: z.number().nullable(),
        unit: Text,
        elapsed: z.number(),
        remaining: z.number().nullable(),
      }),
    ),
    messages: z.array(Loose),
    notices: z.array(Text),
    isStopping: z.boolean(),
    error: Text.nullable(),
    createdAt: z.number(),
    startedAt: z.number().nullable(),
    endedAt: z.number().nullable(),
    asked: z.looseObject({ kind: Text, file: Text.optional() }).optional(),
  }),
  dataset: z.looseObject({
    id: Text,
    name: Text,
    description: Text.optional(),
    instructions: Text.optional(),
    sourceIds: z.array(Text),
    projectId: Text.optional(),
  }),
  connector: ConnectorRecord,
  /** What a person chose for a connector, under its id; it is not copied, nor in any file. */
  handle: z.object({
    handle: z.custom<FileSystemHandle>((value) => typeof value === 'object' && value !== null),
  }),
  'protection-key': z.object({ key: z.string().regex(/^[0-9a-f]{64}$/) }),
  project: ProjectRecord,
} as const;

export type RecordKind = keyof typeof SCHEMAS;

/** Ids of the files that a resource names: they stay as long as its record does. */
export const FILES_OF = {
  source: (source: Source) => filesOf(source).flatMap(({ file }) => (file ? [file] : [])),
  generator: ({ tables, checkpoint }: Generator) => [
    ...tables.flatMap(({ model, base }) =>
      [model, base?.model].flatMap((files) => (files ? [files.manifest, files.tensors] : [])),
    ),
    ...(checkpoint?.files ?? []),
  ],
  'synthetic-dataset': ({ tables, checkpoint }: SyntheticDataset) => [
    ...tables.flatMap(({ stored }) => (stored ? [stored.file] : [])),
    ...(checkpoint?.files ?? []),
  ],
  connector: ({ file }: Connector) => (file === undefined ? [] : [file]),
  report: ({ charts }: Report) => (charts === undefined ? [] : [charts]),
  job: ({ asked }: Pick<Job, 'asked'>) => (asked && 'file' in asked && asked.file ? [asked.file] : []),
} as const;

/** A record that is not shown, and why. It stays where it is. */
export interface SetAside {
  readonly kind: RecordKind;
  readonly id: string;
  /** Its name, as far as it can be told. */
  readonly name: string;
  readonly reason: string;
}

/**
 * Checks a record; of a kind that this version does not know, it is of a later one.
 * @returns null if it can be used, else why it cannot
 */
export function wrongWith(kind: RecordKind, version: number, value: unknown): string | null {
  if (!Object.hasOwn(SCHEMAS, kind) || version > RECORD_VERSION)
    return `It was written by a later version of Doppelgrid (records of version ${version}; this one reads ${RECORD_VERSION}). Reload the page to get that version.`;
  const checked = SCHEMAS[kind].safeParse(value);
  if (checked.success) return null;
  const [issue] = checked.error.issues;
  const at = issue!.path.join('.');
  return `It does not have the form of a ${kind.replace('-', ' ')}${at ? `: ${at}` : ''} (${issue!.message}). It was changed by hand, or its writing broke off.`;
}

/**
 * A record in the form of this version. From 1 to 2: generators and datasets no longer hold their last job, which is a
 * record of its own; a job of version 1 was none, so its log is gone.
 */
export function upgraded(kind: RecordKind, version: number, value: unknown): unknown {
  const holdsJob = kind === 'generator' || kind === 'synthetic-dataset';
  if (version !== 1 || !holdsJob || typeof value !== 'object' || value === null) return value;
  return { ...value, progress: null };
}

/**
 * A generator or dataset as its record holds it: its last job is a record of its own, and so are the messages of a
 * training that has not ended.
 */
export function recordOf<T extends Generator | SyntheticDataset>(resource: T): Omit<T, 'progress'> {
  const { progress: _job, ...rest } = resource;
  const isHeldByJob = 'trainingStatus' in resource && isUnfinished(resource.trainingStatus);
  return isHeldByJob ? { ...rest, messages: [] } : rest;
}
