import { VERSION } from '../domain/app-version';
import type { ColumnProfile } from '../domain/columns';
import { compareReports, comparisonCsv, comparisonFacts } from '../domain/comparison';
import { canceledError, errorText, isCanceled, UserError } from '../domain/errors';
import {
  type ComparedFile,
  type ComparedTable,
  type Evaluated,
  EvaluationConfig,
  nameSentences,
  type SyntheticRows,
  type TableDifferences,
  tableDifferences,
} from '../domain/evaluations';
import { fileNameOf } from '../domain/file-name';
import { newId } from '../domain/ids';
import { notComputed } from '../domain/not-computed';
import { onlyTable } from '../domain/only-table';
import { detectPrimaryKey } from '../domain/primary-key';
import type { Provenance } from '../domain/provenance';
import { reconciledSentence } from '../domain/reconcile-types';
import { limitsIn } from '../domain/report-limits';
import type { Report, WholeReport } from '../domain/reports';
import { withoutScores } from '../domain/scored';
import type { Source } from '../domain/sources';
import { ALL_ROWS } from '../domain/split';
import { namesInWords, peopleInWords } from '../domain/subject-words';
import { decideSubject } from '../domain/subjects';
import { parseConfig } from '../domain/zod';
import type { ClientContext } from './context';
import type { DrawComparison } from './draw-files';
import type { AskedEvaluation, Evaluation, EvaluationsApi } from './evaluations-api';
import { hashesOf } from './file-hashes';
import type { JobOptions, RunningJob } from './job-run';
import { withChartsFile } from './report-files';
import { removeFiles } from './restore';
import { inProject } from './stock';

/** Synthetic rows of an evaluation, wherever they come from. */
interface Rows extends ComparedTable {
  readonly id: string;
  readonly tableId: string;
  readonly rowCount: number;
  /** Null = not known: the rows were made here. */
  readonly profiles: readonly ColumnProfile[] | null;
  readonly bytes: number | null;
  /** Id of the copy of its file; undefined = none is kept. */
  readonly file: string | undefined;
  restore(job: RunningJob): Promise<void>;
}

/** Reports on any files. */
export function createEvaluations(context: ClientContext, drawComparison: DrawComparison): EvaluationsApi {
  const { datasets, jobs, keeper, reports, restorer, sources, workers } = context;

  function ofSource(source: Source): Rows {
    const { id: tableId, columns, rowCount } = onlyTable(source);
    const { id, name, byteSize: bytes, file } = source;
    const restore = (job: RunningJob) => restorer.source(source, job);
    return { id, name, tableId, rowCount, columns, profiles: columns, bytes, file, restore };
  }

  function rowsOf({ kind, id }: SyntheticRows): Rows {
    if (kind === 'source') return ofSource(sources.get(id));
    const dataset = datasets.get(id);
    const { id: tableId, stored } = onlyTable(dataset);
    if (!stored || !dataset.summary)
      throw new UserError('config/invalid', `“${dataset.config.name}” has no rows yet. Generate them first.`);
    const { name } = dataset.config;
    const { columns, file } = stored;
    const restore = () => restorer.rows(dataset);
    const { rows: rowCount, parquetBytes: bytes } = dataset.summary;
    return { id, name, tableId, rowCount, columns, profiles: null, bytes, file, restore };
  }

  function sidesOf(asked: AskedEvaluation) {
    const config = parseConfig(EvaluationConfig, asked, 'evaluation');
    const training = ofSource(sources.get(config.trainingSourceId));
    const holdout = config.holdoutSourceId === null ? null : ofSource(sources.get(config.holdoutSourceId));
    if (holdout?.id === training.id)
      throw new UserError(
        'config/invalid',
        `${training.name} is the original and cannot be its own holdout: these rows were learned from. Name rows that the generator never saw, or none.`,
      );
    return { config, training, holdout, synthetic: config.synthetic.map(rowsOf) };
  }

  async function run(id: string, config: EvaluationConfig, job: RunningJob): Promise<Evaluation> {
    const { training, holdout, synthetic } = sidesOf(config);
    const made: Report[] = [];
    const failed: { name: string; problem: string }[] = [];
    const hashes = await hashesOf(workers, [training, holdout, ...synthetic]);
    for (const rows of [training, ...(holdout ? [holdout] : [])]) await rows.restore(job);
    for (const rows of synthetic) {
      try {
        await rows.restore(job);
        made.push(await evaluate(id, config, { training, holdout, synthetic: rows }, hashes, job));
      } catch (error) {
        if (isCanceled(error) || job.isCanceled() || synthetic.length === 1) throw error;
        failed.push({ name: rows.name, problem: errorText(error) });
      }
    }
    if (made.length === 0)
      throw new UserError(
        'report/failed',
        failed.map(({ name, problem }) => `${name}: ${problem}`).join(' '),
      );
    for (const { name, problem } of failed) job.notice(`${name} was not compared: ${problem}`);
    await keeper.flush().catch(job.note);
    return { id, reports: made, failed };
  }

  async function evaluate(
    evaluationId: string,
    config: EvaluationConfig,
    sides: { readonly training: Rows; readonly holdout: Rows | null; readonly synthetic: Rows },
    hashes: ReadonlyMap<string, string>,
    job: RunningJob,
  ): Promise<Report> {
    const { training, holdout, synthetic } = sides;
    const profiles = training.profiles ?? [];
    const primaryKey = detectPrimaryKey(profiles);
    checkSubjects(config, training, holdout);
    const subject = decideSubject(profiles, { subjectColumns: config.subjectColumns, primaryKey });
    const columns = profiles
      .map(({ name }) => name)
      .filter((name) => name !== primaryKey && !subject?.identifying.includes(name));
    const rows = { ...ALL_ROWS, ...(subject && { subjectColumns: subject.columns }) };
    const theirs = tableDifferences(training, synthetic, 'synthetic');
    const heldOut = holdout && tableDifferences(training, holdout, 'holdout');
    const measured = await job.ask(workers.quality, ['CREATE_DATA_REPORT', 'comparisons'], (quality) =>
      quality.evaluate(job.id, {
        reportId: newId(),
        syntheticDatasetId: synthetic.id,
        syntheticTableId: synthetic.tableId,
        synthetic: { names: theirs.names },
        columns,
        ...(primaryKey !== null && { keyColumns: [primaryKey] }),
        rules: [],
        training: { tableId: training.tableId, rows },
        holdout: holdout && {
          tableId: holdout.tableId,
          rows: ALL_ROWS,
          origin: 'file',
          steered: false,
          names: heldOut!.names,
        },
        randomState: config.randomState,
        limits: limitsIn(config),
        original: 'training+holdout',
        withScoreErrors: true,
        ...(config.targets && { targets: config.targets }),
      }),
    );
    const fileOf = (side: Rows): ComparedFile => ({
      ...{ name: side.name, rows: side.rowCount, columns: side.columns.length, bytes: side.bytes },
      sha256: side.file === undefined ? null : (hashes.get(side.file) ?? null),
    });
    const evaluated: Evaluated = {
      evaluationId,
      kind: config.kind,
      files: {
        training: fileOf(training),
        holdout: holdout && fileOf(holdout),
        synthetic: fileOf(synthetic),
      },
      differences: differencesOf(measured, sides, theirs, heldOut),
      notComputed: notComputed(measured, profiles, synthetic.profiles),
    };
    const whose = subject
      ? `Rows with the same ${namesInWords(subject.columns)} are taken for one person’s (${peopleInWords(subject)}).`
      : 'Every row is taken for a person of its own.';
    const whole = withoutScores({
      ...measured,
      evaluated,
      notes: [whose, ...measured.notes],
      provenance: provenanceOf(evaluated, config, profiles.length, primaryKey),
      ...inProject(sources.has(training.id) ? sources.get(training.id).projectId : undefined),
    });
    const split = await withChartsFile(workers, whole);
    if (job.isCanceled()) {
      if (split.charts !== undefined) await removeFiles(workers, [split.charts]);
      throw canceledError('The report');
    }
    return reports.put(split);
  }

  function ofEvaluation(id: string): readonly Report[] {
    const found = reports.list().filter(({ evaluated }) => evaluated?.evaluationId === id);
    if (found.length === 0)
      throw new UserError('not-found', `There is no evaluation “${id}”. Its reports were deleted.`);
    return found;
  }

  const compare = (id: string) => compareReports(ofEvaluation(id));

  return {
    async differences(asked) {
      const { training, holdout, synthetic } = sidesOf(asked);
      const of = (set: 'holdout' | 'synthetic', rows: Rows) => ({
        ...{ set, id: rows.id, name: rows.name },
        ...tableDifferences(training, rows, set),
      });
      return [
        ...(holdout ? [of('holdout', holdout)] : []),
        ...synthetic.map((rows) => of('synthetic', rows)),
      ];
    },
    async create(asked, options: JobOptions = {}) {
      const { config, training } = sidesOf(asked);
      const resource = { kind: 'source', id: training.id, name: training.name } as const;
      const asks = { kind: 'evaluation', config } as const;
      const plan = { kind: 'report', resource, what: 'The evaluation', asked: asks } as const;
      return jobs.start(plan, (job) => run(newId(), config, job), options);
    },
    reports: async (id) => ofEvaluation(id),
    compare: async (id) => compare(id),
    async download(id, format) {
      const comparison = compare(id);
      const name = fileNameOf(`${comparison.original}-comparison`);
      const [text, type] =
        format === 'html'
          ? [await drawComparison(comparison), 'text/html']
          : format === 'json'
            ? [`${JSON.stringify(comparisonFacts(comparison), null, 2)}\n`, 'application/json']
            : [comparisonCsv(comparison), 'text/csv'];
      return new File([text], `${name}.${format}`, { type });
    },
  };
}

/** @throws UserError naming the column by which rows are one person's and that a table lacks */
function checkSubjects({ subjectColumns }: EvaluationConfig, training: Rows, holdout: Rows | null): void {
  for (const table of [training, ...(holdout ? [holdout] : [])]) {
    const names = new Set(table.columns.map(({ name }) => name));
    const lost = subjectColumns?.find((name) => !names.has(name));
    if (lost !== undefined)
      throw new UserError(
        'config/invalid',
        `${table.name} has no column “${lost}”, by which rows are one person’s. Name another one, or none.`,
      );
  }
}

/** What was found of names, and of types with what could not be read. */
function differencesOf(
  { reconciled = [] }: WholeReport,
  { synthetic, holdout, training }: { training: Rows; holdout: Rows | null; synthetic: Rows },
  theirs: TableDifferences,
  heldOut: TableDifferences | null,
): string[] {
  const names = { training: training.name, synthetic: synthetic.name, holdout: holdout?.name ?? '' };
  const told = (file: string, { names: renames, missing, extra }: TableDifferences) =>
    nameSentences(file, new Map(Object.entries(renames)), missing, extra);
  return [
    ...told(synthetic.name, theirs),
    ...(holdout && heldOut ? told(holdout.name, heldOut) : []),
    ...reconciled.map((found) => reconciledSentence(found, names[found.set])),
  ];
}

function provenanceOf(
  { files }: Evaluated,
  config: EvaluationConfig,
  all: number,
  primaryKey: string | null,
): Provenance {
  const { training, holdout, synthetic } = files;
  return {
    appVersion: VERSION,
    source: { file: training.name, bytes: training.bytes ?? 0, rows: training.rows },
    holdoutFile: holdout?.name ?? null,
    columns: { all, regenerated: [], leftOut: primaryKey === null ? [] : [primaryKey] },
    seeds: { report: config.randomState },
    settings: { model: {}, generation: {} },
    files: [
      { role: 'original', ...training },
      ...(holdout ? [{ role: 'holdout' as const, ...holdout }] : []),
      { role: 'synthetic', ...synthetic },
    ],
  };
}
