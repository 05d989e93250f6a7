import { availableParallelism, cpus } from 'node:os';
import type { Backend } from '../workers/engine/compute/backend';
import { openPool } from '../workers/engine/compute/pool/open-pool';
import { startThread } from '../workers/engine/compute/pool/testing/start-node-worker';
import {
  HYPER,
  randomCodes,
  randomPlan,
  randomState,
  request,
} from '../workers/engine/compute/testing/samples';
import { loadKernels } from '../workers/engine/compute/wasm/load-node';
import { adultSpec, median, print, TABLE_ROWS, timed } from './adult-shape';

const ROWS = 8192;
const GROUPS = 4;
const SPEC = adultSpec();

interface Task {
  readonly name: string;
  readonly rows: number;
  run(backend: Backend): Promise<unknown>;
}

/**
 * Training, validation and sampling of the shape of Adult on one thread and on several: every slice of several
 * between two of one, so that a busy machine slows both. The best times of each tell what a quiet machine would do.
 * `npm run bench -- threads [threads] [rounds]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const threads = Number(args[0] ?? 2);
  const rounds = Number(args[1] ?? 9);
  print(
    `${threads} threads, Adult shape: ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.versions.node}`,
  );
  const one = await open(1);
  const many = await open(threads);
  print('what                     rows/s 1 thread   rows/s several   ratio median   of best times');
  for (const task of tasks()) await compare(task, rounds, one, many);
  one.dispose();
  many.dispose();
}

function tasks(): Task[] {
  const train = (batchSize: number): Task => {
    const steps = Math.max(1, Math.round(ROWS / batchSize));
    const options = { batchSize, steps, tableRows: TABLE_ROWS, seed: 1, dropout: 0.1, learningRate: 0.002 };
    const plan = randomPlan(SPEC, { ...options, orders: 64, firstStep: 30 });
    return {
      name: `train, batch ${batchSize}`,
      rows: steps * batchSize,
      run: (backend) => backend.train(plan),
    };
  };
  const judged = randomPlan(SPEC, { batchSize: 2048, steps: 1, tableRows: TABLE_ROWS, seed: 5, orders: 256 });
  const { rows, orders, orderOf } = judged;
  // Groups side by side, as a generation draws them.
  const draw = (sampling: 'independent' | 'balanced'): Task => ({
    name: `draw, ${sampling}`,
    rows: GROUPS * ROWS,
    run: (backend) => {
      const group = (seed: number) =>
        backend.generate(request(SPEC, { rows: ROWS, seed, sampling, weights: 'average' }));
      return Promise.all(Array.from({ length: GROUPS }, (_, seed) => group(seed)));
    },
  });
  return [
    train(256),
    train(512),
    train(2048),
    {
      name: 'evaluate, 2,048 at once',
      rows: 2048,
      run: (backend) => backend.evaluate({ rows, orders, orderOf, weights: 'average' }),
    },
    draw('independent'),
    draw('balanced'),
  ];
}

async function open(threads: number): Promise<Backend> {
  const backend = await openPool(await loadKernels(), threads, startThread);
  await backend.init(SPEC, randomCodes(SPEC, TABLE_ROWS, 1), TABLE_ROWS, HYPER);
  await backend.setState(randomState(SPEC, 1));
  return backend;
}

async function compare(task: Task, rounds: number, one: Backend, many: Backend): Promise<void> {
  await task.run(one);
  await task.run(many);
  const single: number[] = [];
  const shared: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await timed(() => task.run(one));
    const several = await timed(() => task.run(many));
    const after = await timed(() => task.run(one));
    single.push(before, after);
    shared.push(several);
    ratios.push((before + after) / (2 * several));
  }
  const perSecond = (times: readonly number[]) =>
    Math.round((1000 * task.rows) / median(times))
      .toLocaleString('en')
      .padStart(16);
  const best = Math.min(...single) / Math.min(...shared);
  print(
    `${task.name.padEnd(24)}${perSecond(single)}${perSecond(shared)}${median(ratios).toFixed(2).padStart(15)}${best.toFixed(2).padStart(16)}`,
  );
}
