import type { RecordKey, WorkspaceState, WorkspaceUsage } from '../../workers/workspace/protocol';
import type { EncodingDecision } from '../domain/columns';
import type { ColumnSettings } from '../domain/decide-encoding';
import type { Generator, GeneratorConfig } from '../domain/generators';
import type { Job, JobKind, ProgressStatus, TrainingMessage } from '../domain/job';
import type { JobConfig } from '../domain/job-configuration';
import type { Naming } from '../domain/naming';
import type { SetAside } from '../domain/records';
import type { Report } from '../domain/reports';
import type { RuleSettings, TableRule } from '../domain/rules';
import type { CsvDialect, DemoTableId, Source, TablePreview } from '../domain/sources';
import type {
  CsvExportOptions,
  DownloadFormat,
  SyntheticDataset,
  SyntheticDatasetConfig,
  SyntheticTableConfiguration,
} from '../domain/synthetic-datasets';

/**
 * The one typed interface to the workers: what the pages use and what `window.doppelgrid` offers to scripts.
 *
 * Every long call takes an `AbortSignal`; aborting rejects it with a `UserError` of code `canceled` and leaves what
 * existed before untouched. `onProgress` is called at most ten times a second.
 */
export interface DoppelgridClient {
  readonly version: string;
  readonly workspace: WorkspaceClientApi;
  readonly sources: SourcesApi;
  readonly generators: GeneratorsApi;
  readonly syntheticDatasets: SyntheticDatasetsApi;
  readonly probes: ProbesApi;
  readonly reports: ReportsApi;
  readonly jobs: JobsApi;
  /** Told of every change of any resource; returns the way to stop. */
  subscribe(listener: (event: ClientEvent) => void): () => void;
}

export type { WorkspaceState, WorkspaceUsage };

export type ClientEvent =
  /** Records came from the workspace: at the start, or from another page. */
  | { readonly type: 'workspace' }
  /** A change could not be kept; the sentence says why and what to do. */
  | { readonly type: 'storage'; readonly sentence: string }
  | { readonly type: 'source'; readonly id: string }
  | { readonly type: 'generator'; readonly id: string }
  | { readonly type: 'synthetic-dataset'; readonly id: string }
  | { readonly type: 'report'; readonly id: string }
  | { readonly type: 'job'; readonly id: string }
  /** Something a person should know of a job that goes on. */
  | { readonly type: 'notice'; readonly generatorId: string; readonly sentence: string }
  /** A few rows of a model in training. */
  | { readonly type: 'sample'; readonly generatorId: string; readonly preview: TablePreview };

export interface LongCall {
  readonly signal?: AbortSignal;
  readonly onProgress?: (job: Job) => void;
}

/** A file, pasted text, or one of the demo tables. */
export type SourceInput =
  | File
  | { readonly name: string; readonly text: string }
  | { readonly demo: DemoTableId };

/** What outlives the page, on the disk of the person alone. */
export interface WorkspaceClientApi {
  /** Brings back what earlier sessions kept. The lists are empty before. */
  open(): Promise<void>;
  /** Whether what was kept is there, or could not be opened. */
  isOpen(): boolean;
  /** Null before it is open. */
  state(): WorkspaceState | null;
  /** Records that cannot be shown, and why. They stay where they are. */
  setAside(): readonly SetAside[];
  /** When a resource was made and last changed, epoch milliseconds; null = there is none. */
  times(key: RecordKey): { readonly createdAt: number; readonly updatedAt: number } | null;
  /** Resolves when every change so far is kept. */
  flush(): Promise<void>;
  /** Whether something could not be written for want of space, and is gone with this page. */
  isUnwritten(): boolean;
  usage(): Promise<WorkspaceUsage>;
  /** Whether the browser has promised not to delete it when the disk is full. */
  isPersisted(): Promise<boolean>;
  /** Asks the browser to promise that. @returns whether it does */
  persist(): Promise<boolean>;
  /** Deletes everything that is kept. The page has to be loaded again afterwards. */
  clear(): Promise<void>;
}

export interface SourcesApi {
  /** Detected dialect (with overrides) and first rows, without importing; of a new input or of a source's file. */
  sniff(
    input: SourceInput | { readonly sourceId: string },
    overrides?: Partial<CsvDialect>,
  ): Promise<{ dialect: CsvDialect; preview: TablePreview }>;
  create(input: SourceInput, options?: LongCall & { dialect?: Partial<CsvDialect> }): Promise<Source>;
  /** Reads the same file again with another dialect; the id stays, the old table stays until success. */
  reread(id: string, dialect: Partial<CsvDialect>, options?: LongCall): Promise<Source>;
  get(id: string): Source;
  list(): Source[];
  /** Another name or description. */
  rename(id: string, naming: Naming): Source;
  /** Another source of the same file, named "Copy of …". */
  duplicate(id: string): Promise<Source>;
  preview(id: string, offset: number, limit: number): Promise<TablePreview>;
  delete(id: string): Promise<void>;
}

export interface GeneratorsApi {
  /**
   * A configuration for a source with every default filled in: encoding types, primary key, model settings. The
   * decisions carry their evidence.
   */
  propose(sourceId: string): { config: GeneratorConfig; decisions: ReadonlyMap<string, EncodingDecision> };
  /** How the columns of a source would be typed with these settings. Pure; used by the editor on each change. */
  decide(sourceId: string, settings: ColumnSettings): ReadonlyMap<string, EncodingDecision>;
  /**
   * @param options.protectionKey 64 hexadecimal digits, to train the same model once more; by default a new key is drawn
   *   (docs/privacy.md, Protection key)
   */
  create(config: GeneratorConfig, options?: { readonly protectionKey?: string }): Generator;
  /** The secret that a generator's protection is drawn from, to be kept by its owner alone. No file holds it. */
  protectionKey(id: string): string;
  /** A generator's configuration as in `config.json`: to be kept, and used on another source. */
  configuration(id: string): JobConfig;
  /**
   * A new generator of such a configuration, on a source that has its columns.
   * @param configuration as JSON, or its text
   */
  createFrom(configuration: unknown, sourceId: string): Generator;
  /** Replaces the configuration of a generator that has not been trained. */
  update(id: string, config: GeneratorConfig): Generator;
  /**
   * The rules of the rows that a generator would train on, as its training would list them. Does not wait for trainings
   * and generations.
   * @param options.rules in place of those of its configuration
   */
  findRules(
    id: string,
    options?: LongCall & { readonly rules?: RuleSettings },
  ): Promise<readonly TableRule[]>;
  /**
   * Starts training and waits for its end. Trainings and generations run one after the other: meanwhile it is QUEUED,
   * and starts by itself.
   */
  train(
    id: string,
    options?: LongCall & { onMessage?: (message: TrainingMessage) => void },
  ): Promise<Generator>;
  /** Waits for a training that somebody else started. */
  wait(id: string, options?: LongCall): Promise<Generator>;
  /** Ends a training, also one that is QUEUED, and throws the model away; resolves when it is over. */
  cancel(id: string): Promise<void>;
  /** Ends a training and keeps the best model so far. */
  stop(id: string): Promise<void>;
  get(id: string): Generator;
  list(): Generator[];
  /** A new, untrained generator with the same configuration and protection key, named "Clone - …". */
  clone(id: string): Generator;
  /** Another name or description, trained or not. */
  rename(id: string, naming: Naming): Generator;
  /** The same once more, with its model and protection key, named "Copy of …". */
  duplicate(id: string): Promise<Generator>;
  /** A trained generator as one file, to be kept or passed on: no row, no key, nothing that protection hides (docs/archive.md). */
  export(id: string, options?: LongCall): Promise<File>;
  /**
   * A new generator of such a file. Its source is not here: it generates, but its rows are compared with nothing.
   * @throws UserError `archive/refused` that says what is wrong with the file
   */
  import(file: File, options?: LongCall): Promise<Generator>;
  delete(id: string): Promise<void>;
}

export interface SyntheticDatasetsApi {
  /** A configuration with every default filled in. */
  propose(generatorId: string): SyntheticDatasetConfig;
  create(config: SyntheticDatasetConfig): SyntheticDataset;
  /** Generates when its turn has come, then writes the report if enabled; resolves when both are done. */
  generate(id: string, options?: LongCall): Promise<SyntheticDataset>;
  wait(id: string, options?: LongCall): Promise<SyntheticDataset>;
  /** Ends a generation and drops its rows; during the report, the report alone. */
  cancel(id: string): Promise<void>;
  get(id: string): SyntheticDataset;
  list(): SyntheticDataset[];
  /** Another name or description. */
  rename(id: string, naming: Naming): SyntheticDataset;
  /** The same once more, with its rows and report if it has been generated, named "Copy of …". */
  duplicate(id: string): Promise<SyntheticDataset>;
  preview(id: string, offset: number, limit: number): Promise<TablePreview>;
  /** The finished file; `name` is what it should be saved as. */
  download(
    id: string,
    format: DownloadFormat,
    options?: LongCall & { csv?: CsvExportOptions },
  ): Promise<File>;
  delete(id: string): Promise<void>;
}

export interface ProbesApi {
  /** At most 1,000 rows, not kept. */
  create(
    generatorId: string,
    options?: LongCall & {
      rows?: number;
      randomState?: number;
      configuration?: Partial<SyntheticTableConfiguration>;
    },
  ): Promise<TablePreview>;
}

export interface ReportsApi {
  get(id: string): Report;
  list(): Report[];
  /** Computes the report of a dataset again (or for the first time). */
  create(syntheticDatasetId: string, options?: LongCall): Promise<Report>;
}

/** Everything that takes a while: imports, searches for rules, trainings, generations, probes, reports, downloads. */
export interface JobsApi {
  /** Jobs under way and the last 200 that have ended, newest last; only those that match the filter. */
  list(filter?: JobFilter): Job[];
  get(id: string): Job;
  /** Ends a job and drops what it made; resolves when it is over. One that has ended is left as it is. */
  cancel(id: string): Promise<void>;
  /** Told of every change of any job, of progress at most ten times a second; returns the way to stop. */
  subscribe(listener: (job: Job) => void): () => void;
}

/** What is left out matches every job. */
export interface JobFilter {
  readonly kind?: JobKind;
  readonly status?: ProgressStatus;
  /** Of the source, generator or synthetic dataset. */
  readonly resourceId?: string;
}

declare global {
  interface Window {
    doppelgrid: DoppelgridClient;
  }
}
