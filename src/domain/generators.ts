import type { AppliedRecipe } from './applied-recipe';
import type { Checkpoint } from './checkpoints';
import { ColumnConfig, type EncodingDecision } from './columns';
import type { PrivacyLedger } from './differential-privacy';
import type { HiddenValues } from './hidden-values';
import type { Job, ProgressStatus, TrainingMessage } from './job';
import type { ModelMetrics } from './metrics';
import type { AuditOutcome, NoAudit } from './model-audit';
import { ModelConfiguration } from './model-configuration';
import { Description } from './naming';
import type { OriginalForm } from './original-form';
import type { PrivacyGuardSummary } from './privacy-guard';
import { RuleSettings, type TableRule } from './rules';
import { RandomState } from './setting';
import type { CutDialect } from './sources';
import type { EarlierRows } from './split';
import type { Subject } from './subjects';
import type { GenerationOrder, SyntheticDatasetConfig } from './synthetic-datasets';
import { z } from './zod';

export const SourceTableConfig = z.object({
  name: z.string().min(1).max(256),
  sourceId: z.string().min(1),
  /** Table of that source. */
  tableId: z.string().min(1),
  /** Source whose rows serve the report only; null = the validation rows are the holdout. */
  holdoutSourceId: z.string().min(1).nullable().default(null),
  /** Name of the key column, regenerated instead of modelled; null = none. */
  primaryKey: z.string().nullable().default(null),
  /** Names of the columns in which the rows of one person agree; null = as found in the data, [] = one row per person. */
  subjectColumns: z.array(z.string().min(1)).nullable().default(null),
  columns: z.array(ColumnConfig),
  rules: RuleSettings.prefault({}),
  tabularModelConfiguration: ModelConfiguration.prefault({}),
});
export type SourceTableConfig = z.infer<typeof SourceTableConfig>;

export const GeneratorConfig = z.object({
  name: z.string().min(1).max(256),
  description: Description.optional(),
  randomState: RandomState.meta({
    title: 'Random seed',
    description: 'The same generator, rows, settings and seed give the same model.',
    option: 'seed',
    redraw: 'New seed',
  }),
  tables: z.array(SourceTableConfig).min(1),
});
export type GeneratorConfig = z.infer<typeof GeneratorConfig>;

/** Of a training that passes over the rows again and again. */
export interface EpochSummary {
  readonly batchSize: number;
  readonly epochs: number;
  readonly steps: number;
  readonly bestEpoch: number;
  /** Nats per row; null = private, and so are both. */
  readonly trainingLoss: number | null;
  readonly validationLoss: number | null;
  readonly secondsPerStep: number;
  /** Rows visited per second of training. */
  readonly rowsPerSecond: number;
}

/** What a finished training of any family says of itself. */
export interface TrainingSummary {
  readonly backend: string;
  readonly adapter: string;
  readonly rows: { readonly training: number; readonly validation: number };
  readonly parameters: number;
  /** Wall seconds of training, validation included. */
  readonly seconds: number;
  /** `completed`: a model that is fitted at once. */
  readonly stoppedBy: 'completed' | 'early-stopping' | 'privacy-guard' | 'max-epochs' | 'max-time' | 'person';
  /** Null for a family that is fitted at once. */
  readonly passes: EpochSummary | null;
  /** In which order a generation draws columns unless told otherwise; null = the family has no order. */
  readonly generationOrder: GenerationOrder | null;
  /** What the privacy guard saw; null = switched off, or too few unseen rows to compare with. */
  readonly privacyGuard: PrivacyGuardSummary | null;
  /**
   * Training rows that stand most alone, of which a secret half was learned through others (docs/privacy.md, Isolated
   * people); absent = every row was learned as it is.
   */
  readonly isolatedRows?: number;
  /** What value protection hid, in the order of the columns; absent = not told. */
  readonly hidden?: readonly HiddenValues[];
  /**
   * The trees by which drawn rows are kept or not, and the AUC by which they told held-back rows from drawn ones; null =
   * they could not. Absent = the family has none.
   */
  readonly discriminator?: { readonly auc: number; readonly trees: number } | null;
  /** Rotations of the column order that rows are drawn in, of those compared; null or absent = all. */
  readonly rotations?: { readonly used: number; readonly compared: number } | null;
  /** The guarantee that holds for every subject, and what it cost; absent = there is none. */
  readonly differentialPrivacy?: PrivacyLedger;
  /** Highest known memory of the engine's kernels, bytes. */
  readonly peakMemory: number;
}

export interface GeneratorColumn {
  readonly name: string;
  readonly originalName: string;
  readonly decision: EncodingDecision;
}

/** What a generator makes of a table of its configuration. */
export interface GeneratorTable {
  readonly modelId: string;
  readonly columns: readonly GeneratorColumn[];
  /** Whose rows are whose; null = every row is a subject of its own. */
  readonly subject: Subject | null;
  /** Rules found in the training rows or added; empty before the training. */
  readonly rules: readonly TableRule[];
  /** Ids of the files of the trained model; absent = it was not trained, or they could not be kept. */
  readonly model?: StoredModel;
  /** The model that the training goes on from, until it is over; absent = it begins anew. */
  readonly base?: BaseModel;
  /** How the file of its rows was written; absent = not known. */
  readonly original?: OriginalForm | undefined;
  /** Table of the holdout that the configuration was checked with; absent = the source's current one. */
  readonly holdoutTableId?: string;
}

/** Ids of the files of a trained model. */
interface StoredModel {
  readonly manifest: string;
  readonly tensors: string;
}

/** A copy of a trained model. */
export interface BaseModel {
  readonly modelId: string;
  readonly model: StoredModel;
  /** Columns as they were decided for its training. */
  readonly columns: readonly GeneratorColumn[];
  /** It was trained on the same rows with the same protection key. */
  readonly sameRows: boolean;
}

/** The generator whose model a training went on from. */
export interface ContinuedFrom {
  readonly generatorId: string;
  /** Its name then. */
  readonly name: string;
  /** Rows of another version of the source, which stay on their side of the split; absent = of the same one. */
  readonly rows?: EarlierRows;
}

/** Where a generator came from that was trained elsewhere. */
export interface ImportedFrom {
  /** Name of the archive. */
  readonly file: string;
  /** Version of the app that wrote it. */
  readonly app: string;
  /** The file that it was trained on, and how it was read; absent = not known. */
  readonly source: { readonly file: string; readonly dialect?: CutDialect | undefined };
}

/** What has to be brought in before an imported generator can be trained anew. */
export function sourceSentence({ source }: ImportedFrom): string {
  return `It was imported, and its rows are not here: bring in “${source.file}” to train on them.`;
}

/** A configuration and, once trained, its model. */
export interface Generator {
  readonly id: string;
  readonly config: GeneratorConfig;
  /** One for each of `config.tables`. */
  readonly tables: readonly GeneratorTable[];
  readonly trainingStatus: ProgressStatus;
  readonly messages: readonly TrainingMessage[];
  /** The last training; null before the first. */
  readonly progress: Job | null;
  /** What computes it, by name, e.g. "WASM SIMD, 1 thread"; null before the training starts. */
  readonly backend: string | null;
  readonly summary: TrainingSummary | null;
  readonly metrics: ModelMetrics | null;
  /** What an audit of its model found, or why there was none; absent = it was not asked for yet. */
  readonly audit?: AuditOutcome | NoAudit | undefined;
  /** A synthetic dataset with its report follows the training by itself; absent = no, or it has followed. */
  readonly goesOn?: boolean | undefined;
  /** The sentence shown when the training failed. */
  readonly error: string | null;
  /** Absent = its model was or is to be trained from the start. */
  readonly continues?: ContinuedFrom;
  /** Number of the version of its source that it was trained on last; absent = not known. */
  readonly sourceVersion?: number;
  /** Absent = it was trained in this workspace. */
  readonly imported?: ImportedFrom;
  /** The recipe it is made by, and how that generates; absent = by none. */
  readonly recipe?: AppliedRecipe & {
    readonly syntheticDataset: Omit<SyntheticDatasetConfig, 'generatorId'>;
  };
  /** Where a training that has not ended can go on. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Absent = in the first project. */
  readonly projectId?: string;
}

/** Ids of the models that the engine may hold for a generator: its own, and that which its training goes on from. */
export function modelIdsOf({ tables }: Pick<Generator, 'tables'>): string[] {
  return tables.flatMap(({ modelId, base }) => [modelId, ...(base ? [base.modelId] : [])]);
}

/** Whether a synthetic dataset is to follow a training that has ended, and has not yet. */
export function hasDatasetToCome({
  goesOn,
  trainingStatus,
}: Pick<Generator, 'goesOn' | 'trainingStatus'>): boolean {
  return goesOn === true && trainingStatus === 'DONE';
}
