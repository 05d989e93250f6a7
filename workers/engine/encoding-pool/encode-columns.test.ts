import { afterEach, describe, expect, it } from 'vitest';
import { type ColumnData, columnLength } from '../../../src/domain/column-data';
import type { ResolvedEncodingType, StorageType } from '../../../src/domain/columns';
import { RandomStream } from '../../../src/domain/random';
import { takeRows } from '../testing/memory-database';
import type { ColumnTask } from './column-task';
import { type ColumnSource, encodeColumns } from './encode-columns';
import type { EncoderConnection, EncoderStarter } from './protocol';
import { killEncoder, runningEncoders, startNodeEncoder } from './testing/start-node-encoder';

const ROWS = 3000;
/** More than any table is worth sharing: the rule must not depend on the rows that are read. */
const LONG = 10_000_000;

afterEach(() => expect(runningEncoders()).toBe(0));

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
  return { controller, cancel: controller.signal, pause: async () => undefined, onColumns };
}

function supply(start: EncoderStarter = startNodeEncoder) {
  return { cores: 2, start };
}

const here = () => encodeColumns(TASKS, source(), hooks(), null, null);

describe('encodeColumns', () => {
  it('gives the same on this thread and on one, two and three helpers', { timeout: 60_000 }, async () => {
    const expected = await here();
    expect(expected.map(({ training, validation }) => [training, validation])).toEqual(
      COLUMNS.map(() => [2700, 300]),
    );
    for (const threads of [1, 2, 3]) {
      const stages: string[] = [];
      const progress = hooks((stage, done, total) => stages.push(`${stage} ${done}/${total}`));
      expect(await encodeColumns(TASKS, source(), progress, supply(), threads)).toEqual(expected);
      expect(stages).toHaveLength(27);
      expect(stages).toContain('encode 9/9');
    }
  });

  it('reads a column again when the helper that had it dies', { timeout: 60_000 }, async () => {
    const expected = await here();
    const reads: string[] = [];
    let started = 0;
    const start = async (): Promise<EncoderConnection> => {
      const connection = await startNodeEncoder();
      if (started++ === 1) return connection;
      const dying = () => {
        killEncoder(connection);
        return new Promise<never>(() => undefined);
      };
      return { ...connection, api: Object.assign(Object.create(null), { encode: dying }) };
    };
    let told = 0;
    const job = hooks(() => told++);
    expect(await encodeColumns(TASKS, source(reads), job, supply(start), 2)).toEqual(expected);
    expect([reads.length, told]).toEqual([10, 27]);
  });

  it('goes on alone when no helper starts or all die', { timeout: 60_000 }, async () => {
    const expected = await here();
    const refuse = supply(() => Promise.reject(new Error('no room')));
    expect(await encodeColumns(TASKS, source(), hooks(), refuse, null)).toEqual(expected);
    const mortal = async () => {
      const connection = await startNodeEncoder();
      killEncoder(connection);
      return connection;
    };
    expect(await encodeColumns(TASKS, source(), hooks(), supply(mortal), null)).toEqual(expected);
  });

  it('cancels while a helper is busy and says nothing more', { timeout: 60_000 }, async () => {
    const told: string[] = [];
    const job = hooks((stage) => told.push(stage));
    const stuck = async () => {
      const connection = await startNodeEncoder();
      const encode = () => new Promise<never>(() => undefined);
      return { ...connection, api: Object.assign(Object.create(null), { encode }) };
    };
    const encoding = encodeColumns(TASKS, source(), job, supply(stuck), 2);
    while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    const before = told.length;
    job.controller.abort();
    await expect(encoding).rejects.toMatchObject({ code: 'canceled' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.length).toBe(before);
  });

  it('passes on what is wrong with a column and leaves the others', { timeout: 60_000 }, async () => {
    const wrong = [...TASKS.slice(0, 3), TASKS[0]!];
    for (const helpers of [null, supply()]) {
      await expect(encodeColumns(wrong, source(), hooks(), helpers, 2)).rejects.toMatchObject({
        code: 'config/invalid',
      });
    }
  });

  it('starts no helpers for a short table', async () => {
    const short = { ...source(), rowCount: ROWS };
    const never = supply(() => Promise.reject(new Error('started')));
    let started = false;
    const watched = {
      ...never,
      start: () => {
        started = true;
        return never.start();
      },
    };
    const encoded = await encodeColumns(TASKS, short, hooks(), watched, null);
    expect(encoded.map(({ codes }) => codes[0]!.length)).toEqual(
      COLUMNS.map(({ data }) => columnLength(data)),
    );
    expect(started).toBe(false);
  });
});
