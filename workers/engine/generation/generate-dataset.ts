import { cellText } from '../../../src/domain/cell-text';
import { type ColumnData, transferables } from '../../../src/domain/column-data';
import { isCanceled } from '../../../src/domain/errors';
import type { TablePreview } from '../../../src/domain/sources';
import type { GenerationSummary } from '../../../src/domain/synthetic-datasets';
import { transfer } from '../../../src/threads/rpc';
import type { JobContext, JobStep } from '../../../src/threads/run-job';
import type { DatabasePeerApi } from '../../database/protocol';
import type { Artefact, OutputColumn } from '../models/artefact';
import { sliceRows } from '../models/given-cells';
import type { SampleRequest, Sampler } from '../models/model';
import type { GenerateRequest } from '../protocol';
import type { DrawnCounts, GenerationCheckpoints, GenerationPoint } from './generation-checkpoints';
import { openOutput, outputColumns, outputSchema } from './output-columns';
import { WrittenKey } from './written-key';

/** Rows on their way to the file, at most: drawing goes on while a row group of 100,000 is written. */
const MAX_UNWRITTEN_ROWS = 200_000;
const MAX_PROBE_ROWS = 1000;

export type DatasetSink = Pick<
  DatabasePeerApi,
  | 'beginDataset'
  | 'appendRows'
  | 'finishDataset'
  | 'abortDataset'
  | 'markDataset'
  | 'leaveDataset'
  | 'resumeDataset'
>;

/** How a generation yields and is cancelled, what counts its rows, and what keeps it on the way. */
interface Progress {
  readonly job: Pick<JobContext, 'yield' | 'checkpoint' | 'stop' | 'pause' | 'paused'>;
  readonly step: Pick<JobStep, 'update' | 'enter'>;
  /** Absent = it is not kept on the way, and does not pause. */
  readonly keeping?: GenerationCheckpoints;
}

/**
 * Samples rows and streams them to the database as a dataset; `stop` ends it early with the rows so far. If anything fails
 * it is removed again, or stays as it was kept last where it can go on from there (docs/jobs.md, Going on).
 */
export async function generateDataset(
  sampler: Sampler,
  artefact: Pick<Artefact, 'output' | 'key'>,
  request: GenerateRequest,
  sink: DatasetSink,
  progress: Progress,
): Promise<GenerationSummary> {
  const { output } = artefact;
  const { tableId, fileName, rows } = request;
  const started = performance.now();
  const columns = outputSchema(output);
  const { keeping } = progress;
  const from = (await keeping?.resume(sink, { tableId, fileName, columns, expectedRows: rows })) ?? null;
  if (!from) await sink.beginDataset({ tableId, fileName, columns, expectedRows: rows });
  const secondsSoFar = () => (from?.seconds ?? 0) + (performance.now() - started) / 1000;
  try {
    const { made, counts } = await stream(sampler, artefact, request, sink, progress, from, secondsSoFar);
    const { parquetBytes } = await sink.finishDataset(tableId);
    const seconds = secondsSoFar();
    return {
      rows: made,
      ...(made < rows && { asked: rows }),
      seconds,
      rowsPerSecond: made / seconds,
      ...counts,
      parquetBytes,
      peakMemory: sampler.memory(),
    };
  } catch (error) {
    const canGoOn = keeping?.isKept && !isCanceled(error);
    await (canGoOn ? sink.leaveDataset(tableId) : sink.abortDataset(tableId)).catch(() => undefined);
    throw error;
  }
}

async function stream(
  sampler: Sampler,
  { output, key }: Pick<Artefact, 'output' | 'key'>,
  { rows, randomState: seed, configuration, tableId }: GenerateRequest,
  sink: DatasetSink,
  { job, step, keeping }: Progress,
  from: GenerationPoint | null,
  secondsSoFar: () => number,
): Promise<{ made: number; counts: DrawnCounts }> {
  const outbox = new Outbox((columns) => sink.appendRows(tableId, columns));
  const written = from?.dataset.rows ?? 0;
  const counts: DrawnCounts = {
    samplingSeconds: 0,
    mended: { drawnAgain: 0, copied: 0 },
    ...structuredClone(from?.counts),
  };
  let made = written;
  const writers = await openOutput(output, seed, rows);
  const keys = isWritten(output, key) ? new WrittenKey(output, key, writers, rows) : null;
  // Which keys stood before a block cannot be told from its number: they are written again from the first row on.
  const drawn = { rows, seed, configuration, ...(from?.point && !keys && { from: from.point }) };
  for await (const block of sampler.rows(drawn)) {
    job.checkpoint();
    if (block.point && (!keys || block.row0 === 0)) keeping?.pass(block.point, counts);
    counts.samplingSeconds += block.seconds;
    counts.mended.drawnAgain += block.mended?.drawnAgain ?? 0;
    counts.mended.copied += block.mended?.copied ?? 0;
    if (block.keys) addKeys(counts, block.keys);
    const done = block.row0 + block.rows;
    // Of rows that are in the file only those are drawn again that the next ones follow from.
    if (done > written || keys) {
      const first = Math.min(block.rows, Math.max(0, written - block.row0));
      const pause = () => job.yield();
      let whole: readonly ColumnData[] = await outputColumns(output, block, writers, seed, pause);
      if (keys) {
        const filled = await keys.fill(block, whole, pause);
        if (filled.drawnAgain > 0) addKeys(counts, filled);
        whole = filled.columns;
      }
      const columns = whole.map((column) => sliceRows(column, first, block.rows));
      if (done > written) await outbox.send(first > 0 ? columns.map(ownRows) : columns, block.rows - first);
    }
    made = Math.max(done, written);
    step.update(made);
    keeping?.keep(sink, tableId, secondsSoFar());
    if (keeping && job.pause.aborted) {
      await outbox.flush();
      await keeping.keepNow(sink, tableId, secondsSoFar());
      throw job.paused();
    }
    // After the last rows the end of the file is written.
    if (done === rows || job.stop.aborted) step.enter('WRITE_FILE');
    await job.yield();
    if (job.stop.aborted) break;
  }
  await outbox.flush();
  job.checkpoint();
  return { made, counts };
}

/** Whether a key has a part that is not learned: those of learned ones are the sampler's. */
function isWritten(output: readonly OutputColumn[], key: Artefact['key']): key is readonly string[] {
  return (
    key !== undefined && output.some(({ role, schema }) => role !== 'feature' && key.includes(schema.name))
  );
}

function addKeys(counts: DrawnCounts, { drawnAgain, repeated }: NonNullable<DrawnCounts['keys']>): void {
  const before = counts.keys ?? { drawnAgain: 0, repeated: 0 };
  counts.keys = {
    drawnAgain: before.drawnAgain + drawnAgain,
    repeated: before.repeated + repeated,
  };
}

/** A column with buffers of its own, to be moved. */
function ownRows(column: ColumnData): ColumnData {
  if (column.kind === 'text') return { ...column, codes: column.codes.slice() };
  return { kind: 'number', values: column.values.slice(), nulls: column.nulls?.slice() ?? null };
}

/** Blocks on their way to the database, in order. */
class Outbox {
  readonly #append: (columns: ColumnData[]) => Promise<void>;
  readonly #blocks: { readonly rows: number; readonly written: Promise<void> }[] = [];
  #rows = 0;

  constructor(append: (columns: ColumnData[]) => Promise<void>) {
    this.#append = append;
  }

  /** Sends a block once few enough rows are on their way. Rejects if an earlier block could not be written. */
  async send(columns: ColumnData[], rows: number): Promise<void> {
    while (this.#rows > 0 && this.#rows + rows > MAX_UNWRITTEN_ROWS) await this.#oldest();
    const written = this.#append(transfer(columns, transferables(columns)));
    // Awaited in turn; until then a rejection must not count as unhandled.
    written.catch(() => undefined);
    this.#blocks.push({ rows, written });
    this.#rows += rows;
  }

  /** Waits until all is written. */
  async flush(): Promise<void> {
    while (this.#blocks.length > 0) await this.#oldest();
  }

  async #oldest(): Promise<void> {
    const { rows, written } = this.#blocks.shift()!;
    await written;
    this.#rows -= rows;
  }
}

/** A small sample as text, at most 1,000 rows. */
export async function sampleRows(
  sampler: Sampler,
  output: readonly OutputColumn[],
  request: SampleRequest,
): Promise<TablePreview> {
  const wanted = Math.max(1, Math.min(request.rows, MAX_PROBE_ROWS));
  const schema = outputSchema(output);
  const rows: (string | null)[][] = [];
  const writers = await openOutput(output, request.seed, wanted);
  for await (const block of sampler.rows({ ...request, rows: wanted })) {
    const columns = await outputColumns(output, block, writers, request.seed);
    for (let row = 0; row < block.rows; row++) {
      rows.push(columns.map((column, i) => cellText(column, row, schema[i]!.storageType)));
    }
  }
  return { columns: schema.map(({ name }) => name), rows, offset: 0, rowCount: rows.length };
}
