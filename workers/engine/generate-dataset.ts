import { type ColumnData, transferables } from '../../src/domain/column-data';
import { canceledError, UserError } from '../../src/domain/errors';
import { capabilitiesOf, type ModelConfiguration } from '../../src/domain/model-configuration';
import type { TablePreview } from '../../src/domain/sources';
import type { GenerationSummary, SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { transfer } from '../../src/threads/rpc';
import type { DatabasePeerApi } from '../database/protocol';
import { type ArgnArtefact, forbiddenOf } from './models/argn/artefact';
import type { Backend } from './models/argn/network/network-backend';
import { logitBiasOf, type SampleRequest, sampleCodes } from './models/argn/sampling/sample-codes';
import { defaultOrder } from './models/argn/training/schedule';
import { previewOf } from './preview';
import type { GenerateRequest } from './protocol';
import { decodeBlock, outputSchema } from './sampling/decode-block';

/** Rows per block that goes to the database. */
const BLOCK_ROWS = 16_384;
/** Rows on their way to the file at most: drawing goes on while a row group of 100,000 is written. */
const MOST_UNWRITTEN_ROWS = 200_000;
export const MOST_PROBE_ROWS = 1000;

export type DatasetSink = Pick<
  DatabasePeerApi,
  'beginDataset' | 'appendRows' | 'finishDataset' | 'abortDataset'
>;

export interface GenerateHooks {
  readonly cancel: AbortSignal;
  pause(): Promise<void>;
  /** Rows drawn; after the last ones the rest of the file is written. */
  onRows(done: number): void;
}

/**
 * Samples rows and streams them to the database as a dataset, which is gone again if anything fails.
 * @param backend holds the model's averaged weights
 */
export async function generateDataset(
  artefact: ArgnArtefact,
  backend: Backend,
  request: GenerateRequest,
  sink: DatasetSink,
  hooks: GenerateHooks,
): Promise<GenerationSummary> {
  checkOrder(artefact.manifest.configuration, request.configuration);
  const { datasetId, fileName, rows } = request;
  const started = performance.now();
  await sink.beginDataset({
    datasetId,
    fileName,
    columns: outputSchema(artefact.manifest.columns),
    expectedRows: rows,
  });
  try {
    const samplingSeconds = await stream(artefact, backend, request, sink, hooks);
    const { parquetBytes } = await sink.finishDataset(datasetId);
    const seconds = (performance.now() - started) / 1000;
    return {
      rows,
      seconds,
      rowsPerSecond: rows / seconds,
      samplingSeconds,
      parquetBytes,
      peakMemory: backend.memory(),
    };
  } catch (error) {
    await sink.abortDataset(datasetId).catch(() => undefined);
    throw error;
  }
}

/** @returns seconds spent in the model */
async function stream(
  artefact: ArgnArtefact,
  backend: Backend,
  request: GenerateRequest,
  sink: DatasetSink,
  hooks: GenerateHooks,
): Promise<number> {
  let samplingSeconds = 0;
  const outbox = new Outbox((columns) => sink.appendRows(request.datasetId, columns));
  const blocks = sampleCodes(
    backend,
    artefact.manifest.spec,
    sampleRequest(artefact, request.rows, request.randomState, request.configuration),
  );
  for await (const block of blocks) {
    if (hooks.cancel.aborted) throw canceledError('The generation');
    samplingSeconds += block.seconds;
    const columns = decodeBlock(artefact.manifest.columns, block, request.randomState);
    await outbox.send(columns, block.rows);
    hooks.onRows(block.row0 + block.rows);
    await hooks.pause();
  }
  await outbox.flush();
  if (hooks.cancel.aborted) throw canceledError('The generation');
  return samplingSeconds;
}

/** Blocks on their way to the database, in order. */
class Outbox {
  readonly #append: (columns: ColumnData[]) => Promise<void>;
  readonly #blocks: { readonly rows: number; readonly written: Promise<void> }[] = [];
  #rows = 0;

  constructor(append: (columns: ColumnData[]) => Promise<void>) {
    this.#append = append;
  }

  /** Moves a block on as soon as there is room. Rejects if an earlier one could not be written. */
  async send(columns: ColumnData[], rows: number): Promise<void> {
    while (this.#rows > 0 && this.#rows + rows > MOST_UNWRITTEN_ROWS) await this.#oldest();
    const written = this.#append(transfer(columns, transferables(columns)));
    // A rejection is seen when its turn comes; this keeps it from being unhandled until then.
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
  artefact: ArgnArtefact,
  backend: Backend,
  rows: number,
  seed: number,
  configuration: SyntheticTableConfiguration,
): Promise<TablePreview> {
  checkOrder(artefact.manifest.configuration, configuration);
  const wanted = Math.max(1, Math.min(rows, MOST_PROBE_ROWS));
  const { columns, spec } = artefact.manifest;
  const request = sampleRequest(artefact, wanted, seed, configuration);
  const preview = { rows: [] as (readonly (string | null)[])[], schema: outputSchema(columns) };
  for await (const block of sampleCodes(backend, spec, request)) {
    preview.rows.push(...previewOf(preview.schema, decodeBlock(columns, block, seed)).rows);
  }
  return { ...previewOf(preview.schema, []), rows: preview.rows, rowCount: preview.rows.length };
}

function sampleRequest(
  artefact: ArgnArtefact,
  rows: number,
  seed: number,
  configuration: SyntheticTableConfiguration,
): SampleRequest {
  const logitBias = logitBiasOf(artefact.manifest.spec, forbiddenOf(artefact));
  const { configuration: trained, orders } = artefact.manifest;
  const order = configuration.generationOrder ?? defaultOrder(trained, orders);
  return {
    rows,
    seed,
    configuration: { ...configuration, generationOrder: order },
    logitBias,
    blockRows: BLOCK_ROWS,
  };
}

function checkOrder(model: ModelConfiguration, generation: SyntheticTableConfiguration): void {
  const order = generation.generationOrder ?? 'natural';
  if (order === 'natural' || capabilitiesOf(model).anyOrder) return;
  throw new UserError(
    'config/invalid',
    `This model was trained in the fixed order of its columns, so it cannot generate in ${order} order. Generate in natural order, or train it with flexible generation.`,
  );
}
