import { afterEach, describe, expect, it } from 'vitest';
import { type ColumnData, columnLength, takeRows } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import {
  killThread,
  mortal,
  runningThreads,
  startHere,
  startNodeThread,
} from '../../../src/threads/testing/node-threads';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import type { ThreadStarter } from '../../../src/threads/thread';
import { type ColumnTask, type EncoderApi, encoderApi } from './column-task';
import { type ColumnSource, encodeColumns } from './encode-columns';

const ROWS = 3000;
/** More than any table is worth sharing: the rule must not depend on the rows that are read. */
const LONG = 10_000_000;

// One that comes up late is ended then.
afterEach(() => expect.poll(runningThreads).toBe(0));

function column(name: string): { task: ColumnTask; data: ColumnData } {
  const stream = new RandomStream(5, name);
  const kinds: readonly [StorageType, ResolvedEncodingType][] = [
    ['float', 'TABULAR_NUMERIC_BINNED'],
    ['integer', 'TABULAR_NUMERIC_DISCRETE'],
    ['datetime', 'TABULAR_DATETIME'],
    ['text', 'TABULAR_CATEGORICAL'],
  ];
  const [storageType, encodingType] = kinds[Number(name) % kinds.length]!;
  const data: ColumnData =
    storageType === 'text'
      ? {
          kind: 'text',
          codes: Int32Array.from({ length: ROWS }, () => stream.below(40) - 1),
          dictionary: Array.from({ length: 40 }, (_, i) => `word ${i}`),
        }
      : {
          kind: 'number',
          values: Float64Array.from({ length: ROWS }, () => Math.round(stream.normal() * 50)),
          nulls: Uint8Array.from({ length: ROWS }, () => Number(stream.uniform() < 0.1)),
        };
  const options = {
    valueProtection: true,
    rareCategoryReplacementMethod: 'CONSTANT' as const,
    seed: Number(name),
  };
  return { task: { storageType, encodingType, options }, data };
}

const COLUMNS = Array.from({ length: 9 }, (_, i) => column(String(i)));
const TASKS = COLUMNS.map(({ task }) => task);
const VALIDATION = Uint32Array.from({ length: 300 }, (_, i) => 10 * i);
const TRAINING = Uint32Array.from({ length: ROWS }, (_, i) => i).filter((row) => row % 10 !== 0);

function source(reads: string[] = []): ColumnSource {
  return {
    read: async (index) => {
      reads.push(String(index));
      const { data } = COLUMNS[index]!;
      return { training: takeRows(data, TRAINING), validation: takeRows(data, VALIDATION) };
    },
    randomState: 1,
    rowCount: LONG,
  };
}

function hooks(onColumns: (stage: string, done: number, total: number) => void = () => undefined) {
  const controller = new AbortController();
  return { controller, ...quietJob(controller.signal), onColumns };
}

const startEncoder = () => startNodeThread<EncoderApi>(new URL('./encoder-worker.ts', import.meta.url));

function encoders(start: ThreadStarter<EncoderApi> = startEncoder) {
  return { cores: 2, start };
}

const here = () => encodeColumns(TASKS, source(), hooks(), null, null);

describe('encodeColumns', () => {
  it('gives the same on this thread and on one, two and three others', { timeout: 60_000 }, async () => {
    const expected = await here();
    expect(expected.map(({ training, validation }) => [training, validation])).toEqual(
      COLUMNS.map(() => [2700, 300]),
    );
    for (const threads of [1, 2, 3]) {
      const stages: string[] = [];
      const progress = hooks((stage, done, total) => stages.push(`${stage} ${done}/${total}`));
      expect(await encodeColumns(TASKS, source(), progress, encoders(), threads)).toEqual(expected);
      expect(stages).toHaveLength(27);
      expect(stages).toContain('encode 9/9');
    }
  });

  it('reads a column again when the thread that had it dies', async () => {
    const expected = await here();
    const reads: string[] = [];
    let isFirst = true;
    const { threads, start } = mortal(() => {
      const isMortal = isFirst;
      isFirst = false;
      return startHere<EncoderApi>({
        encode(task, rows) {
          if (!isMortal) return encoderApi.encode(task, rows);
          killThread(threads[0]!);
          return new Promise(() => undefined);
        },
      });
    });
    let told = 0;
    const job = hooks(() => told++);
    expect(await encodeColumns(TASKS, source(reads), job, encoders(start), 2)).toEqual(expected);
    expect([reads.length, told]).toEqual([10, 27]);
  });

  it('goes on alone when no thread starts or all die', { timeout: 60_000 }, async () => {
    const expected = await here();
    const refuse = encoders(() => Promise.reject(new Error('no room')));
    expect(await encodeColumns(TASKS, source(), hooks(), refuse, null)).toEqual(expected);
    const dying = async () => {
      const thread = await startEncoder();
      killThread(thread);
      return thread;
    };
    expect(await encodeColumns(TASKS, source(), hooks(), encoders(dying), null)).toEqual(expected);
  });

  it('cancels while a thread is busy and says nothing more', async () => {
    const told: string[] = [];
    const job = hooks((stage) => told.push(stage));
    const stuck = () => startHere<EncoderApi>({ encode: () => new Promise<never>(() => undefined) });
    const encoding = encodeColumns(TASKS, source(), job, encoders(stuck), 2);
    while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const before = told.length;
    job.controller.abort();
    await expect(encoding).rejects.toMatchObject({ code: 'canceled' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.length).toBe(before);
  });

  it('passes on what is wrong with a column and leaves the others', { timeout: 60_000 }, async () => {
    const wrong = [...TASKS.slice(0, 3), TASKS[0]!];
    for (const threads of [null, encoders()]) {
      await expect(encodeColumns(wrong, source(), hooks(), threads, 2)).rejects.toMatchObject({
        code: 'config/invalid',
      });
    }
  });

  it('starts no threads for a short table', async () => {
    const short = { ...source(), rowCount: ROWS };
    const { threads, start } = mortal(startEncoder);
    const encoded = await encodeColumns(TASKS, short, hooks(), encoders(start), null);
    expect(encoded.map(({ codes }) => codes[0]!.length)).toEqual(
      COLUMNS.map(({ data }) => columnLength(data)),
    );
    expect(threads).toHaveLength(0);
  });
});
