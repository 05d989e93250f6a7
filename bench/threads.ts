import { availableParallelism, cpus } from 'node:os';
import type { Backend, ModelSpec } from '../workers/engine/models/argn/network/network-backend';
import { openPool } from '../workers/engine/models/argn/shards/open-pool';
import { startShardThread } from '../workers/engine/models/argn/testing/open-backend';
import {
  HYPER,
  randomCodes,
  randomPlan,
  randomState,
  request,
} from '../workers/engine/models/argn/testing/samples';
import { loadKernels } from '../workers/engine/models/argn/wasm/load-node';
import { adultSpec, median, print, TABLE_ROWS, timed } from './adult-shape';
import { busiestThread } from './thread-time';

const ROWS = 8192;
const GROUPS = 4;
const ADULT = adultSpec();

interface Task {
  readonly name: string;
  readonly rows: number;
  run(backend: Backend): Promise<unknown>;
}

/**
 * Training, validation and sampling of the shape of Adult on one thread and on several: every slice of several
 * between two of one, so that a busy machine slows both. The best times of each, and the processor time of the
 * busiest thread of each, tell what a quiet machine would do.
 * `npm run bench -- threads [threads] [rounds]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const threads = Number(args[0] ?? 2);
  const rounds = Number(args[1] ?? 9);
  print(
    `${threads} threads, Adult shape: ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.versions.node}`,
  );
  print(
    'what                     rows/s 1 thread   rows/s several   ratio median   of best times   of busiest threads',
  );
  await compareAll(ADULT, tasksOfAdult(), threads, rounds);
}

async function compareAll(spec: ModelSpec, tasks: readonly Task[], threads: number, rounds: number) {
  const one = await open(spec, 1);
  const many = await open(spec, threads);
  for (const task of tasks) await compare(task, rounds, one, many);
  one.dispose();
  many.dispose();
}

function trainTask(spec: ModelSpec, batchSize: number, rows: number): Task {
  const steps = Math.max(1, Math.round(rows / batchSize));
  const options = { batchSize, steps, tableRows: TABLE_ROWS, seed: 1, dropout: 0.1, learningRate: 0.002 };
  const plan = randomPlan(spec, { ...options, orders: 64, firstStep: 30 });
  return {
    name: `train, batch ${batchSize}`,
    rows: steps * batchSize,
    run: (backend) => backend.train(plan),
  };
}

function evaluateTask(spec: ModelSpec, count: number): Task {
  const options = { batchSize: count, steps: 1, tableRows: TABLE_ROWS, seed: 5, orders: 256 };
  const { rows, orders, orderOf } = randomPlan(spec, options);
  return {
    name: `evaluate, ${count.toLocaleString('en')} at once`,
    rows: count,
    run: (backend) => backend.evaluate({ rows, orders, orderOf, weights: 'average' }),
  };
}

/** As a validation of so many rows asks for them: in two orders, and both calls under way at once. */
function validateTask(spec: ModelSpec, count: number): Task {
  const once = evaluateTask(spec, count);
  return {
    name: `validate ${count.toLocaleString('en')} rows`,
    rows: 2 * count,
    run: (backend) => Promise.all([once.run(backend), once.run(backend)]),
  };
}

function tasksOfAdult(): Task[] {
  // Groups side by side, as a generation draws them.
  const draw = (sampling: 'independent' | 'balanced'): Task => ({
    name: `draw, ${sampling}`,
    rows: GROUPS * ROWS,
    run: (backend) => {
      const group = (seed: number) =>
        backend.generate(request(ADULT, { rows: ROWS, seed, sampling, weights: 'average' }));
      return Promise.all(Array.from({ length: GROUPS }, (_, seed) => group(seed)));
    },
  });
  return [
    trainTask(ADULT, 256, ROWS),
    trainTask(ADULT, 512, ROWS),
    trainTask(ADULT, 2048, ROWS),
    evaluateTask(ADULT, 2048),
    validateTask(ADULT, 2048),
    evaluateTask(ADULT, 16_384),
    draw('independent'),
    draw('balanced'),
  ];
}

async function open(spec: ModelSpec, threads: number): Promise<Backend> {
  const backend = await openPool(await loadKernels(), threads, startShardThread);
  await backend.init(spec, randomCodes(spec, TABLE_ROWS, 1), TABLE_ROWS, HYPER);
  await backend.setState(randomState(spec, 1));
  return backend;
}

async function compare(task: Task, rounds: number, one: Backend, many: Backend): Promise<void> {
  await task.run(one);
  await task.run(many);
  const single: number[] = [];
  const shared: number[] = [];
  const ratios: number[] = [];
  const busyRatios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const busy: number[] = [];
    const time = (backend: Backend) =>
      timed(async () => {
        busy.push(await busiestThread(() => task.run(backend), false));
      });
    const before = await time(one);
    const several = await time(many);
    const after = await time(one);
    single.push(before, after);
    shared.push(several);
    ratios.push((before + after) / (2 * several));
    busyRatios.push((busy[0]! + busy[2]!) / (2 * busy[1]!));
  }
  const perSecond = (times: readonly number[]) =>
    Math.round((1000 * task.rows) / median(times))
      .toLocaleString('en')
      .padStart(16);
  const best = Math.min(...single) / Math.min(...shared);
  print(
    `${task.name.padEnd(24)}${perSecond(single)}${perSecond(shared)}${median(ratios).toFixed(2).padStart(15)}${best.toFixed(2).padStart(16)}${median(busyRatios).toFixed(2).padStart(22)}`,
  );
}
