import { afterEach, describe, expect, it } from 'vitest';
import type { StepCode } from '../../src/domain/job';
import { RandomStream } from '../../src/domain/random';
import { SyntheticTableConfiguration } from '../../src/domain/synthetic-datasets';
import { connect, expose } from '../../src/threads/rpc';
import type { DatabasePeerApi } from '../database/protocol';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import type { EngineApi, EngineEvent, GenerateRequest, ProbeRequest, TrainRequest } from './protocol';
import { cellsOf, type MemoryColumn, MemoryDatabase, profileOf } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

const ROWS = 600;

/** b copies a, n is a number around a's, key counts, c is constant text, rare has values hidden by protection. */
function exampleTable(): MemoryColumn[] {
  const random = new RandomStream(3, 'example');
  const letters = ['x', 'y', 'z'];
  const a = Int32Array.from({ length: ROWS }, () => random.below(3));
  const text = (name: string, codes: Int32Array, dictionary: string[]): MemoryColumn => ({
    name,
    storageType: 'text',
    data: { kind: 'text', codes, dictionary },
  });
  const number = (name: string, of: (row: number) => number): MemoryColumn => ({
    name,
    storageType: 'integer',
    data: { kind: 'number', values: Float64Array.from(a, (_, row) => of(row)), nulls: null },
  });
  return [
    number('id', (row) => 5000 - row),
    text('a', a, letters),
    text('b', a.slice(), ['X', 'Y', 'Z']),
    number('n', (row) => a[row]! * 10 + random.below(4)),
    text(
      'rare',
      a.map((code, row) => (row < 3 ? 3 + row : code)),
      [...letters, 'only one', 'only two', 'only three'],
    ),
  ];
}

function request(overrides: object = {}): TrainRequest {
  return trainRequest(exampleTable(), {
    primaryKey: 'id',
    randomState: 4,
    rows: { maxValidation: null },
    configuration: { modelSize: 'S', batchSize: 32, maxEpochs: 8, ...overrides },
  });
}

function generation(overrides: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    modelId: 'model',
    tableId: 'dataset',
    fileName: 'synthetic.parquet',
    rows: 1500,
    randomState: 9,
    configuration: SyntheticTableConfiguration.parse({}),
    ...overrides,
  };
}

function probe(rows: number, configuration = SyntheticTableConfiguration.parse({})): ProbeRequest {
  return { modelId: 'model', rows, randomState: 1, configuration };
}

interface Opened {
  readonly engine: EngineApi;
  readonly database: MemoryDatabase;
  readonly events: EngineEvent[];
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** The session behind its real protocol: three channels, as between the page, the engine and the database. */
async function open(table = exampleTable()): Promise<Opened> {
  const [api, peer, news, files] = Array.from({ length: 4 }, () => new MessageChannel()) as [
    MessageChannel,
    MessageChannel,
    MessageChannel,
    MessageChannel,
  ];
  ports.push(...[api, peer, news, files].flatMap(({ port1, port2 }) => [port1, port2]));
  const database = new MemoryDatabase({ source: table });
  const events: EngineEvent[] = [];
  news.port1.onmessage = ({ data }: MessageEvent<EngineEvent>) => events.push(data);
  const module = await loadKernels();
  const session = new EngineService(async () => new ArgnModel(async () => new WasmBackend(module)));
  expose(database satisfies DatabasePeerApi, peer.port1);
  await session.open({ database: peer.port2, events: news.port2, files: files.port2 });
  expose(session, api.port1);
  return { engine: connect<EngineApi>(api.port2), database, events };
}

function generated(database: MemoryDatabase, id = 'dataset'): Record<string, (number | string | null)[]> {
  const { columns, blocks } = database.datasets.get(id)!;
  return Object.fromEntries(
    columns.map(({ name }, i) => [name, blocks.flatMap((block) => cellsOf(block[i]!))]),
  );
}

describe('EngineService over its protocol', () => {
  it('invents customers where each has too few rows to be shown, and tells what it hid', async () => {
    const customers = Array.from({ length: ROWS / 3 }, (_, i) => `C-${10_000 + i * 37}`);
    const column: MemoryColumn = {
      name: 'customer',
      storageType: 'text',
      data: {
        kind: 'text',
        codes: Int32Array.from({ length: ROWS }, (_, row) => row % 200),
        dictionary: customers,
      },
    };
    const table = [...exampleTable(), column];
    const { engine, database } = await open(table);
    const setup = { primaryKey: 'id', rows: { maxValidation: null }, configuration: { maxEpochs: 8 } };
    const asked = trainRequest(table, setup);
    const subject = { values: customers.length, rowsEach: 3, companions: [] };
    const profiles = asked.profiles.map((profile) =>
      profile.name === 'customer' ? { ...profile, subject } : profile,
    );
    const { summary } = await engine.train('job', { ...asked, profiles });
    expect(summary.hidden).toContainEqual(
      expect.objectContaining({ kind: 'rare', column: 'customer', become: 'invented' }),
    );
    await engine.generate('generation', generation({ rows: ROWS }));
    const invented = generated(database)['customer'] as string[];
    for (const value of invented) expect(value).toMatch(/^C-\d{5}$/);
    expect(invented.filter((value) => customers.includes(value))).toEqual([]);
    const distinct = new Set(invented).size;
    expect(distinct).toBeGreaterThan(150);
    // Each has 2.7 of the 540 rows trained on.
    expect(distinct).toBeLessThanOrEqual(ROWS / 2.7);
  });

  it('learns a dependency, regenerates the key and never shows a hidden value', async () => {
    const { engine, database, events } = await open();
    const outcome = await engine.train(
      'job',
      request({ maxEpochs: 100, rareCategoryReplacementMethod: 'SAMPLE' }),
    );
    expect(outcome.columns.map(({ decision }) => decision.role)).toEqual([
      'primary-key',
      'feature',
      'feature',
      'feature',
      'feature',
    ]);
    expect(outcome.summary).toMatchObject({ rows: { training: 540, validation: 60 } });
    const summary = await engine.generate('generation', generation());
    expect(summary.rows).toBe(1500);
    const rows = generated(database);
    // Numbered as in the data, from the smallest.
    expect(rows['id']).toEqual(Array.from({ length: 1500 }, (_, i) => i + 4401));
    const copies = rows['a']!.filter((value, i) => String(value).toUpperCase() === rows['b']![i]);
    expect(copies.length / 1500).toBeGreaterThan(0.95);
    const near = rows['n']!.filter(
      (value, i) => Math.floor(Number(value) / 10) === 'xyz'.indexOf(String(rows['a']![i])),
    );
    expect(near.length / 1500).toBeGreaterThan(0.9);
    expect(new Set(rows['rare'])).toEqual(new Set(['x', 'y', 'z']));
    const steps = events.flatMap((event) =>
      event.type === 'step' ? [`${event.step.code} ${event.step.status}`] : [],
    );
    for (const code of [
      'PULL_TRAINING_DATA',
      'ANALYZE_TRAINING_DATA',
      'ENCODE_TRAINING_DATA',
      'TRAIN_MODEL',
      'GENERATE_DATA',
    ]) {
      expect(steps).toContain(`${code} DONE`);
    }
    const live = events.filter((event) => event.type === 'sample');
    expect(live.at(-1)).toMatchObject({ preview: { columns: ['id', 'a', 'b', 'n', 'rare'], rowCount: 10 } });
    expect(events.filter((event) => event.type === 'message').length).toBeGreaterThan(5);
  });

  it('says what each step is busy with', async () => {
    const table = exampleTable();
    const more = Array.from({ length: 9 }, (_, k) => ({ ...table[1]!, name: `copy ${k}` }));
    const columns = [...table, ...more];
    const { engine, events } = await open(columns);
    const base = request({ maxEpochs: 1, privacyGuard: false });
    await engine.train('job', {
      ...base,
      table: { ...base.table, columns: columns.map(({ name }) => ({ ...base.table.columns[0]!, name })) },
      profiles: columns.map(profileOf),
    });
    expect(phasesOf(events, 'TRAIN_MODEL')).toEqual([
      'TRAIN_MODEL',
      'CHOOSE_INPUTS',
      'CHOOSE_BACKEND',
      'PREPARE_TRAINING',
      'TRAIN_MODEL',
    ]);
    events.length = 0;
    await engine.generate('generation', generation());
    expect(phasesOf(events, 'GENERATE_DATA')).toEqual([
      'GENERATE_DATA',
      'LOAD_MODEL',
      'GENERATE_DATA',
      'WRITE_FILE',
    ]);
  });

  it('gives the same rows for the same seeds, and others for others', async () => {
    const run = async (seed: number) => {
      const { engine, database } = await open();
      await engine.train('job', request({ maxEpochs: 3 }));
      await engine.generate('generation', generation({ randomState: seed }));
      return generated(database);
    };
    const first = await run(9);
    expect(await run(9)).toEqual(first);
    expect(await run(10)).not.toEqual(first);
  });

  it('probes at once, also in random order and without balance', async () => {
    const { engine } = await open();
    await engine.train('job', request({ maxEpochs: 2 }));
    const random = SyntheticTableConfiguration.parse({ generationOrder: 'random', sampling: 'independent' });
    const preview = await engine.probe('probe', probe(25, random));
    expect(preview.rows).toHaveLength(25);
    expect(preview.columns).toEqual(['id', 'a', 'b', 'n', 'rare']);
    expect(preview.rows[24]![0]).toBe('4425');
    await engine.release('model');
    await expect(engine.probe('probe', probe(5, random))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('stores a model, without a hidden value in it, and opens it again', async () => {
    const { engine } = await open();
    await engine.train('job', request({ maxEpochs: 2 }));
    const rows = await engine.probe('probe', probe(50));
    const stored = await engine.exportModel('model');
    expect(stored.manifest).not.toContain('only one');
    await engine.release('model');
    await engine.importModel('copy', stored);
    expect(await engine.probe('probe', { ...probe(50), modelId: 'copy' })).toEqual(rows);
    const broken = { ...stored, tensors: stored.tensors.slice(0, -4) };
    await expect(engine.importModel('broken', broken)).rejects.toThrow(/Train the generator again/);
  });

  it('refuses random order from a model of fixed order', async () => {
    const { engine, database } = await open();
    await engine.train('job', request({ maxEpochs: 1, enableFlexibleGeneration: false }));
    const configuration = SyntheticTableConfiguration.parse({ generationOrder: 'random' });
    await expect(engine.generate('generation', generation({ configuration }))).rejects.toMatchObject({
      code: 'config/invalid',
    });
    expect(database.datasets.size).toBe(0);
  });

  it('cancels a training and a generation and leaves nothing behind', async () => {
    const { engine, database, events } = await open();
    const training = engine.train('job', request({ maxEpochs: 1000, batchSize: 16 }));
    const canceled = expect(training).rejects.toMatchObject({ code: 'canceled' });
    await expect.poll(() => lastStep(events)).toBe('TRAIN_MODEL IN_PROGRESS');
    await engine.cancel('job');
    await canceled;
    await expect(engine.generate('none', generation())).rejects.toMatchObject({ code: 'not-found' });
    await expect.poll(() => lastStep(events)).toBe('TRAIN_MODEL CANCELED');
    await engine.train('again', request({ maxEpochs: 1 }));
    const generating = engine.generate('generation', generation({ rows: 5_000_000 }));
    setTimeout(() => engine.cancel('generation'), 100);
    await expect(generating).rejects.toMatchObject({ code: 'canceled' });
    expect(database.datasets.size).toBe(0);
  });

  it('stops a training on request and keeps a model', async () => {
    const { engine } = await open();
    const training = engine.train('job', request({ maxEpochs: 1000, batchSize: 4 }));
    setTimeout(() => engine.stop('job'), 300);
    const { summary } = await training;
    expect(summary.stoppedBy).toBe('person');
    const preview = await engine.probe('probe', probe(3));
    expect(preview.rows).toHaveLength(3);
  });

  it('says in a sentence what cannot be learned from', async () => {
    const few = await open(exampleTable().map((column) => ({ ...column, data: shorten(column.data, 19) })));
    await expect(few.engine.train('job', request())).rejects.toMatchObject({ code: 'training/too-few-rows' });
    const { engine } = await open();
    const base = request();
    const columns = base.table.columns.map((column) => ({ ...column, included: false }));
    const table = { ...base.table, columns, primaryKey: null };
    await expect(engine.train('job', { ...base, table })).rejects.toMatchObject({
      code: 'config/invalid',
      message: expect.stringContaining('nothing to write'),
    });
  });

  it('forgets the dataset when the database refuses a block', async () => {
    const { engine, database } = await open();
    await engine.train('job', request({ maxEpochs: 1 }));
    database.appendRows = async () => {
      throw new Error('disk full');
    };
    await expect(engine.generate('generation', generation())).rejects.toThrow('disk full');
    expect(database.datasets.size).toBe(0);
  });
});

function lastStep(events: readonly EngineEvent[]): string {
  const last = events.filter((event) => event.type === 'step').at(-1);
  return `${last?.step.code} ${last?.step.status}`;
}

/** What a step was busy with while it ran, one after another. */
function phasesOf(events: readonly EngineEvent[], code: StepCode): string[] {
  const phases = events.flatMap((event) =>
    event.type === 'step' && event.step.code === code && event.step.status === 'IN_PROGRESS'
      ? [event.step.phase ?? code]
      : [],
  );
  return phases.filter((phase, i) => phase !== phases[i - 1]);
}

function shorten(data: MemoryColumn['data'], rows: number): MemoryColumn['data'] {
  return data.kind === 'text'
    ? { ...data, codes: data.codes.slice(0, rows) }
    : { ...data, values: data.values.slice(0, rows) };
}
