import { columnLength, transferables } from '../../../src/domain/column-data';
import { RandomStream } from '../../../src/domain/random';
import { MAX_EARLY_STOPPING_ROWS } from '../../../src/domain/row-plan';
import { transfer } from '../../../src/threads/rpc';
import { startThread, type ThreadSource, type ThreadStarter } from '../../../src/threads/thread';
import { WorkerPool } from '../../../src/threads/worker-pool';
import type { TrainingJob, TrainingTable } from '../models/model';
import {
  analyseTask,
  type ColumnRows,
  type ColumnTask,
  type EncodedColumn,
  type EncoderApi,
  encodeRows,
} from './column-task';

/** From so many values on, about half a second of one core, starting threads pays. */
const WORTH_SHARING = 4_000_000;
/** More would wait for the database, which reads one column at a time. */
const MAX_ENCODERS = 4;

/** An encoder in a browser, nested in the engine's worker. */
export const startEncoder: ThreadStarter<EncoderApi> = () =>
  startThread(new Worker(new URL('./encoder-worker.ts', import.meta.url), { type: 'module' }));

/** Where the columns come from. The number of rows decides whether threads pay. */
export type ColumnSource = Pick<TrainingTable, 'read' | 'randomState' | 'rowCount' | 'subjects'>;

/**
 * Reads, analyses and encodes columns: as many side by side as there are threads, while one more is read.
 * @param encoders null = this thread alone
 * @param threads as a person chose, null = automatic
 * @returns one entry a feature, the same for any number of threads
 * @throws UserError `canceled` at once, whatever the threads are doing; `config/invalid`
 */
export async function encodeColumns(
  tasks: readonly ColumnTask[],
  source: ColumnSource,
  job: Pick<TrainingJob, 'yield' | 'checkpoint' | 'race' | 'onColumns'>,
  encoders: ThreadSource<EncoderApi> | null,
  threads: number | null,
): Promise<EncodedColumn[]> {
  const count = encoders ? encoderCount(source.rowCount, tasks.length, encoders.cores, threads) : 0;
  const pool = new WorkerPool<EncoderApi>({ threads: count, start: encoders?.start });
  void pool.open();
  const encoded: EncodedColumn[] = [];
  const done = { pull: 0, analyse: 0, encode: 0 };
  let chosen: Uint32Array | null = null;
  let isOver = false;
  let next = 0;
  const check = () => {
    if (isOver) throw new Error('The encoding has ended without this column.');
    job.checkpoint();
  };
  const finish = async (stage: keyof typeof done) => {
    check();
    job.onColumns(stage, ++done[stage], tasks.length);
    await job.yield();
    check();
  };
  const read = async (index: number): Promise<ColumnRows> => {
    const { training, validation, follows } = await source.read(index);
    chosen ??= earlyStoppingRows(columnLength(validation), source.randomState);
    const subjects = source.subjects?.training ?? null;
    return { training, validation, follows, subjects, chosen };
  };
  const encode = async (index: number): Promise<EncodedColumn> => {
    const task = tasks[index]!;
    let rows: ColumnRows | null = await read(index);
    await finish('pull');
    let isAnalysed = false;
    const result = await pool.run(async (encoder) => {
      // Rows moved to a thread that died are lost: they are read again.
      const taken = rows ?? (await read(index));
      rows = null;
      if (encoder)
        return encoder.encode(task, transfer(taken, transferables([taken.training, taken.validation])));
      const encoding = analyseTask(task, taken);
      await finish('analyse');
      isAnalysed = true;
      return encodeRows(encoding, taken, task.options);
    });
    if (!isAnalysed) await finish('analyse');
    await finish('encode');
    return result;
  };
  const encodeNext = async () => {
    while (next < tasks.length) {
      const index = next++;
      encoded[index] = await encode(index);
    }
  };
  try {
    const beside = Math.min(Math.max(1, count) + 1, tasks.length);
    await job.race(() => Promise.all(Array.from({ length: beside }, encodeNext)));
    return encoded;
  } finally {
    isOver = true;
    pool.dispose();
  }
}

/** Indices of the validation rows that are kept, the same for every column: all, or an even draw; in random order. */
export function earlyStoppingRows(validationRows: number, randomState: number): Uint32Array {
  return new RandomStream(randomState, 'early stopping')
    .permutation(validationRows)
    .slice(0, MAX_EARLY_STOPPING_ROWS);
}

/**
 * Threads to encode a table with; 0 = the calling thread alone, which is quicker for most tables.
 * @param cores as `navigator.hardwareConcurrency`
 * @param threads as a person chose, null = automatic
 */
function encoderCount(rows: number, columns: number, cores: number, threads: number | null): number {
  if (rows * columns < WORTH_SHARING) return 0;
  return Math.max(1, Math.min(MAX_ENCODERS, threads ?? cores, columns));
}
