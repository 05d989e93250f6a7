import type { RecordKey, WorkspaceState, WorkspaceUsage } from '../../workers/workspace/protocol';
import type { AttackedColumns } from '../domain/attacked-columns';
import type { Cascade, DeletedRef } from '../domain/cascade';
import type { Job, JobKind, ProgressStatus } from '../domain/job';
import type { JobConfig } from '../domain/job-configuration';
import type { Naming } from '../domain/naming';
import type { PrivacyVerdict } from '../domain/privacy-verdict';
import type { Project } from '../domain/projects';
import type { SetAside } from '../domain/records';
import type { ReportFormat } from '../domain/report-exports';
import type { ReportLimits } from '../domain/report-limits';
import type { Report, WholeReport } from '../domain/reports';
import type { ResourceFilter, ResourceRow } from '../domain/resource-list';
import type { TablePreview } from '../domain/sources';
import type {
  CsvExportOptions,
  DownloadFormat,
  SyntheticDataset,
  SyntheticDatasetConfig,
  SyntheticTableConfiguration,
} from '../domain/synthetic-datasets';
import type { ConnectorsApi } from './connectors/connectors-api';
import type { EvaluationsApi } from './evaluations-api';
import type { GeneratorsApi, SdkExport } from './generators-api';
import type { LongCall } from './long-call';
import type { ListsApi, ProjectsApi } from './projects-api';
import type { RecipesApi } from './recipes-api';
import type { DatasetsApi, SourcesApi } from './sources-api';
import type { SqlApi } from './sql-api';

/**
 * The one typed interface to the workers: what the pages use and what `window.doppelgrid` offers to scripts.
 *
 * Every long call takes an `AbortSignal`; aborting rejects it with a `UserError` of code `canceled` and leaves what
 * existed before untouched. `onProgress` is called at most ten times a second.
 */
export interface DoppelgridClient {
  readonly version: string;
  readonly workspace: WorkspaceClientApi;
  readonly projects: ProjectsApi;
  readonly sources: SourcesApi;
  readonly datasets: DatasetsApi;
  readonly generators: GeneratorsApi;
  readonly syntheticDatasets: SyntheticDatasetsApi;
  readonly probes: ProbesApi;
  readonly reports: ReportsApi;
  readonly evaluations: EvaluationsApi;
  readonly recipes: RecipesApi;
  readonly connectors: ConnectorsApi;
  readonly jobs: JobsApi;
  readonly sql: SqlApi;
  /** Rows as objects by the names of their columns, as `console.table` shows them. */
  records(preview: TablePreview): Record<string, string | null>[];
  /** Told of every change of any resource; returns the way to stop. */
  subscribe(listener: (event: ClientEvent) => void): () => void;
}

export type { ConnectorsApi } from './connectors/connectors-api';
export type { AskedEvaluation, Evaluation, EvaluationsApi, FileDifferences } from './evaluations-api';
export type { CloneOptions, GeneratorsApi, SdkExport } from './generators-api';
export type { LongCall, SourceInput } from './long-call';
export type { ListsApi, ProjectOverview, ProjectsApi } from './projects-api';
export type { RecipeChange, RecipeRun, RecipesApi, RunRef } from './recipes-api';
export type { DatasetsApi, NewVersion, SourceFacts, SourcesApi } from './sources-api';
export type { SqlApi } from './sql-api';
export type { WorkspaceState, WorkspaceUsage };

export type ClientEvent =
  /** Records came from the workspace: at the start, or from another page. */
  | { readonly type: 'workspace' }
  /** A change could not be kept; the sentence says why and what to do. */
  | { readonly type: 'storage'; readonly sentence: string }
  /** Also when another one is worked in. */
  | { readonly type: 'project'; readonly id: string }
  | { readonly type: 'source'; readonly id: string }
  | { readonly type: 'generator'; readonly id: string }
  | { readonly type: 'synthetic-dataset'; readonly id: string }
  | { readonly type: 'report'; readonly id: string }
  | { readonly type: 'dataset'; readonly id: string }
  | { readonly type: 'recipe'; readonly id: string }
  | { readonly type: 'connector'; readonly id: string }
  | { readonly type: 'job'; readonly id: string }
  /** Something a person should know of a job that goes on. */
  | { readonly type: 'notice'; readonly generatorId: string; readonly sentence: string }
  /** A few rows of a model in training. */
  | { readonly type: 'sample'; readonly generatorId: string; readonly preview: TablePreview };

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
  /** The content of one of the files that `usage` lists. @throws UserError `not-found` */
  file(id: string): Promise<File>;
  /** Whether the browser has promised not to delete it when the disk is full. */
  isPersisted(): Promise<boolean>;
  /** Asks the browser to promise that. @returns whether it does */
  persist(): Promise<boolean>;
  /** Deletes everything that is kept. The page has to be loaded again afterwards. */
  clear(): Promise<void>;
}

export type { Cascade, DeletedRef, Project, ResourceFilter, ResourceRow };

export interface SyntheticDatasetsApi extends ListsApi<SyntheticDataset> {
  /** A configuration with every default filled in. */
  propose(generatorId: string): SyntheticDatasetConfig;
  create(config: SyntheticDatasetConfig): SyntheticDataset;
  /** The configuration of a synthetic dataset as in `config.json`: to be kept, and used with another generator. */
  configuration(id: string): JobConfig;
  /** The same for the MOSTLY AI SDK, and what of it the SDK does without. */
  sdkConfiguration(id: string): SdkExport;
  /**
   * A new synthetic dataset of such a configuration, not generated yet.
   * @param configuration as JSON, or its text
   */
  createFrom(configuration: unknown, generatorId: string): SyntheticDataset;
  /** Creates the dataset that was to follow a training that has ended; null = none was, or it has followed already. */
  follow(generatorId: string): SyntheticDataset | null;
  /** Generates when its turn has come, then writes the report if enabled; resolves when both are done. */
  generate(id: string, options?: LongCall): Promise<SyntheticDataset>;
  wait(id: string, options?: LongCall): Promise<SyntheticDataset>;
  /**
   * Puts a generation ON_HOLD, whether it is QUEUED, draws rows or writes its report; also in another tab. Resolves when it
   * is; `generate` rejects with `paused`.
   * @example
   * doppelgrid.syntheticDatasets.generate(id).catch(console.log); // “The generation is paused. …”
   * await doppelgrid.syntheticDatasets.pause(id);
   * await doppelgrid.syntheticDatasets.resume(id); // the same rows as without a pause
   */
  pause(id: string): Promise<void>;
  /**
   * Goes on with a generation that is ON_HOLD, as `generate` does: after its last complete rows.
   * @throws UserError `config/invalid` if it is not on hold, or another tab has just taken it up
   */
  resume(id: string, options?: LongCall): Promise<SyntheticDataset>;
  /** Ends a generation early, also in another tab, and keeps the rows so far; its report follows. */
  stop(id: string): Promise<void>;
  /** Ends a generation, also one ON_HOLD or in another tab, and drops its rows; during the report, the report alone. */
  cancel(id: string): Promise<void>;
  get(id: string): SyntheticDataset;
  /** Another name or description. */
  rename(id: string, naming: Naming): SyntheticDataset;
  /** The same once more, with its rows and report if it has been generated, named "Copy of …". */
  duplicate(id: string): Promise<SyntheticDataset>;
  preview(id: string, offset: number, limit: number): Promise<TablePreview>;
  /**
   * The finished file; `name` is what it should be saved as. What its format could not hold is told in the notices of its
   * job.
   * @param options.csv how CSV is written; by default as the original file is, where that is known
   * @param options.sorted in the order of the column that the original was sorted by
   * @throws UserError `export/failed` where the format cannot hold the rows
   */
  download(
    id: string,
    format: DownloadFormat,
    options?: LongCall & { csv?: CsvExportOptions; sorted?: boolean },
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

export interface ReportsApi extends ListsApi<Report> {
  /** Its scores, rules and notes, as lists have them. */
  get(id: string): Report;
  /**
   * The same with its charts, read from their file.
   * @throws UserError `not-found` if they are gone or cannot be read
   * @example
   * const { univariate } = await doppelgrid.reports.read(id);
   * console.table(univariate.map(({ column, accuracy }) => ({ column, accuracy })));
   */
  read(id: string): Promise<WholeReport>;
  /**
   * A report as a file: one HTML document that needs nothing else, JSON in the field names of the MOSTLY AI SDK, or CSV with a
   * line per column. It holds aggregates alone.
   * @throws UserError `not-found` if its charts are gone or cannot be read
   */
  download(id: string, format: ReportFormat): Promise<File>;
  /**
   * The one verdict on privacy, as the page and `run.json` give it, with the evidence.
   * @example
   * console.table((await doppelgrid.reports.verdict(id)).parts, ['title', 'level', 'figure', 'threshold']);
   */
  verdict(id: string): Promise<PrivacyVerdict>;
  /**
   * Computes the report of a dataset again (or for the first time).
   * @param options `attacked`: what is known of a person and guessed; `targets`: columns that are predicted; `limits`: what is compared at most; kept for later reports
   * @throws UserError `report/failed` for a column that the report does not compare, `config/invalid` for a limit out of bounds
   * @example
   * await doppelgrid.reports.create(id, { attacked: { known: ['age', 'sex'], sensitive: ['income'] } });
   * await doppelgrid.reports.create(id, { limits: { distanceRows: 200_000, attackedPeople: 5_000 } });
   */
  create(
    syntheticDatasetId: string,
    options?: LongCall & {
      readonly attacked?: AttackedColumns;
      readonly targets?: readonly string[];
      readonly limits?: Partial<ReportLimits>;
    },
  ): Promise<Report>;
  /** Deletes a report; its dataset stays. */
  delete(id: string): Promise<void>;
}

/**
 * Everything that takes a while: imports, searches for rules, trainings, generations, probes, reports, downloads. Jobs of
 * other tabs and of earlier sessions are among them.
 * @example
 * console.table(doppelgrid.jobs.list({ status: 'ON_HOLD' }), ['kind', 'status', 'error']);
 */
export interface JobsApi {
  /** Jobs under way or on hold and the last 200 that have ended, newest last; only those that match the filter. */
  list(filter?: JobFilter): Job[];
  get(id: string): Job;
  /**
   * Ends a job, also one in another tab or ON_HOLD, and drops what it made; resolves when it is over. One that has ended
   * is left as it is.
   */
  cancel(id: string): Promise<void>;
  /** Puts a training or generation ON_HOLD, as `generators.pause` and `syntheticDatasets.pause` do. */
  pause(id: string): Promise<void>;
  /**
   * Goes on with a job that is ON_HOLD, or begins it anew where nothing of it can be kept (imports, reports, downloads,
   * exports); resolves with what it made when it has ended: a file, where it writes one.
   */
  resume(id: string): Promise<unknown>;
  /**
   * Does a job that failed or was cancelled again, as another one; resolves with what it made when that has ended.
   * @throws UserError `config/invalid` that says why it cannot, and what to do instead
   */
  retry(id: string): Promise<unknown>;
  /**
   * Told of every change of any job: of those of this tab at most ten times a second, of others at most once; returns the
   * way to stop.
   */
  subscribe(listener: (job: Job) => void): () => void;
}

/** What is left out matches every job. */
export interface JobFilter {
  readonly kind?: JobKind;
  readonly status?: ProgressStatus;
  /** Of the source, generator or synthetic dataset. */
  readonly resourceId?: string;
  /** Id of the project that it is in. */
  readonly project?: string;
  /** Whether this tab runs it. */
  readonly isHere?: boolean;
}

declare global {
  interface Window {
    doppelgrid: DoppelgridClient;
  }
}
