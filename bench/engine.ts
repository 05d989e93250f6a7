/**
 * The one file of the benches that imports the product (`scripts/architecture.test.ts`): what moves there changes here
 * alone. Whole jobs go through the engine's own session. The page of the GPU peers imports this file too, so modules
 * that need Node are imported when they are asked for.
 */
import { columnLength, concatenate, type NamedColumn } from '../src/domain/column-data';
import { decideColumns } from '../src/domain/decide-encoding';
import { type TableRows, trainingRows } from '../src/domain/row-plan';
import { decideSubject } from '../src/domain/subjects';
import { SyntheticTableConfiguration } from '../src/domain/synthetic-datasets';
import { analyseColumn, decodeColumn, encodeColumn } from '../workers/engine/encoding/encoder';
import { EngineService } from '../workers/engine/engine-service';
import { backendChooser } from '../workers/engine/models/argn/backends/choose-backend';
import { ArgnModel } from '../workers/engine/models/argn/model';
import type { Backend } from '../workers/engine/models/argn/network/network-backend';
import { openPool } from '../workers/engine/models/argn/shards/open-pool';
import { ReferenceBackend } from '../workers/engine/models/argn/testing/reference-backend';
import { encodeColumnsOf } from '../workers/engine/models/argn/testing/train-columns';
import { GaussianCopulaModel } from '../workers/engine/models/gaussian_copula/model';
import { createModel as createMarginals } from '../workers/engine/models/marginals/model';
import type { Model } from '../workers/engine/models/model';
import type { SampledCodes } from '../workers/engine/privacy/copy-search';
import { PrivacyGuard } from '../workers/engine/privacy/guard';
import type { AuditRequest } from '../workers/engine/protocol';
import { MemoryDatabase } from '../workers/engine/testing/memory-database';
import { trainRequest } from '../workers/engine/testing/train-request';
import { auditFigures } from '../workers/quality/attacks/audit-figures';
import { quietPacer } from '../workers/quality/testing/quiet-pacer';
import { MemoryBackend } from '../workers/workspace/file-backends';
import { FileStore } from '../workers/workspace/file-store';
import { MemoryRecords } from '../workers/workspace/records';

export { DAY } from '../src/domain/calendar';
export { cellText } from '../src/domain/cell-text';
export type { NamedColumn } from '../src/domain/column-data';
export { columnLength, concatenate, takeRows } from '../src/domain/column-data';
export type { VerdictLevel } from '../src/domain/evidence-part';
export type { TrainingSummary } from '../src/domain/generators';
export type { HiddenValues } from '../src/domain/hidden-values';
export type { Job } from '../src/domain/job';
export { auditVerdict } from '../src/domain/model-evidence';
export { onlyTable } from '../src/domain/only-table';
export { attackedPanel } from '../src/domain/privacy-tests';
export { privacyVerdict } from '../src/domain/privacy-verdict';
export { RandomStream } from '../src/domain/random';
export { readingSentence } from '../src/domain/reading-words';
export { DEFAULT_LIMITS } from '../src/domain/report-limits';
export { columnsOfRule, type Rule } from '../src/domain/rules';
export { ALL_ROWS } from '../src/domain/split';
export { openNodeEngine } from '../workers/database/duckdb/node-engine';
export { importFile } from '../workers/database/import/import-file';
export { readFile } from '../workers/database/testing/read-file';
export { CLASS_RULE, planClasses } from '../workers/engine/encoding/contract';
export { type Gpu, requestGpu } from '../workers/engine/gpu/device';
export { openTfjs } from '../workers/engine/gpu/tfjs';
export { addTree, growTree } from '../workers/engine/models/argn/discriminator/boosted-trees';
export type {
  Backend,
  ModelSpec,
  OrderTable,
  StepPlan,
} from '../workers/engine/models/argn/network/network-backend';
export { buildSpec } from '../workers/engine/models/argn/network/network-spec';
export { visibilityKeys } from '../workers/engine/models/argn/network/visibility';
export { createLayout, inputsOf } from '../workers/engine/models/argn/network/weight-layout';
export { argnScore, MISMATCH } from '../workers/engine/models/argn/testing/canary-score';
export { correlation, factorTable } from '../workers/engine/models/argn/testing/factor-tables';
export { materialise } from '../workers/engine/models/argn/testing/reference-network';
export {
  HYPER,
  randomCodes,
  randomPlan,
  randomState,
  request as drawRequest,
  type Shape as SampleShape,
  specOf,
} from '../workers/engine/models/argn/testing/samples';
export { WebGpuBackend } from '../workers/engine/models/argn/webgpu/webgpu-backend';
export { marginalsScore } from '../workers/engine/models/marginals/testing/canary-score';
export { audit } from '../workers/engine/models/testing/canary-audit';
export { secureBits } from '../workers/engine/privacy/dp/random-bits';
export { findRules } from '../workers/engine/rules/find/find-rules';
export { holdsIn, says } from '../workers/engine/rules/testing/compare-rules';
export { randomTable } from '../workers/engine/rules/testing/random-tables';
export {
  type RandomColumn,
  randomColumn,
} from '../workers/engine/testing/random-columns';
export { rareHits } from '../workers/engine/testing/rare-hits';
export {
  aucOf,
  type Estimate,
  meanEstimate,
  type Separation,
  separation,
  swappedAuc,
  truePositives,
} from '../workers/quality/attacks/attack-figures';
export { type AttackRows, codeColumn, codeRows } from '../workers/quality/attacks/attack-rows';
export { attackMembership, combineScores } from '../workers/quality/attacks/membership-attacks';
export { membershipPanel } from '../workers/quality/attacks/membership-panel';
export { attackShadowRuns, type ShadowRun } from '../workers/quality/attacks/shadow-runs';
export { deviations } from '../workers/quality/testing/parity';
export { quietParts } from '../workers/quality/testing/quiet-parts';
export { reportOn } from '../workers/quality/testing/report-on';
export { checkRule } from '../workers/rules/check-rule';
export { makeColumn } from '../workers/rules/testing/make-column';

/** Adult, its published synthetic tables and the reference's scores of them. */
export const publishedAdult = () => import('../workers/quality/testing/adult');

/** Reads a CSV file, plain or .gz. */
export async function readCsv(path: string, like?: readonly NamedColumn[]): Promise<NamedColumn[]> {
  return (await import('../workers/quality/testing/csv-table')).readCsvTable(path, like);
}

async function openThreads() {
  const { loadKernels } = await import('../workers/engine/models/argn/wasm/load-node');
  const { startShardThread } = await import('../workers/engine/models/argn/testing/open-backend');
  return { loadKernels, startShardThread };
}

/**
 * The rows as they come out of the codes of another table's columns, without any model: what encoding alone loses.
 * Columns that take no part are left out.
 */
export function throughCodes(
  table: readonly NamedColumn[],
  rows: readonly NamedColumn[],
  seed: number,
): NamedColumn[] {
  const { profiles, table: config } = trainRequest(table);
  const settings = { columns: config.columns, primaryKey: null, subjectColumns: [], valueProtection: true };
  const { rareCategoryReplacementMethod } = config.tabularModelConfiguration;
  return decideColumns(profiles, settings).flatMap(({ decision }, i) => {
    if (!decision.encodingType) return [];
    const { name, storageType, data } = table[i]!;
    const options = { valueProtection: true, rareCategoryReplacementMethod, seed };
    const encoding = analyseColumn(data, storageType, decision.encodingType, options);
    const codes = encodeColumn(encoding, rows[i]!.data);
    return [{ name, storageType, data: decodeColumn(encoding, codes, { seed, column: i }, 0) }];
  });
}

/** An empty backend: plain TypeScript, or the kernels on so many threads. */
export async function openBackend(kind: 'wasm' | 'reference', threads = 1): Promise<Backend> {
  if (kind === 'reference') return new ReferenceBackend();
  const { loadKernels, startShardThread } = await openThreads();
  return openPool(await loadKernels(), threads, startShardThread);
}

/** The protection key of a seed: figures over seeds are figures over thresholds and noise, too. */
function keyOf(seed: number): string {
  return seed.toString(16).padStart(64, '0');
}

/** Settings that differ from the defaults, as a configuration file has them. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * The engine in Node over one table in memory. It holds the model trained last.
 * @param cores for automatic threads, as `navigator.hardwareConcurrency`
 * @param family of the models that are trained
 * @param beside tables that an audit reads, by their ids; the one trained on is `source`
 */
export async function openEngine(
  table: readonly NamedColumn[],
  cores: number,
  kept?: KeptOnTheWay,
  family = 'argn',
  beside: Readonly<Record<string, readonly NamedColumn[]>> = {},
) {
  return openSession(table, await openFamily(family, cores), kept, beside);
}

async function openFamily(family: string, cores: number): Promise<Model> {
  if (family === 'marginals') return createMarginals() as unknown as Model;
  if (family === 'gaussian_copula') return new GaussianCopulaModel() as unknown as Model;
  const { loadKernels, startShardThread } = await openThreads();
  return new ArgnModel(backendChooser(loadKernels, { cores, start: startShardThread })) as unknown as Model;
}

/** A training that is kept on the way, in files in memory that are written and hashed as on disk. */
export interface KeptOnTheWay {
  /** Milliseconds, by which checkpoints are due. */
  readonly clock: () => number;
  /** Gets the bytes of each checkpoint. */
  readonly onCheckpoint: (bytes: number) => void;
}

function openSession(
  table: readonly NamedColumn[],
  model: Model,
  kept?: KeptOnTheWay,
  beside: Readonly<Record<string, readonly NamedColumn[]>> = {},
) {
  const database = new MemoryDatabase({ ...beside, source: table });
  const session = new EngineService(async () => model, kept?.clock);
  const files = kept ? new FileStore(new MemoryBackend(), new MemoryRecords()) : null;
  const clock = () => ({ wall: performance.now(), cpu: process.cpuUsage() });
  let started = clock();
  let asked: Omit<AuditRequest, 'training' | 'holdout' | 'randomState'> | null = null;
  session.attach(
    database,
    (event) => {
      if (event.type === 'step' && event.step.phase === 'PREPARE_TRAINING') started = clock();
      if (event.type === 'checkpoint') {
        const [file] = event.checkpoint.files;
        void files!.read(file!).then(async ({ size }) => {
          kept!.onCheckpoint(size);
          await files!.remove(file!);
        });
      }
    },
    files,
  );
  return {
    /**
     * Seconds, of the processor those of all threads, are from the prepared codes to the chosen weights; of the whole
     * training where a model does not say when its codes are prepared.
     * @param types encoding types of columns, where they are not decided from the data
     */
    async train(
      seed: number,
      settings: Settings = {},
      rules: Settings = {},
      subjectColumns: readonly string[] | null = null,
      types: Readonly<Record<string, string>> = {},
    ) {
      const columns = table.map(({ name }) => ({ name, modelEncodingType: types[name] ?? 'AUTO' }));
      const own = { configuration: settings, randomState: seed, rules, subjectColumns, columns };
      const request = trainRequest(table, { ...own, protectionKey: keyOf(seed) });
      const tables = [{ ...request.table, holdoutSourceId: 'a holdout file' }];
      const subject = decideSubject(request.profiles, request.table);
      const rows = trainingRows(
        { name: 'bench', randomState: seed, tables },
        columnLength(table[0]!.data),
        subject,
      );
      started = clock();
      const trained = await session.train('train', { ...request, rows });
      const { table: config, profiles } = request;
      asked = { modelId: 'model', table: config, profiles, columns: trained.columns };
      const { user, system } = process.cpuUsage(started.cpu);
      const wallSeconds = (performance.now() - started.wall) / 1000;
      return { ...trained, rows, wallSeconds, cpuSeconds: (user + system) / 1e6 };
    },
    /** The audit of the model that was trained last: scores of people, and what a report says of them. */
    async audit(training: TableRows, holdout: TableRows, randomState: number) {
      const { scores } = await session.audit('audit', { ...asked!, training, holdout, randomState });
      const { audit } = await auditFigures(scores!, randomState, quietPacer());
      return { scores: scores!, audit };
    },
    /** Rows of the model, and how many a second it draws without decoding. */
    async generate(rows: number, seed: number, settings: Settings = {}) {
      const configuration = SyntheticTableConfiguration.parse(settings);
      const names = { modelId: 'model', tableId: 'drawn', fileName: 'drawn' };
      const request = { ...names, rows, randomState: seed, configuration };
      const { samplingSeconds, seconds, mended } = await session.generate('generate', request);
      const { columns, blocks } = database.datasets.get('drawn')!;
      database.datasets.delete('drawn');
      const join = (i: number) =>
        blocks.map((block) => block[i]!).reduce((all, next) => concatenate(all, next));
      return {
        columns: columns.map((schema, i) => ({ ...schema, data: join(i) })),
        rowsPerSecond: rows / samplingSeconds,
        seconds,
        mended: mended ?? { drawnAgain: 0, copied: 0 },
      };
    },
    close: () => session.release('model'),
  };
}

/** A table through a private model with secure noise: rows of the model, its ledger, CPU seconds of it all. */
export async function privateRows(
  table: readonly NamedColumn[],
  seed: number,
  family: 'marginals' | 'argn',
  settings: Settings,
) {
  const engine = await openEngine(table, 1, undefined, family);
  const started = process.cpuUsage();
  const own = family === 'argn' ? { differentialPrivacy: settings } : settings;
  const { summary } = await engine.train(seed, { model: family, ...own });
  const { user, system } = process.cpuUsage(started);
  const { columns } = await engine.generate(columnLength(table[0]!.data), seed);
  await engine.close();
  return { columns, ledger: summary.differentialPrivacy!, cpuSeconds: (user + system) / 1e6 };
}

/** Rows that a check of the privacy guard compares. */
export interface GuardedRows {
  readonly training: number;
  readonly unseen: number;
}

/**
 * A table as the privacy guard looks at it: encoded by its training rows. The other rows are the unseen ones and fresh
 * ones that nobody learned.
 */
export async function openGuard(
  columns: readonly NamedColumn[],
  { training, unseen }: GuardedRows,
  seed: number,
) {
  const total = columnLength(columns[0]!.data);
  const rows = { validationShare: 1 - training / total, maxValidation: null, seed };
  const table = await encodeColumnsOf(columns, { randomState: seed, rows });
  const { codes, trainingRows, features } = table;
  const parts = features.flatMap(({ encoding }, column) => encoding.subColumns.map(() => column));
  const range = (from: number, count: number) => Uint32Array.from({ length: count }, (_, i) => from + i);
  const rowsOf = (numbers: Uint32Array) => parts.map((_, j) => numbers.map((row) => codes[j * total + row]!));
  return {
    /** Index of the column of each part. */
    parts,
    /** Parts of the training rows and of the fresh rows, [part][row]. */
    training: rowsOf(range(0, trainingRows)),
    fresh: rowsOf(range(trainingRows + unseen, total - trainingRows - unseen)),
    /** What the guard says of a model that draws these rows, [part][row]. */
    async check(drawn: readonly ArrayLike<number>[]) {
      const started = process.cpuUsage();
      const sample = async function* (count: number): AsyncGenerator<SampledCodes> {
        yield { rows: count, codes: drawn.map((part) => Uint16Array.from(part).subarray(0, count)) };
      };
      const guard = PrivacyGuard.open({
        table: { codes, rowCount: total },
        trainingRows: range(0, trainingRows),
        unseenRows: range(trainingRows, unseen),
        sample,
        seed,
        pause: async () => undefined,
      });
      const model = { found: null };
      const { summary } = await guard!.choose({ best: model, all: [model], restore: async () => undefined });
      const { user, system } = process.cpuUsage(started);
      return { ...summary, cpuSeconds: (user + system) / 1e6 };
    },
  };
}

/** Of a file that mutants are made of, which are many. */
const MAX_SEED_BYTES = 8_000;

/**
 * A database in Node, what imports mutants of files into it, and the files of every format that they are made of.
 * @param folder may hold `cases/import` and `data/messy_csv`, with more text files
 */
export async function openFuzz(folder: string) {
  const { existsSync, readdirSync, readFileSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { openNodeEngine } = await import('../workers/database/duckdb/node-engine');
  const { fuzzImport } = await import('../workers/database/testing/fuzz');
  const { dirtyFiles } = await import('../workers/database/testing/dirty-files');
  const { INPUTS } = await import('../workers/database/formats/testing/inputs');
  const { TEXT_CHANGES } = await import('../workers/database/testing/mutations/text');
  const found = ['cases/import', 'data/messy_csv'].flatMap((path) => {
    const root = join(folder, path);
    if (!existsSync(root)) return [];
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
    return names.filter((name) => name.endsWith('.csv')).map((name) => readFileSync(join(root, name)));
  });
  const small = found.filter(({ length }) => length <= MAX_SEED_BYTES).map((bytes) => new Uint8Array(bytes));
  const files = [...dirtyFiles(), ...small];
  const texts = { format: 'Text', fileName: 'mutant.csv', files, changes: TEXT_CHANGES };
  return { sql: await openNodeEngine(), fuzzImport, seeds: [texts, ...INPUTS] };
}

/** Figures of a report beside its references'. */
/** Linked tables beside the reference. */
export const linkedTables = () => import('../workers/quality/testing/sequences');
export const agreementOf = () => import('../workers/quality/testing/agreement');
