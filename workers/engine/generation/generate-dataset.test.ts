import { describe, expect, it } from 'vitest';
import type { ColumnData } from '../../../src/domain/column-data';
import { SyntheticTableConfiguration } from '../../../src/domain/synthetic-datasets';
import { quietJob } from '../../../src/threads/testing/quiet-job';
import type { ArgnContent } from '../models/argn/artefact';
import { ArgnConfiguration } from '../models/argn/family';
import type { Backend, GenerationRequest } from '../models/argn/network/network-backend';
import { ArgnSampler } from '../models/argn/sampler';
import { type DatasetSink, generateDataset } from './generate-dataset';

const ROWS = 600_000;
/** Rows of a group as `planGroups` cuts them, at most. */
const GROUP = 8192;
/** What `generateDataset` promises to have on the way at most. */
const UNWRITTEN = 200_000;

const schema = { name: 'n', originalName: 'n', storageType: 'integer' } as const;
const content: ArgnContent = {
  configuration: ArgnConfiguration.parse({ model: 'argn' }),
  spec: { subColumns: [{ cardinality: 1, dimension: 2, hidden: 4, column: 0 }], columnCount: 1 },
  orders: { natural: 0.1, rotated: 0.25 },
  relations: [],
  computed: [],
  ties: [],
  factors: null,
  features: [
    {
      schema,
      outputIndex: 0,
      encoding: {
        type: 'TABULAR_NUMERIC_DISCRETE',
        storageType: 'integer',
        subColumns: [{ name: 'value', cardinality: 1, ordinal: true }],
        hasNull: false,
        values: [7],
        fallbackCode: 0,
      },
    },
  ],
};

/** Draws in no time, two groups side by side. */
function quickBackend() {
  const drawn = { rows: 0, underway: 0, max: 0 };
  const never = () => Promise.reject(new Error('not asked for'));
  const backend: Backend = {
    kind: 'wasm',
    adapter: 'quick',
    init: never,
    setState: never,
    getState: never,
    train: never,
    evaluate: never,
    dispose: () => undefined,
    concurrency: 2,
    memory: () => 0,
    async generate({ rows }: GenerationRequest) {
      drawn.max = Math.max(drawn.max, ++drawn.underway);
      await Promise.resolve();
      drawn.underway--;
      drawn.rows += rows;
      return new Uint16Array(rows);
    },
  };
  return { backend, drawn };
}

/** A database that writes only when told. */
function slowSink() {
  const waiting: { rows: number; settle(error?: Error): void }[] = [];
  const log: string[] = [];
  const sink: DatasetSink = {
    beginDataset: async () => void log.push('begin'),
    appendRows: (_, [data]: ColumnData[]) =>
      new Promise((resolve, reject) => {
        const rows = (data as Extract<ColumnData, { kind: 'number' }>).values.length;
        waiting.push({ rows, settle: (error) => (error ? reject(error) : resolve()) });
      }),
    finishDataset: async () => {
      log.push('finish');
      return { rows: ROWS, parquetBytes: 1 };
    },
    abortDataset: async () => void log.push('abort'),
    markDataset: async () => null,
    leaveDataset: async () => void log.push('leave'),
    resumeDataset: async () => void log.push('resume'),
  };
  const unwritten = () => waiting.reduce((sum, { rows }) => sum + rows, 0);
  return { sink, waiting, log, unwritten };
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

function run(
  sink: DatasetSink,
  backend: Backend,
  cancel = new AbortController(),
  stop = new AbortController(),
) {
  const request = {
    modelId: 'm',
    tableId: 'd',
    fileName: 'f.parquet',
    rows: ROWS,
    randomState: 1,
    configuration: SyntheticTableConfiguration.parse({}),
  };
  const sampler = new ArgnSampler(backend, content);
  const told: number[] = [];
  const step = { update: (rows: number) => told.push(rows), enter: () => undefined };
  const progress = { job: quietJob(cancel.signal, stop.signal), step };
  const artefact = { output: [{ role: 'feature', schema }] } as const;
  return { told, result: generateDataset(sampler, artefact, request, sink, progress) };
}

describe('generateDataset', () => {
  it('draws on while a row group is written, and no further than it says', async () => {
    const { backend, drawn } = quickBackend();
    const { sink, waiting, log, unwritten } = slowSink();
    const { result, told } = run(sink, backend);
    for (let i = 0; i < 200; i++) await pause();
    expect(unwritten()).toBeGreaterThan(UNWRITTEN - GROUP);
    expect(unwritten()).toBeLessThanOrEqual(UNWRITTEN);
    expect(drawn.rows).toBeGreaterThan(unwritten());
    expect(drawn.rows).toBeLessThanOrEqual(UNWRITTEN + 6 * GROUP);
    expect(drawn.max).toBe(4);
    const before = drawn.rows;
    waiting.shift()!.settle();
    for (let i = 0; i < 20; i++) await pause();
    expect(drawn.rows).toBeGreaterThan(before);
    while (!log.includes('finish')) {
      waiting.shift()?.settle();
      await pause();
    }
    expect((await result).rows).toBe(ROWS);
    expect(drawn.rows).toBe(ROWS);
    expect(told.at(-1)).toBe(ROWS);
  });

  it('leaves nothing behind when a block in the middle cannot be written', async () => {
    const { backend } = quickBackend();
    const { sink, waiting, log } = slowSink();
    const { result } = run(sink, backend);
    for (let i = 0; i < 100; i++) await pause();
    waiting.splice(0).forEach(({ settle }, i) => {
      settle(i === 3 ? new Error('the disk is full') : undefined);
    });
    await expect(result).rejects.toThrow('the disk is full');
    expect(log).toEqual(['begin', 'abort']);
  });

  it('ends with the rows so far when it is stopped, and says how many were asked for', async () => {
    const { backend } = quickBackend();
    const { sink, waiting, log } = slowSink();
    const stop = new AbortController();
    const { result, told } = run(sink, backend, new AbortController(), stop);
    for (let i = 0; i < 100; i++) await pause();
    stop.abort();
    let written = 0;
    while (!log.includes('finish')) {
      const block = waiting.shift();
      written += block?.rows ?? 0;
      block?.settle();
      await pause();
    }
    expect(await result).toMatchObject({ rows: written, asked: ROWS });
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(ROWS);
    expect(told.at(-1)).toBe(written);
    expect(log).toEqual(['begin', 'finish']);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const { backend } = quickBackend();
    const { sink, waiting, log } = slowSink();
    const cancel = new AbortController();
    const { result } = run(sink, backend, cancel);
    for (let i = 0; i < 100; i++) await pause();
    cancel.abort();
    for (const { settle } of waiting.splice(0)) settle();
    await expect(result).rejects.toMatchObject({ code: 'canceled' });
    expect(log).toEqual(['begin', 'abort']);
  });
});
