import type { DatabaseApi, ExportOptions } from '../../../workers/database/protocol';
import type {
  EngineApi,
  GenerateRequest,
  TrainOutcome,
  TrainRequest,
} from '../../../workers/engine/protocol';
import type { EvaluateRequest, QualityApi } from '../../../workers/quality/protocol';
import type { WorkspaceApi, WorkspaceState } from '../../../workers/workspace/protocol';
import type { ColumnProfile } from '../../domain/columns';
import { decideColumns } from '../../domain/decide-encoding';
import { lostError, UserError } from '../../domain/errors';
import type { TrainingSummary } from '../../domain/generators';
import type { ModelMetrics } from '../../domain/metrics';
import type { ReportCharts, WholeReport } from '../../domain/reports';
import { idOfRule, type Rule, type TableRule } from '../../domain/rules';
import type { CsvDialect, Source, TablePreview } from '../../domain/sources';
import type { GenerationSummary } from '../../domain/synthetic-datasets';
import { connect, expose, type Remote } from '../../threads/rpc';
import { type JobContext, JobRunner } from '../../threads/run-job';
import type { WorkerEvent } from '../page-workers';
import type { Workers } from '../workers';
import { FakeDisk, fakeWorkspace } from './fake-workspace';

type Call = 'import' | 'rules' | 'train' | 'generate' | 'evaluate' | 'download';

/** The workers without their engines: real protocols, engine and quality over real ports, jobs that a test holds, lets go or fails. */
export class FakeWorkers implements Workers {
  /** Every call of a worker in its order, e.g. "train <model id>". */
  readonly calls: string[] = [];
  readonly requests: (TrainRequest | GenerateRequest | EvaluateRequest)[] = [];
  /** Set to make the start of a worker wait or fail. */
  starting: Promise<void> = Promise.resolve();
  /** Rules that are found in every table. */
  rules: readonly Rule[] = [];
  /** What was asked of downloads, and what they say that their format could not hold. */
  readonly downloads: ExportOptions[] = [];
  notes: readonly string[] = [];
  /** Of every training. */
  rows = { training: 8, validation: 2 };
  /** Tables of the database, by id. */
  readonly tables = new Set<string>();
  readonly models = new Set<string>();
  readonly #post: (event: WorkerEvent) => void;
  readonly #jobs: JobRunner;
  readonly #ports: MessagePort[] = [];
  readonly #held = new Map<Call, Promise<void>>();
  readonly #failures = new Map<Call, UserError>();
  readonly #losable = new Set<(reason: Error) => void>();
  #checkpoints = 0;

  readonly state: WorkspaceState = { isKept: true, refusal: null };
  readonly disk: FakeDisk;
  /** Of a page that is open beside others. */
  readonly #page: string | undefined;

  /**
   * @param disk what earlier pages kept
   * @param page its name, if it is open beside others
   */
  constructor(post: (event: WorkerEvent) => void, disk = new FakeDisk(), page?: string) {
    this.#post = post;
    this.disk = disk;
    this.#page = page;
    this.#jobs = new JobRunner(post);
  }

  /** Without a port: those of Node 20 make a `Blob` of a `File`. */
  readonly database = () => this.starting.then(() => this.#database() as unknown as Remote<DatabaseApi>);
  readonly workspace = async () => fakeWorkspace(this.disk, this.#page) as unknown as Remote<WorkspaceApi>;
  readonly engine = () => this.#open<EngineApi>(this.#engine());
  readonly quality = () => this.#open<QualityApi>(this.#quality());

  /** Makes calls of a kind wait after their first step; returns the way to let them go. */
  hold(call: Call): () => void {
    let release = () => {};
    this.#held.set(call, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#held.delete(call);
      release();
    };
  }

  /** Lets calls of a kind pass from now on. */
  release(call: Call): void {
    this.#held.delete(call);
  }

  /** Makes the next call of a kind fail. */
  fail(call: Call, error: UserError): void {
    this.#failures.set(call, error);
  }

  /** The engine writes where a job can go on. @returns the id of its file */
  checkpoint(jobId: string, value = 3): string {
    const file = `checkpoint ${++this.#checkpoints}`;
    this.disk.files.set(file, new File([file], 'checkpoint'));
    const checkpoint = { files: [file], app: 'tests', at: 1, value, unit: 'epochs' } as const;
    this.#post({ type: 'checkpoint', jobId, checkpoint });
    return file;
  }

  /** The browser ends the engine, with its models, while calls are held. */
  killEngine(): void {
    this.models.clear();
    this.#post({ type: 'lost', worker: 'engine' });
    for (const lose of this.#losable) lose(lostError('engine'));
  }

  close(): void {
    for (const port of this.#ports) port.close();
  }

  async #open<T>(api: T): Promise<Remote<T>> {
    await this.starting;
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1, port2);
    expose(api as object, port1);
    return connect<T>(port2);
  }

  async #pass(call: Call, job: JobContext): Promise<void> {
    const stopped = new Promise<void>((resolve) => job.stop.addEventListener('abort', () => resolve()));
    const paused = new Promise<void>((resolve) => job.pause.addEventListener('abort', () => resolve()));
    let lose: (reason: Error) => void = () => {};
    const lost = new Promise<never>((_, reject) => (lose = reject));
    this.#losable.add(lose);
    await job
      .race(() => Promise.race([this.#held.get(call), stopped, paused, lost]))
      .finally(() => this.#losable.delete(lose));
    if (job.pause.aborted) throw job.paused();
    const failure = this.#failures.get(call);
    this.#failures.delete(call);
    if (failure) throw failure;
  }

  #database(): DatabaseApi {
    const { calls, tables } = this;
    return {
      open: async () => undefined,
      addPeer: () => undefined,
      sqlMentions: async (query, names) => names.filter((name) => query.includes(name)),
      runSql: async (_, query, mentioned) => {
        calls.push(`sql ${query}`);
        for (const { tableId } of mentioned)
          if (!tables.has(tableId)) throw new UserError('not-found', `There is no table ${tableId}.`);
        const rows = mentioned.map(({ name }) => [name]);
        return { columns: [{ name: 'a', type: 'text' }], rows, rowCount: rows.length, seconds: 0, notes: [] };
      },
      sqlFile: async (_, { format }) => ({
        file: new File(['a\n1\n'], `query result.${format}`),
        notes: this.notes,
      }),
      listTables: async () => ({ content: 'text', tables: [] }),
      writeSqlite: async () => {
        throw new UserError('export/failed', 'There is no SQLite here.');
      },
      sniff: async () => ({ dialect: DIALECT, columns: [], preview: previewOf('sniffed') }),
      importSource: (jobId, { sourceId, tableId }, file, overrides) =>
        this.#jobs.run(jobId, `Reading ${file.name}`, async (job): Promise<Source> => {
          calls.push(`import ${tableId}`);
          job.step('IMPORT_DATA', 'bytes', file.size);
          await this.#pass('import', job);
          const dialect = { ...DIALECT, ...overrides };
          const [header, ...rows] = (await file.text()).trim().split('\n');
          if (rows.length === 0) throw new UserError('source/empty', `“${file.name}” has no rows to import.`);
          tables.add(tableId);
          return {
            id: sourceId,
            name: file.name,
            byteSize: file.size,
            dialect,
            layout: LAYOUT,
            tables: [
              {
                id: tableId,
                name: file.name.replace('.csv', ''),
                rowCount: rows.length,
                columns: header!
                  .split(dialect.delimiter)
                  .map((name, index) => profileOf(name, index, rows.length)),
                rejectedCount: 0,
                rejected: [],
              },
            ],
            importSeconds: 0,
          };
        }),
      preview: async (tableId) => {
        if (!tables.has(tableId)) throw new UserError('not-found', 'This table is no longer in memory.');
        return previewOf(tableId);
      },
      cancel: async (jobId) => this.#jobs.cancel(jobId),
      download: (jobId, tableId, options) =>
        this.#jobs.run(jobId, 'The export', async (job) => {
          calls.push(`download ${tableId}`);
          job.step('DELIVER_DATA', 'rows');
          await this.#pass('download', job);
          this.downloads.push(options);
          return { file: new File([tableId], `synthetic.${options.format}`), notes: this.notes };
        }),
      dropTable: async (tableId) => {
        tables.delete(tableId);
      },
      storedRows: async (tableId) => {
        const file = `f11e${tableId.slice(4)}`;
        this.disk.write();
        this.disk.files.set(file, new File([tableId], 'synthetic.parquet'));
        return { file, columns: [] };
      },
      reopenDataset: async (tableId) => {
        calls.push(`reopen ${tableId}`);
        tables.add(tableId);
      },
    };
  }

  #engine(): EngineApi {
    const { calls, models, tables } = this;
    const model = (id: string) => {
      if (!models.has(id)) throw new UserError('not-found', 'There is no trained model of this generator.');
    };
    return {
      open: async () => undefined,
      train: (jobId, request) =>
        this.#jobs.run(jobId, 'The training', async (job): Promise<TrainOutcome> => {
          const { modelId, table, profiles } = request;
          calls.push(`train ${modelId}`);
          this.requests.push(request);
          job.step('PULL_TRAINING_DATA', 'columns', profiles.length).finish('DONE');
          this.#post({ type: 'backend', jobId, modelId, adapter: 'fake' });
          job.step('TRAIN_MODEL', 'epochs');
          this.#post({ type: 'message', jobId, message: MESSAGE });
          this.#post({ type: 'sample', jobId, modelId, preview: previewOf('sample') });
          await this.#pass('train', job);
          models.add(modelId);
          const { valueProtection } = table.tabularModelConfiguration;
          return {
            columns: decideColumns(profiles, { ...table, valueProtection }),
            rules: [],
            summary: {
              ...{ backend: 'wasm', adapter: 'fake', parameters: 1, seconds: 1, peakMemory: 1, passes: null },
              rows: this.rows,
              ...{ generationOrder: 'natural', privacyGuard: null },
              stoppedBy: job.stop.aborted ? 'person' : 'early-stopping',
            } satisfies TrainingSummary,
          };
        }),
      findRules: (jobId, { table, profiles }) =>
        this.#jobs.run(jobId, 'The search for rules', async (job) => {
          calls.push(`rules ${table.tableId}`);
          job.step('PULL_TRAINING_DATA', 'columns', profiles.length);
          await this.#pass('rules', job);
          const { find, off, added } = table.rules;
          const checked = { applicable: 10, kept: 10 };
          return [
            ...added.map((rule): TableRule => ({ rule, ...checked, source: 'added', state: 'kept' })),
            ...(find ? this.rules : []).map((rule): TableRule => {
              const state = off.includes(idOfRule(rule)) ? 'off' : 'kept';
              return { rule, ...checked, source: 'found', state };
            }),
          ];
        }),
      stop: async (jobId) => this.#jobs.stop(jobId),
      pause: async (jobId) => this.#jobs.pause(jobId),
      cancel: async (jobId) => this.#jobs.cancel(jobId),
      generate: (jobId, request) =>
        this.#jobs.run(jobId, 'The generation', async (job) => {
          const { modelId, tableId, rows } = request;
          calls.push(`generate ${tableId}`);
          this.requests.push(request);
          model(modelId);
          job.step('GENERATE_DATA', 'rows', rows);
          await this.#pass('generate', job);
          tables.add(tableId);
          const made = job.stop.aborted ? { rows: Math.ceil(rows / 2), asked: rows } : { rows };
          return { ...made, seconds: 1 } as GenerationSummary;
        }),
      probe: (jobId, { modelId, rows }) =>
        this.#jobs.run(jobId, 'The probe', async () => {
          model(modelId);
          return previewOf('probe', rows);
        }),
      audit: async (_, { modelId }) => {
        model(modelId);
        return { scores: null, tooFew: { people: this.rows.validation, needed: 300 } };
      },
      exportModel: async (modelId) => {
        model(modelId);
        return { manifest: MANIFEST, tensors: new Uint8Array(8) };
      },
      importModel: async (modelId, { manifest }) => {
        calls.push(`open ${modelId}`);
        if (manifest !== MANIFEST)
          throw new UserError('not-found', 'The stored model cannot be read. Train it.');
        models.add(modelId);
      },
      release: async (modelId) => {
        models.delete(modelId);
      },
    };
  }

  #quality(): QualityApi {
    return {
      open: async () => undefined,
      evaluate: (jobId, request) =>
        this.#jobs.run(jobId, 'The report', async (job): Promise<WholeReport> => {
          this.calls.push(`evaluate ${request.syntheticTableId}`);
          this.requests.push(request);
          job.step('CREATE_DATA_REPORT', 'comparisons', 10);
          await this.#pass('evaluate', job);
          const { reportId: id, syntheticDatasetId } = request;
          return {
            id,
            syntheticDatasetId,
            ...{
              createdAt: new Date().toISOString(),
              distanceRows: 2000,
              rows: { training: 8, holdout: 2, synthetic: 10 },
              holdout: request.holdout?.origin ?? 'none',
              rules: [],
              metrics: METRICS,
              notes: ['A note.'],
            },
            ...CHARTS,
          } as unknown as WholeReport;
        }),
      auditFigures: async () => {
        throw new Error('There are no scores to sum up.');
      },
      cancel: async (jobId) => this.#jobs.cancel(jobId),
    };
  }
}

/** Of every model. */
const MANIFEST = JSON.stringify({
  format: 2,
  model: 'argn',
  output: [{ role: 'feature', schema: { name: 'a', originalName: 'a', storageType: 'text' } }],
  kept: { rules: [] },
  content: {},
  tensors: { bytes: 8, sha256: '' },
});

/** Of every report. */
const CHARTS: ReportCharts = {
  ...{ univariate: [], bivariate: [], bivariateScores: [], trivariateScores: [], distances: null },
  dependences: { notable: 0, weaker: [] },
};

const METRICS: ModelMetrics = {
  accuracy: {
    ...{ overall: 0.9, univariate: 0.9, bivariate: 0.9, trivariate: null },
    ...{ overallMax: 0.95, univariateMax: 0.95, bivariateMax: 0.95, trivariateMax: null },
  },
  distances: {
    ...{ imsTraining: 0, imsHoldout: 0, imsTrnHol: 0, dcrTraining: 1, dcrHoldout: 1, dcrTrnHol: 1 },
    ...{ dcrShare: 0.5, dcrShareStandardError: 0.01 },
  },
};

const MESSAGE = {
  epoch: 1,
  isCheckpoint: true,
  steps: 10,
  samples: 100,
  trainingLoss: 2,
  validationLoss: 2,
  totalTime: 1,
  learningRate: 0.001,
};

const LAYOUT: NonNullable<Source['layout']> = {
  ...{ encoding: 'utf-8', delimiter: ',', quote: '"', lineEnd: '\n', header: true, decimal: '.' },
};

const DIALECT: CsvDialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  header: true,
  skipLines: 0,
  decimal: '.',
  nullValues: [''],
};

function previewOf(cell: string, rows = 1): TablePreview {
  return { columns: ['a'], rows: Array.from({ length: rows }, () => [cell]), offset: 0, rowCount: rows };
}

/** A text column that can be learned; one whose name ends in "id" is a key. */
function profileOf(name: string, index: number, rowCount: number): ColumnProfile {
  const distinctCount = /id$/.test(name) ? rowCount : 2;
  return {
    ...{ index, name, originalName: name, storageType: 'text', rowCount, nullCount: 0, distinctCount },
    ...{ nonRareShare: 1, uniqueShare: 0, nonRareDistinct: 2, infiniteCount: 0, maxLength: 4 },
    ...{ min: null, median: null, mean: null, max: null, fixedLength: false, looksLikeUuid: false },
    ...{ exceedsSafeInteger: false, topValues: [], histogram: [], nearMiss: null, subject: null },
  };
}
