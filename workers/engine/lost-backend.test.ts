import { describe, expect, it } from 'vitest';
import type { NamedColumn } from '../../src/domain/column-data';
import { UserError } from '../../src/domain/errors';
import { RandomStream } from '../../src/domain/random';
import { EngineService } from './engine-service';
import { FailoverBackend } from './models/argn/backends/failover-backend';
import { ArgnModel } from './models/argn/model';
import type { Backend, StepPlan } from './models/argn/network/network-backend';
import { inTurn } from './models/argn/testing/lasting-work';
import { loadKernels } from './models/argn/wasm/load-node';
import { WasmBackend } from './models/argn/wasm/wasm-backend';
import { seededBits } from './privacy/dp/random-bits';
import type { EngineEvent, TrainRequest } from './protocol';
import { MemoryDatabase } from './testing/memory-database';
import { trainRequest } from './testing/train-request';

/** Two numbers of which one follows the other, and a category that follows both. */
function table(rows: number): NamedColumn[] {
  const stream = new RandomStream(rows, 'lost backend');
  const first = Float64Array.from({ length: rows }, () => Math.round(50 + 20 * stream.normal()));
  const second = first.map((value) => Math.round(value + 8 * stream.normal()));
  return [
    { name: 'first', storageType: 'integer', data: { kind: 'number', values: first, nulls: null } },
    { name: 'second', storageType: 'integer', data: { kind: 'number', values: second, nulls: null } },
    {
      name: 'level',
      storageType: 'text',
      data: {
        kind: 'text',
        codes: Int32Array.from(first, (value, row) => (value < 45 ? 0 : value < second[row]! ? 1 : 2)),
        dictionary: ['low', 'rising', 'falling'],
      },
    },
  ];
}

/** Calls of the backend that compute. */
const COMPUTING = ['train', 'evaluate', 'generate'] as const;

interface Run {
  readonly bytes: string;
  readonly lines: readonly unknown[];
  readonly notices: readonly string[];
  /** All that were taken, and the private ones among them. */
  readonly steps: number;
  readonly privateSteps: number;
  /** Calls that took private steps once more after rows had been drawn of what they led to. */
  readonly revealed: number;
}

/**
 * Trains without a file system.
 * @param losses steps, repeated ones counted, after which the next call that computes loses the backend
 */
async function train(
  columns: readonly NamedColumn[],
  request: TrainRequest,
  losses: readonly number[],
): Promise<Run> {
  const module = await loadKernels();
  let [steps, privateSteps, lost] = [0, 0, 0];
  // Private steps that led to the weights, to those last read back, and to those last drawn of.
  let [position, kept, drawnAt, revealed] = [0, 0, 0, 0];
  const mortal = (backend: Backend): Backend =>
    new Proxy(backend, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name, target);
        if (typeof own !== 'function') return own;
        return (...args: unknown[]) => {
          if (
            COMPUTING.some((call) => call === name) &&
            steps >= (losses[lost] ?? Number.POSITIVE_INFINITY)
          ) {
            lost++;
            return Promise.reject(new UserError('engine/unavailable', 'The GPU is gone.'));
          }
          if (name === 'train') {
            const plan = args[0] as StepPlan;
            steps += plan.steps;
            if (plan.privacy) {
              privateSteps += plan.steps;
              if (plan.firstStep < drawnAt) revealed++;
              position = plan.firstStep + plan.steps;
            }
          }
          if (name === 'getState') kept = position;
          if (name === 'setState') position = kept;
          if (name === 'generate') drawnAt = position;
          return (own as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  const open = async () => mortal(new WasmBackend(module));
  const engine = new EngineService(
    async () =>
      new ArgnModel(
        async (_, use) => new FailoverBackend(await open(), inTurn(open, open, open), use!.onMove!),
        null,
        () => seededBits(5),
      ),
  );
  const events: EngineEvent[] = [];
  engine.attach(new MemoryDatabase({ source: columns }), (event) => events.push(event));
  await engine.train('job', request);
  const { manifest, tensors } = await engine.exportModel('model');
  await engine.release('model');
  return {
    bytes: `${manifest} ${Buffer.from(tensors).toString('base64')}`,
    lines: events.flatMap((event) => {
      if (event.type !== 'message') return [];
      const { totalTime: _, ...line } = event.message;
      return [line];
    }),
    notices: events.flatMap((event) => (event.type === 'notice' ? [event.sentence] : [])),
    steps,
    privateSteps,
    revealed,
  };
}

const MOVED = 'The GPU is gone. The job goes on with WASM SIMD, 1 thread.';

describe.each([
  ['with the guard and a discriminator', 3600, { maxEpochs: 4 }],
  ['without a guard', 3600, { maxEpochs: 4, privacyGuard: false }],
  ['of a tiny table', 160, { maxEpochs: 12 }],
])('a training %s whose backend is lost', (_, rows, settings) => {
  it('ends with the same model, whenever that is, and tells each message once', async () => {
    const columns = table(rows);
    const request = trainRequest(columns, { configuration: { modelSize: 'S', ...settings } });
    const calm = await train(columns, request, []);
    const middle = Math.floor(calm.steps / 2);
    const stream = new RandomStream(rows, 'losses');
    const moments = [
      [0],
      // A tiny table's training ends with a step, of at most 32 in a call; others draw rows at last.
      [rows < 1000 ? calm.steps - 33 : calm.steps],
      [stream.below(calm.steps), stream.below(calm.steps)].sort((a, b) => a - b),
      // The second backend is lost while it catches up, the third at its first call.
      [middle, middle + 1, middle + 1],
    ];
    for (const losses of moments) {
      const disturbed = await train(columns, request, losses);
      expect(disturbed.bytes).toBe(calm.bytes);
      expect(disturbed.lines).toEqual(calm.lines);
      expect(disturbed.notices.filter((notice) => notice === MOVED).length).toBeGreaterThan(0);
      expect(disturbed.steps).toBeGreaterThanOrEqual(calm.steps);
    }
  }, 120_000);
});

it('a private training whose backend is lost takes no step again that rows were drawn after', async () => {
  const columns = table(1200);
  const configuration = { modelSize: 'S', maxEpochs: 5, differentialPrivacy: { maxEpsilon: 8 } };
  const request = trainRequest(columns, { configuration });
  const calm = await train(columns, request, []);
  expect(calm.privateSteps).toBeGreaterThan(40);
  const drawn = calm.steps - calm.privateSteps;
  // As rows are drawn after the first private call; near the end.
  for (const at of [drawn + 1, calm.steps - 33]) {
    const disturbed = await train(columns, request, [at]);
    // The noise is seeded, and rows of steps that are taken again are the same.
    expect(disturbed.bytes).toBe(calm.bytes);
    expect(disturbed.notices).toContain(MOVED);
    expect(disturbed.revealed).toBe(0);
  }
}, 120_000);
