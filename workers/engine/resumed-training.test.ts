import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/domain/app-version';
import type { Checkpoint } from '../../src/domain/checkpoints';
import { takeRows } from '../../src/domain/column-data';
import type { TrainingSummary } from '../../src/domain/generators';
import { RandomStream } from '../../src/domain/random';
import { packCheckpoint, unpackCheckpoint } from './checkpoints/checkpoint-file';
import { EngineService } from './engine-service';
import { ArgnModel } from './models/argn/model';
import type { Backend, StepPlan } from './models/argn/network/network-backend';
import { openPool } from './models/argn/shards/open-pool';
import { startShardThread } from './models/argn/testing/open-backend';
import { loadKernels } from './models/argn/wasm/load-node';
import type { EngineEvent, TrainRequest } from './protocol';
import { type MemoryColumn, MemoryDatabase } from './testing/memory-database';
import { MemoryFiles } from './testing/memory-files';
import { trainRequest } from './testing/train-request';

/** Numbers that follow one another, a category that follows the first, and one that is a sum of the first two. */
function mixedTable(rows: number, numbers: number): MemoryColumn[] {
  const stream = new RandomStream(rows, 'mixed table');
  const hidden = Float64Array.from({ length: rows }, () => stream.normal());
  const values = Array.from({ length: numbers }, (_, c) =>
    hidden.map((value) => Math.round(50 + 20 * value + (10 + c) * stream.normal())),
  );
  const sum = values[0]!.map((value, row) => value + (values[1]?.[row] ?? 0));
  const number = (name: string, of: Float64Array): MemoryColumn => ({
    name,
    storageType: 'integer',
    data: { kind: 'number', values: of, nulls: null },
  });
  return [
    ...values.map((column, c) => number(`n${c}`, column)),
    number('sum', sum),
    {
      name: 'level',
      storageType: 'text',
      data: {
        kind: 'text',
        codes: Int32Array.from(values[0]!, (value) => (value < 40 ? 0 : value < 60 ? 1 : 2)),
        dictionary: ['low', 'middle', 'high'],
      },
    },
  ];
}

/** Rows of people, six each. */
function visits(people: number): MemoryColumn[] {
  const stream = new RandomStream(people, 'visits');
  const rows = 6 * people;
  const heights = Float64Array.from({ length: people }, () => Math.round(170 + 9 * stream.normal()));
  const of = Int32Array.from({ length: rows }, (_, row) => row % people);
  return [
    {
      name: 'person',
      storageType: 'text',
      data: { kind: 'text', codes: of, dictionary: Array.from(heights, (_, p) => `P-${1000 + 7 * p}`) },
    },
    {
      name: 'height',
      storageType: 'integer',
      data: { kind: 'number', values: Float64Array.from(of, (p) => heights[p]!), nulls: null },
    },
    {
      name: 'paid',
      storageType: 'integer',
      data: { kind: 'number', values: Float64Array.from(of, () => 1 + stream.below(90)), nulls: null },
    },
  ];
}

/** Calls of the backend that compute. */
const COMPUTING = ['train', 'evaluate', 'generate'] as const;

interface Cut {
  /** Checkpoint after which the worker is killed. */
  readonly checkpoint: number;
  /** Calls of the backend from then on to its death. */
  readonly calls: number;
}

interface Run {
  readonly events: EngineEvent[];
  readonly checkpoint: Checkpoint | undefined;
  readonly steps: number;
  readonly error: unknown;
  /** Manifest and weights. */
  readonly bytes: string | null;
  readonly summary: TrainingSummary | null;
}

/** One engine worker's life: a training, which is cut off or ends. Checkpoints are due all the time. */
async function runOnce(
  columns: readonly MemoryColumn[],
  request: TrainRequest,
  files: MemoryFiles,
  cut: Cut | null,
  threads = 1,
  onEvent: (event: EngineEvent, engine: EngineService) => void = () => undefined,
  onOpen: (engine: EngineService) => Promise<void> = async () => undefined,
): Promise<Run> {
  const module = await loadKernels();
  let [now, left, steps, written] = [0, Number.POSITIVE_INFINITY, 0, 0];
  const kill = new Error('killed');
  const mortal = (backend: Backend): Backend =>
    new Proxy(backend, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name, target);
        if (typeof own !== 'function') return own;
        return (...args: unknown[]) => {
          if (COMPUTING.some((call) => call === name) && --left < 0) return Promise.reject(kill);
          if (name === 'train') steps += (args[0] as StepPlan).steps;
          return (own as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  const model = new ArgnModel(async () => mortal(await openPool(module, threads, startShardThread)));
  const engine = new EngineService(
    async () => model,
    () => now,
  );
  const events: EngineEvent[] = [];
  let checkpoint: Checkpoint | undefined;
  engine.attach(
    new MemoryDatabase({ source: columns }),
    (event) => {
      events.push(event);
      if (event.type === 'backend') now += 10_001;
      if (event.type === 'checkpoint') {
        now += 1e6;
        ({ checkpoint } = event);
        if (cut && ++written > cut.checkpoint) left = Math.min(left, cut.calls);
      }
      onEvent(event, engine);
    },
    files,
  );
  await onOpen(engine);
  let error: unknown = null;
  let summary: TrainingSummary;
  try {
    ({ summary } = await engine.train('job', request));
  } catch (caught) {
    error = caught;
    if (caught !== kill && !(caught instanceof Error && 'code' in caught)) throw caught;
    return { events, checkpoint, steps, error, bytes: null, summary: null };
  }
  const { manifest, tensors } = await engine.exportModel('model');
  await engine.release('model');
  return {
    events,
    checkpoint,
    steps,
    error,
    summary,
    bytes: `${manifest} ${Buffer.from(tensors).toString('base64')}`,
  };
}

/** Messages without their times. */
function linesOf({ events }: Run): unknown[] {
  return events.flatMap((event) => {
    if (event.type !== 'message') return [];
    const { totalTime: _, ...line } = event.message;
    return [line];
  });
}

function noticesOf({ events }: Run): string[] {
  return events.flatMap((event) => (event.type === 'notice' ? [event.sentence] : []));
}

interface Case {
  readonly columns: readonly MemoryColumn[];
  readonly request: TrainRequest;
}

const CASES: Readonly<Record<string, () => Case>> = {
  'a table, with the guard and a discriminator': () => {
    const columns = mixedTable(3600, 2);
    const configuration = { modelSize: 'S', maxEpochs: 10 };
    return { columns, request: trainRequest(columns, { configuration, rows: { maxValidation: null } }) };
  },
  'a tiny table': () => {
    const columns = mixedTable(160, 2);
    const configuration = { modelSize: 'S', maxEpochs: 12 };
    const rows = { validationShare: 0, maxValidation: 0 };
    return { columns, request: trainRequest(columns, { configuration, rows }) };
  },
  'a wide table of few rows, without a guard': () => {
    const columns = mixedTable(400, 33);
    const configuration = { modelSize: 'S', maxEpochs: 2, privacyGuard: false };
    return { columns, request: trainRequest(columns, { configuration, rules: { find: false } }) };
  },
  'a table of subjects': () => {
    const columns = visits(400);
    const configuration = { modelSize: 'S', maxEpochs: 4 };
    const rows = { maxValidation: null };
    return {
      columns,
      request: trainRequest(columns, { configuration, subjectColumns: ['person'], rows }),
    };
  },
};

describe.each(Object.entries(CASES))('a training that is cut off: %s', (_, make) => {
  it('ends with the same model, whenever that is, on any number of threads', async () => {
    const { columns, request } = make();
    const whole = await runOnce(columns, request, new MemoryFiles(), null);
    const count = whole.events.filter(({ type }) => type === 'checkpoint').length;
    expect(count).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.double({ min: 0, max: 0.99, noNaN: true }), calls: fc.nat(6) }), {
          minLength: 1,
          maxLength: 2,
        }),
        fc.constantFrom(1, 1, 3),
        async (cuts, threads) => {
          const files = new MemoryFiles();
          let checkpoint: Checkpoint | undefined;
          for (const { at, calls } of cuts) {
            const cut = { checkpoint: Math.floor(at * count * 0.8), calls };
            const run = await runOnce(columns, { ...request, ...(checkpoint && { checkpoint }) }, files, cut);
            checkpoint = run.checkpoint ?? checkpoint;
            if (run.bytes !== null) break;
          }
          const ended = await runOnce(
            columns,
            { ...request, ...(checkpoint && { checkpoint }) },
            files,
            null,
            threads,
          );
          expect(noticesOf(ended)).toEqual(noticesOf(whole));
          expect(ended.bytes).toBe(whole.bytes);
          expect(linesOf(ended)).toEqual(linesOf(whole));
          expect(ended.steps).toBeLessThan(whole.steps);
        },
      ),
      { numRuns: 2 },
    );
  }, 180_000);
});

describe('a training that goes on from a model', () => {
  it.each([
    ['the same rows', true],
    ['rows of a newer version', false],
  ])(
    'and is cut off ends with the same model: %s',
    async (_, sameRows) => {
      const newer = mixedTable(1500, 2);
      const older = newer.map(({ data, ...column }) => ({
        ...column,
        data: takeRows(
          data,
          Uint32Array.from({ length: 1300 }, (_unused, row) => row),
        ),
      }));
      const columns = sameRows ? older : newer;
      const configuration = { modelSize: 'S', maxEpochs: 4 };
      const first = new EngineService(
        async () => new ArgnModel(async () => openPool(await loadKernels(), 1, startShardThread)),
      );
      first.attach(new MemoryDatabase({ source: older }), () => undefined);
      const trained = await first.train('base', {
        ...trainRequest(older, { configuration }),
        modelId: 'base',
      });
      const base = await first.exportModel('base');
      await first.release('base');
      const continueFrom = { modelId: 'base', columns: trained.columns, sameRows };
      const rest = { ...trainRequest(columns, { configuration }), continueFrom };
      const run = (files: MemoryFiles, cut: Cut | null, checkpoint?: Checkpoint) =>
        runOnce(
          columns,
          { ...rest, ...(checkpoint && { checkpoint }) },
          files,
          cut,
          1,
          () => undefined,
          (engine) => engine.importModel('base', base),
        );
      const whole = await run(new MemoryFiles(), null);
      const count = whole.events.filter(({ type }) => type === 'checkpoint').length;
      expect(count).toBeGreaterThan(2);
      for (const at of [0, Math.floor(count / 2)]) {
        const files = new MemoryFiles();
        const { bytes, checkpoint } = await run(files, { checkpoint: at, calls: 1 });
        expect(bytes).toBeNull();
        const ended = await run(files, null, checkpoint);
        expect(noticesOf(ended)).toEqual(noticesOf(whole));
        expect(ended.bytes).toBe(whole.bytes);
        expect(linesOf(ended)).toEqual(linesOf(whole));
        expect(ended.steps).toBeLessThan(whole.steps);
      }
    },
    120_000,
  );
});

describe('a checkpoint', () => {
  const columns = mixedTable(1200, 2);
  const request = trainRequest(columns, { configuration: { modelSize: 'S', maxEpochs: 5 } });

  async function cutOff() {
    const files = new MemoryFiles();
    const { checkpoint } = await runOnce(columns, request, files, { checkpoint: 2, calls: 0 });
    return { files, checkpoint: checkpoint! };
  }

  it('is not used when it is damaged, cut short, of other data or of another version: the training begins anew and says so', async () => {
    const whole = await runOnce(columns, request, new MemoryFiles(), null);
    const flipped = (bytes: Uint8Array<ArrayBuffer>) =>
      bytes.map((byte, i) => (i === bytes.length - 100 ? byte ^ 1 : byte));
    const changes: ((bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>)[] = [
      flipped,
      (bytes) => bytes.slice(0, bytes.length - 40),
      () => new Uint8Array(0),
      (bytes) => bytes.slice().fill(0xff, 8, 12),
    ];
    for (const change of changes) {
      const { files, checkpoint } = await cutOff();
      await files.replace(checkpoint.files[0]!, change);
      const again = await runOnce(columns, { ...request, checkpoint }, files, null);
      expect(again.bytes).toBe(whole.bytes);
      expect(noticesOf(again)[0]).toMatch(
        /^The training begins anew: what had been kept of it cannot be read\.$/,
      );
    }
    const { files, checkpoint } = await cutOff();
    const later = { ...request, checkpoint: { ...checkpoint, app: '99.0.0' } };
    expect(noticesOf(await runOnce(columns, later, files, null))[0]).toMatch(/another version/);
    const gone = { ...request, checkpoint: { ...checkpoint, files: ['nothing'] } };
    expect(noticesOf(await runOnce(columns, gone, files, null))[0]).toMatch(/cannot be read/);
    const other = mixedTable(1210, 2);
    const others = trainRequest(other, { configuration: { modelSize: 'S', maxEpochs: 5 } });
    const ofOthers = await runOnce(other, { ...others, checkpoint }, files, null);
    expect(noticesOf(ofOthers)[0]).toMatch(/other data or other settings/);
    expect(ofOthers.bytes).toBe((await runOnce(other, others, files, null)).bytes);
  }, 60_000);

  it('of entries that lead elsewhere is not used', async () => {
    const { files, checkpoint } = await cutOff();
    const content = await unpackCheckpoint(VERSION, await files.read(checkpoint.files[0]!));
    const numbers = content!.numbers.slice();
    numbers[0] = 6;
    await files.replace(checkpoint.files[0]!, () => {
      const chunks = [...packCheckpoint(VERSION, { ...content!, numbers })];
      return new Uint8Array(Buffer.concat(chunks));
    });
    const again = await runOnce(columns, { ...request, checkpoint }, files, null);
    expect(noticesOf(again)[0]).toMatch(/does not fit/);
    expect(again.bytes).not.toBeNull();
  }, 60_000);

  it('is the last one when it is told that the next is whole, and none is left of a training that ends', async () => {
    const files = new MemoryFiles();
    const { events } = await runOnce(columns, request, files, null);
    const told = events.flatMap((event) => (event.type === 'checkpoint' ? event.checkpoint.files : []));
    expect(new Set(told).size).toBe(told.length);
    // Those told are the page's to remove; what was under way when the training ended is gone.
    expect(files.ids.toSorted()).toEqual(told.toSorted());
  }, 60_000);

  it('is written at once when the training is paused, which ends as an undisturbed one when it goes on', async () => {
    const columns = mixedTable(3400, 2);
    const configuration = { modelSize: 'S', maxEpochs: 3 };
    const request = trainRequest(columns, { configuration, rows: { maxValidation: null } });
    const whole = await runOnce(columns, request, new MemoryFiles(), null);
    for (const phase of [
      'ENCODE_TRAINING_DATA',
      'TRAIN_MODEL',
      'CHECK_PRIVACY',
      'LEARN_DISCRIMINATOR',
    ] as const) {
      const files = new MemoryFiles();
      const paused = await runOnce(columns, request, files, null, 1, (event, engine) => {
        if (event.type !== 'step') return;
        const { code, phase: part, value } = event.step;
        if (part === phase || (code === phase && (code !== 'TRAIN_MODEL' || value > 1)))
          void engine.pause('job');
      });
      expect(paused.error).toMatchObject({ code: 'paused' });
      const { checkpoint } = paused;
      expect(checkpoint !== undefined).toBe(phase !== 'ENCODE_TRAINING_DATA');
      // Without a checkpoint it is the whole training again.
      if (!checkpoint) continue;
      const ended = await runOnce(columns, { ...request, checkpoint }, files, null);
      expect(ended.bytes).toBe(whole.bytes);
      expect(paused.steps + ended.steps).toBe(whole.steps);
    }
  }, 60_000);

  it('is written after the learning of a training without a guard', async () => {
    const columns = mixedTable(3400, 2);
    const configuration = { modelSize: 'S', maxEpochs: 2, privacyGuard: false };
    const request = trainRequest(columns, { configuration, rows: { maxValidation: null } });
    const whole = await runOnce(columns, request, new MemoryFiles(), null);
    const files = new MemoryFiles();
    const paused = await runOnce(columns, request, files, null, 1, (event, engine) => {
      if (event.type === 'step' && event.step.phase === 'LEARN_DISCRIMINATOR') void engine.pause('job');
    });
    expect(paused.error).toMatchObject({ code: 'paused' });
    const ended = await runOnce(columns, { ...request, checkpoint: paused.checkpoint! }, files, null);
    expect(noticesOf(ended)).toEqual(noticesOf(whole));
    expect(ended.bytes).toBe(whole.bytes);
    expect(ended.steps).toBe(0);
  }, 60_000);

  it('is never written of a private training, which a pause does not end', async () => {
    const configuration = { modelSize: 'S', maxEpochs: 2, differentialPrivacy: {} };
    const files = new MemoryFiles();
    const run = await runOnce(
      columns,
      trainRequest(columns, { configuration }),
      files,
      null,
      1,
      (event, engine) => {
        if (event.type === 'backend') void engine.pause('job');
      },
    );
    expect(run.error).toBeNull();
    expect(files.ids).toEqual([]);
  }, 120_000);

  it('counts the time that was spent', async () => {
    const configuration = { modelSize: 'S', maxEpochs: 5, maxTrainingTime: 60 };
    const timed = trainRequest(columns, { configuration });
    const files = new MemoryFiles();
    const { checkpoint } = await runOnce(columns, timed, files, { checkpoint: 2, calls: 0 });
    const file = checkpoint!.files[0]!;
    const content = (await unpackCheckpoint(VERSION, await files.read(file)))!;
    await files.replace(file, () => {
      const late = { ...content, state: { ...(content.state as object), seconds: 3600 } };
      return new Uint8Array(Buffer.concat([...packCheckpoint(VERSION, late)]));
    });
    const ended = await runOnce(columns, { ...timed, checkpoint: checkpoint! }, files, null);
    expect(ended.summary).toMatchObject({ stoppedBy: 'max-time' });
    expect(ended.summary!.seconds).toBeGreaterThan(3600);
  }, 60_000);
});
