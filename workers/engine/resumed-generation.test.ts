import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/domain/checkpoints';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { DatasetShelf } from '../database/datasets/dataset-shelf';
import type { DatabasePeerApi } from '../database/protocol';
import { MemoryBackend } from '../workspace/file-backends';
import { FileStore } from '../workspace/file-store';
import { MemoryRecords } from '../workspace/records';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import { GaussianCopulaModel } from './models/gaussian_copula/model';
import { createModel as createMarginalsModel } from './models/marginals/model';
import type { Model } from './models/model';
import type { EngineEvent, GenerateRequest } from './protocol';
import { type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

const GROUP_ROWS = 9000;

/** Towns with their regions, and amounts of which one is never above the other. */
function orders(rows: number, hidden: number): MemoryColumn[] {
  const stream = new RandomStream(rows, 'orders');
  const town = Int32Array.from({ length: rows }, () => stream.below(9));
  const amount = Float64Array.from(town, (t) => Math.round(20 + 15 * t + 30 * stream.uniform()));
  const noise = Float64Array.from({ length: rows }, () => stream.normal());
  const number = (name: string, values: Float64Array): MemoryColumn => ({
    name,
    storageType: 'integer',
    data: { kind: 'number', values, nulls: null },
  });
  return [
    {
      name: 'town',
      storageType: 'text',
      data: { kind: 'text', codes: town, dictionary: Array.from('abcdefghi', (t) => `town ${t}`) },
    },
    {
      name: 'region',
      storageType: 'text',
      data: { kind: 'text', codes: town.map((t) => t % 3), dictionary: ['north', 'south', 'west'] },
    },
    number('amount', amount),
    number(
      'paid',
      amount.map((value) => Math.max(0, value - stream.below(15))),
    ),
    ...Array.from({ length: hidden }, (_, c) =>
      number(
        `circle ${c}`,
        noise.map((value, row) => Math.round(100 * (c === 0 ? value : Math.abs(value)) + 5 * (row % 7))),
      ),
    ),
  ];
}

/** What a browser keeps of a workspace from one page to the next. */
function openDisk() {
  const [backend, records] = [new MemoryBackend(), new MemoryRecords()];
  return { open: () => new FileStore(backend, records), ids: () => backend.list() };
}

type Disk = ReturnType<typeof openDisk>;

/** Makes calls of an API wait for ever once its worker is dead. */
function mortal<T extends object>(api: T, isDead: () => boolean): T {
  return new Proxy(api, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name, target);
      if (typeof own !== 'function') return own;
      return (...args: unknown[]) =>
        isDead()
          ? new Promise(() => undefined)
          : (own as (...given: unknown[]) => unknown).apply(target, args);
    },
  });
}

interface Run {
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
  /** Of the backend. */
  readonly drawnRows: number;
  readonly error: unknown;
  /** The Parquet file; null if it was not finished. */
  readonly bytes: string | null;
  readonly mended: unknown;
  /** Of the database and the files. */
  readonly calls: number;
}

interface Stored {
  readonly model: () => Promise<Model>;
  readonly stored: Awaited<ReturnType<EngineService['exportModel']>>;
}

/**
 * A generation in new workers over a disk. Checkpoints are due all the time.
 * @param life calls of the database and the files until the page is killed
 */
async function runOnce(
  { model, stored }: Stored,
  request: GenerateRequest,
  disk: Disk,
  life = Number.POSITIVE_INFINITY,
  onEvent: (event: EngineEvent, engine: EngineService) => void = () => undefined,
): Promise<Run> {
  let [now, left, drawnRows, calls] = [0, life, 0, 0];
  let die = () => {};
  const killed = new Promise<'killed'>((resolve) => (die = () => resolve('killed')));
  const isDead = () => {
    calls++;
    now += 1e5;
    if (--left < 0) die();
    return left < 0;
  };
  const store = disk.open();
  const files = mortal(store, isDead);
  const shelf = new DatasetShelf(files, GROUP_ROWS);
  const tables = new MemoryDatabase({});
  const peer: DatabasePeerApi = {
    describe: (table) => tables.describe(table),
    readParts: (...args) => tables.readParts(...args),
    readSubjects: (...args) => tables.readSubjects(...args),
    readRowNumbers: (...args) => tables.readRowNumbers(...args),
    beginDataset: ({ tableId, fileName, columns, expectedRows }) =>
      shelf.begin(tableId, fileName, columns, expectedRows),
    appendRows: (id, columns) => shelf.append(id, columns),
    markDataset: (id) => shelf.mark(id),
    leaveDataset: (id) => shelf.leave(id),
    resumeDataset: ({ tableId, fileName, columns, expectedRows, point }) =>
      shelf.resume(tableId, fileName, columns, expectedRows, point),
    finishDataset: (id) => shelf.finish(id),
    abortDataset: (id) => shelf.remove(id),
  };
  const engine = new EngineService(
    async () => counting(await model(), (rows) => (drawnRows += rows)),
    () => now,
  );
  const notices: string[] = [];
  let checkpoint: Checkpoint | undefined;
  engine.attach(
    mortal(peer, isDead),
    (event) => {
      if (left < 0) return;
      if (event.type === 'notice') notices.push(event.sentence);
      if (event.type === 'checkpoint') ({ checkpoint } = event);
      onEvent(event, engine);
    },
    files,
  );
  await engine.importModel('model', stored);
  const told = () => ({ checkpoint, notices, drawnRows, calls });
  try {
    const ended = await Promise.race([engine.generate('job', request), killed]);
    if (ended === 'killed') return { ...told(), error: null, bytes: null, mended: null };
    const file = await store.read(shelf.stored(request.tableId).file);
    const bytes = Buffer.from(await file.arrayBuffer()).toString('base64');
    return { ...told(), error: null, bytes, mended: ended.mended };
  } catch (error) {
    return { ...told(), error, bytes: null, mended: null };
  } finally {
    await engine.release('model');
  }
}

/** A model whose samplers tell how many rows they draw. */
function counting(model: Model, onRows: (rows: number) => void): Model {
  return {
    encode: (...args) => model.encode(...args),
    train: (...args) => model.train(...args),
    check: (stored) => model.check(stored),
    async open(...args) {
      const sampler = await model.open(...args);
      return {
        complete: (...given) => sampler.complete(...given),
        async *rows(request) {
          for await (const block of sampler.rows(request)) {
            onRows(block.rows);
            yield block;
          }
        },
        memory: () => sampler.memory(),
        dispose: () => sampler.dispose(),
      };
    },
  };
}

async function trained(columns: readonly MemoryColumn[], configuration: object, model: () => Promise<Model>) {
  const engine = new EngineService(model);
  engine.attach(new MemoryDatabase({ source: columns }), () => undefined);
  await engine.train('job', trainRequest(columns, { configuration, rows: { maxValidation: null } }));
  return { model, stored: await engine.exportModel('model') };
}

const argn = async () => {
  const module = await loadKernels();
  return new ArgnModel(async () => new WasmBackend(module)) as unknown as Model;
};

function requestOf(rows: number): GenerateRequest {
  return {
    ...{ modelId: 'model', tableId: 'drawn', fileName: 'drawn.parquet', rows, randomState: 5 },
    configuration: SyntheticTableConfiguration.parse({}),
  };
}

/** `again`: rows of which none need be drawn again, where so many are kept. */
const CASES: Readonly<
  Record<string, { make(): Promise<Stored>; rows: number; again: number; holds: RegExp }>
> = {
  'rows that are kept or not, and keep rules': {
    make: () => trained(orders(3400, 2), { modelSize: 'S', maxEpochs: 3 }, argn),
    rows: 72_000,
    again: 58_192,
    holds: /"discriminator":\{"trees":\[\{/,
  },
  'rows of a network alone': {
    make: () => trained(orders(900, 0).slice(2, 3), { modelSize: 'S', maxEpochs: 3 }, argn),
    rows: 30_000,
    again: 8192,
    holds: /"relations":\[\]/,
  },
  'rows of a copula': {
    make: () =>
      trained(
        orders(900, 0),
        { model: 'gaussian_copula' },
        async () => new GaussianCopulaModel() as unknown as Model,
      ),
    rows: 80_000,
    again: 65_536,
    holds: /"missing":\[/,
  },
  'rows of marginals': {
    make: () =>
      trained(orders(900, 0), { model: 'marginals' }, async () => createMarginalsModel() as unknown as Model),
    rows: 55_000,
    again: 25_000,
    holds: /"marginals"/,
  },
};

describe.each(Object.entries(CASES))(
  'a generation that is cut off: %s',
  (_, { make, rows, again, holds }) => {
    it('ends with the same file, whenever that is', async () => {
      const model = await make();
      expect(model.stored.manifest).toMatch(holds);
      const request = requestOf(rows);
      const whole = await runOnce(model, request, openDisk());
      expect(whole.bytes).not.toBeNull();
      let resumed = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 2 }),
          async (percents) => {
            const disk = openDisk();
            let checkpoint: Checkpoint | undefined;
            for (const percent of percents) {
              const life = Math.ceil((percent * whole.calls) / 100);
              const run = await runOnce(model, { ...request, ...(checkpoint && { checkpoint }) }, disk, life);
              if (run.bytes !== null) break;
              checkpoint = run.checkpoint ?? checkpoint;
            }
            const ended = await runOnce(model, { ...request, ...(checkpoint && { checkpoint }) }, disk);
            expect(ended.notices).toEqual([]);
            expect(ended.error).toBeNull();
            expect(ended.bytes === whole.bytes).toBe(true);
            expect(ended.mended).toEqual(whole.mended);
            if (checkpoint && checkpoint.value >= again) {
              resumed++;
              expect(ended.drawnRows).toBeLessThan(whole.drawnRows);
            }
          },
        ),
        { numRuns: 2, examples: [[[96]]] },
      );
      expect(resumed).toBeGreaterThan(0);
    }, 180_000);
  },
);

describe('a checkpoint of a generation', () => {
  it('is written when it is paused, whatever is on its way', async () => {
    const model = await CASES['rows of a network alone']!.make();
    const request = requestOf(60_000);
    const whole = await runOnce(model, request, openDisk());
    for (const [type, isKept] of [
      ['step', false],
      ['checkpoint', true],
    ] as const) {
      const disk = openDisk();
      const paused = await runOnce(model, request, disk, undefined, (event, engine) => {
        if (event.type === type) void engine.pause('job');
      });
      expect(paused.error).toMatchObject({ code: 'paused' });
      const { checkpoint } = paused;
      expect(checkpoint !== undefined).toBe(isKept);
      if (!checkpoint) expect(await disk.ids()).toEqual([]);
      else
        expect(checkpoint).toMatchObject({
          unit: 'rows',
          value: GROUP_ROWS * Math.floor(checkpoint.value / GROUP_ROWS),
        });
      const ended = await runOnce(model, { ...request, ...(checkpoint && { checkpoint }) }, disk);
      expect(ended.bytes === whole.bytes).toBe(true);
    }
  }, 60_000);

  it('of another model, or without its file, is not used: the generation begins anew and says so', async () => {
    const model = await CASES['rows of a network alone']!.make();
    const request = requestOf(60_000);
    const whole = await runOnce(model, request, openDisk());
    const cut = async () => {
      const disk = openDisk();
      const { checkpoint } = await runOnce(model, request, disk, Math.ceil(0.8 * whole.calls));
      return { disk, checkpoint: checkpoint! };
    };
    const first = await cut();
    const other = await runOnce(
      model,
      { ...request, randomState: 6, checkpoint: first.checkpoint },
      first.disk,
    );
    expect(other.notices).toEqual([
      'The generation begins anew: what had been kept of it belongs to another model or other settings.',
    ]);
    expect(other.bytes === whole.bytes).toBe(false);
    const second = await cut();
    await second.disk.open().remove(second.checkpoint.files[0]!);
    const ended = await runOnce(model, { ...request, checkpoint: second.checkpoint }, second.disk);
    expect(ended.notices).toEqual([
      'The generation begins anew: what had been kept of it is not there any more.',
    ]);
    expect(ended.bytes === whole.bytes).toBe(true);
  }, 60_000);

  it('goes with the file when the generation is cancelled', async () => {
    const model = await CASES['rows of a network alone']!.make();
    const disk = openDisk();
    const { checkpoint, error } = await runOnce(
      model,
      requestOf(60_000),
      disk,
      undefined,
      (event, engine) => {
        if (event.type === 'checkpoint') void engine.cancel('job');
      },
    );
    expect(error).toMatchObject({ code: 'canceled' });
    // What was told is the page's to remove.
    expect(await disk.ids()).toEqual([checkpoint!.files[1]!]);
  }, 60_000);
});
