import { cellText } from '../../../src/domain/cell-text';
import { type ColumnData, transferables } from '../../../src/domain/column-data';
import type { TablePreview } from '../../../src/domain/sources';
import type { GenerationSummary } from '../../../src/domain/synthetic-datasets';
import { transfer } from '../../../src/threads/rpc';
import type { JobContext, JobStep } from '../../../src/threads/run-job';
import type { DatabasePeerApi } from '../../database/protocol';
import type { OutputColumn } from '../models/artefact';
import type { SampleRequest, Sampler } from '../models/model';
import type { GenerateRequest } from '../protocol';
import { outputColumns, outputSchema } from './output-columns';

/** Rows on their way to the file, at most: drawing goes on while a row group of 100,000 is written. */
const MAX_UNWRITTEN_ROWS = 200_000;
const MAX_PROBE_ROWS = 1000;

export type DatasetSink = Pick<
  DatabasePeerApi,
  'beginDataset' | 'appendRows' | 'finishDataset' | 'abortDataset'
>;

/** How a generation yields and is cancelled, and what counts its rows. */
interface Progress {
  readonly job: Pick<JobContext, 'yield' | 'checkpoint'>;
  readonly step: Pick<JobStep, 'update' | 'enter'>;
}

/** Samples rows and streams them to the database as a dataset, which is removed again if anything fails. */
export async function generateDataset(
  sampler: Sampler,
  output: readonly OutputColumn[],
  request: GenerateRequest,
  sink: DatasetSink,
  progress: Progress,
): Promise<GenerationSummary> {
  const { tableId, fileName, rows } = request;
  const started = performance.now();
  await sink.beginDataset({ tableId, fileName, columns: outputSchema(output), expectedRows: rows });
  try {
    const { samplingSeconds, mended } = await stream(sampler, output, request, sink, progress);
    const { parquetBytes } = await sink.finishDataset(tableId);
    const seconds = (performance.now() - started) / 1000;
    return {
      rows,
      seconds,
      rowsPerSecond: rows / seconds,
      samplingSeconds,
      mended,
      parquetBytes,
      peakMemory: sampler.memory(),
    };
  } catch (error) {
    await sink.abortDataset(tableId).catch(() => undefined);
    throw error;
  }
}

async function stream(
  sampler: Sampler,
  output: readonly OutputColumn[],
  { rows, randomState: seed, configuration, tableId }: GenerateRequest,
  sink: DatasetSink,
  { job, step }: Progress,
): Promise<Required<Pick<GenerationSummary, 'samplingSeconds' | 'mended'>>> {
  let samplingSeconds = 0;
  const mended = { drawnAgain: 0, copied: 0 };
  const outbox = new Outbox((columns) => sink.appendRows(tableId, columns));
  for await (const block of sampler.rows({ rows, seed, configuration })) {
    job.checkpoint();
    samplingSeconds += block.seconds;
    mended.drawnAgain += block.mended?.drawnAgain ?? 0;
    mended.copied += block.mended?.copied ?? 0;
    await outbox.send(outputColumns(output, block, seed), block.rows);
    const done = block.row0 + block.rows;
    step.update(done);
    // After the last rows the end of the file is written.
    if (done === rows) step.enter('WRITE_FILE');
    await job.yield();
  }
  await outbox.flush();
  job.checkpoint();
  return { samplingSeconds, mended };
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
  for await (const block of sampler.rows({ ...request, rows: wanted })) {
    const columns = outputColumns(output, block, request.seed);
    for (let row = 0; row < block.rows; row++) {
      rows.push(columns.map((column, i) => cellText(column, row, schema[i]!.storageType)));
    }
  }
  return { columns: schema.map(({ name }) => name), rows, offset: 0, rowCount: rows.length };
}
