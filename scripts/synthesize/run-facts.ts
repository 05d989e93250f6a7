import { ledgerFacts } from '../../src/domain/differential-privacy';
import type { Generator } from '../../src/domain/generators';
import type { TrainingMessage } from '../../src/domain/job';
import { likenessSummary } from '../../src/domain/likeness-facts';
import { snakeCase } from '../../src/domain/metrics';
import { maskData } from '../../src/domain/names-of-data';
import { onlyTable } from '../../src/domain/only-table';
import { privacyVerdict, verdictFacts } from '../../src/domain/privacy-verdict';
import { privacyOf } from '../../src/domain/private-training';
import { readingParts } from '../../src/domain/reading-words';
import type { CheckResult } from '../../src/domain/recipe-checks';
import type { WholeReport } from '../../src/domain/reports';
import type { Source } from '../../src/domain/sources';
import type { SyntheticDataset } from '../../src/domain/synthetic-datasets';
import { columnFacts } from '../../src/domain/unlearned-words';
import { UNPROTECTED_RESULT } from '../../src/domain/unprotected';
import { describeRecipe, type RecipeFacts } from './recipe-facts';
import { describeRules } from './rule-facts';
import { describeSubjects } from './subject-facts';

export interface FinishedRun {
  /** The recipe it was made by; null = by none. */
  readonly recipe: RecipeFacts | null;
  /** What became of checks, of a recipe or of options. */
  readonly checks: readonly CheckResult[];
  readonly source: Source;
  readonly holdout: Source | null;
  readonly generator: Generator;
  readonly dataset: SyntheticDataset;
  readonly report: WholeReport | null;
  readonly stepSeconds: Readonly<Record<string, number>>;
  /** From the command to here. */
  readonly totalSeconds: number;
  /** Of the page with its workers, bytes; null where the system does not tell. */
  readonly pagePeakMemory: number | null;
}

/** `run.json`: what the run took and how the training went. */
export function describeRun(run: FinishedRun): object {
  const table = onlyTable(run.source);
  const training = run.generator.summary!;
  const { tabularModelConfiguration } = onlyTable(run.generator.config);
  const privacy = privacyOf(tabularModelConfiguration);
  const generation = run.dataset.summary!;
  return {
    rows: {
      source: table.rowCount,
      rejected: table.rejectedCount,
      skipped: table.skippedCount ?? 0,
      cut_short: table.filledRows?.count ?? 0,
      holdout: run.holdout && onlyTable(run.holdout).rowCount,
      training: training.rows.training,
      validation: training.rows.validation,
      synthetic: generation.rows,
    },
    // Made-up examples, counts and names: nothing of a row.
    conversions: (table.conversions ?? []).map(({ column, kind, cells, example, order, undone }) => ({
      column,
      kind,
      cells,
      example,
      ...(order && { order }),
      ...(undone && { undone }),
    })),
    reading: describeReading(run.source),
    files: describeFiles(run.source),
    // The worker's last progress report may come after its result: the summaries know these two for certain.
    seconds: {
      total: run.totalSeconds,
      ...run.stepSeconds,
      train_model: training.seconds,
      generate_data: generation.seconds,
    },
    model: tabularModelConfiguration.model,
    backend: training.backend,
    adapter: training.adapter,
    training: {
      parameters: training.parameters,
      stopped_by: training.stoppedBy,
      seconds: training.seconds,
      ...(training.passes && {
        batch_size: training.passes.batchSize,
        epochs: training.passes.epochs,
        steps: training.passes.steps,
        // Nothing is validated in a private training.
        ...(!training.differentialPrivacy && {
          best_epoch: training.passes.bestEpoch,
          loss: training.passes.trainingLoss,
          validation_loss: training.passes.validationLoss,
        }),
        seconds_per_step: training.passes.secondsPerStep,
        rows_per_second: training.passes.rowsPerSecond,
      }),
    },
    columns: columnFacts(onlyTable(run.generator).columns),
    subjects: describeSubjects(run.generator),
    value_protection: !run.dataset.unprotected,
    ...(run.dataset.unprotected && { warning: UNPROTECTED_RESULT }),
    privacy_verdict: run.report && verdictFacts(privacyVerdict(run.report)),
    isolated_rows: training.isolatedRows ?? null,
    privacy_guard: training.privacyGuard && snakeCase({ ...training.privacyGuard }),
    differential_privacy: training.differentialPrivacy
      ? { ...ledgerFacts(training.differentialPrivacy), settings: snakeCase({ ...privacy }) }
      : null,
    discriminator: training.discriminator ?? null,
    rotations: training.rotations ?? null,
    hidden: training.hidden ?? [],
    rules: describeRules(run.generator, run.report),
    dependences: run.report?.dependences ?? null,
    likeness: run.report && likenessSummary(run.report),
    sampling: {
      rows_per_second: generation.rows / generation.samplingSeconds,
      rows_per_second_written: generation.rowsPerSecond,
      rows_drawn_again: generation.mended?.drawnAgain ?? 0,
      rows_copied: generation.mended?.copied ?? 0,
      keys_drawn_again: generation.keys?.drawnAgain ?? 0,
      keys_repeated: generation.keys?.repeated ?? 0,
      parquet_bytes: generation.parquetBytes,
    },
    report: { seconds: run.report?.seconds ?? null, error: run.dataset.error },
    ...describeRecipe(run.recipe, run.checks),
    peak_memory_bytes: {
      page: run.pagePeakMemory,
      engine: Math.max(training.peakMemory, generation.peakMemory),
    },
    ...(training.differentialPrivacy
      ? { epsilon_spent: run.generator.messages.map(spentFacts) }
      : { losses: run.generator.messages.map(lossFacts) }),
  };
}

/** How the file was read, and the lines that are no rows: where and why, without their text. */
function describeReading(source: Source): object {
  const { skipped = [], rejected, regions = [] } = onlyTable(source);
  return {
    decisions: readingParts(source).map(({ text }) => text),
    skipped: skipped.map(({ line, reason, file }) => ({ line, reason, ...inFile(file) })),
    rejected: rejected.map(({ line, reason, file }) => ({ line, reason, ...inFile(file) })),
    tables: regions.map(({ firstLine, lastLine, isRead }) => ({
      first_line: firstLine,
      last_line: lastLine,
      read: isRead,
    })),
  };
}

function inFile(file: string | undefined): object {
  return file === undefined ? {} : { file: maskData(file) };
}

/** The files that are one table: what each gave, and how it differs; empty = it was one file. */
function describeFiles({ format, tables }: Source): object[] {
  const names = tables[0]?.columns.map(({ name }) => name) ?? [];
  const columns = (positions: readonly number[] = []) => positions.map((position) => names[position] ?? '');
  return (format?.parts ?? []).map((part) => ({
    name: maskData(part.name),
    rows: part.rowCount,
    rejected: part.rejectedCount ?? 0,
    skipped: part.skippedCount ?? 0,
    missing_columns: columns(part.absent),
    numbers_read_as_text: columns(part.numbers),
    ...(part.isUnnamed && { without_names: true }),
    ...(part.readAs !== undefined && { read_as: part.readAs }),
    ...(part.problem !== undefined && { problem: maskData(part.problem) }),
  }));
}

function lossFacts(message: TrainingMessage): object {
  return {
    epoch: message.epoch,
    steps: message.steps,
    training_loss: message.trainingLoss,
    validation_loss: message.validationLoss,
    learning_rate: message.learningRate,
    seconds: message.totalTime,
  };
}

/** A line of a private training: after an update or, in one that is fitted at once, a release. */
function spentFacts({ release, epoch, steps, epsilon, learningRate, totalTime }: TrainingMessage): object {
  const seconds = totalTime;
  return release === undefined
    ? { epoch, steps, epsilon, learning_rate: learningRate, seconds }
    : { release, releases: steps, epsilon, seconds };
}
