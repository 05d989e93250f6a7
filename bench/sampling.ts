import { cpus } from 'node:os';
import type { Backend, GenerationRequest } from '../workers/engine/compute/backend';
import { randomPlan, request } from '../workers/engine/compute/testing/samples';
import { adultSpec, median, openAdult, print, TABLE_ROWS, timed } from './adult-shape';

const ROWS = 8192;
const REFERENCE_ROWS = 512;

/**
 * Rows drawn and rows scored per second on the shape of Adult, one thread, wasm and reference in turns.
 * `npm run bench -- sampling [rounds]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? 7);
  print(`Sampling, Adult shape, blocks of ${ROWS}: ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const wasm = await openAdult('wasm');
  const reference = await openAdult('reference');
  print('what                     wasm rows/s   reference rows/s   ratio');
  const cases: readonly (readonly [string, Partial<GenerationRequest>])[] = [
    ['independent', {}],
    ['balanced', { sampling: 'balanced' }],
    ['temperature 0.8', { temperature: 0.8 }],
    ['top_p 0.9', { topP: 0.9 }],
  ];
  for (const [name, changes] of cases) {
    const draw = (backend: Backend, rows: number) =>
      backend.generate(request(adultSpec(), { ...changes, rows, seed: 3 }));
    await compare(name, rounds, wasm, reference, draw);
  }
  const score = (backend: Backend, rows: number) => {
    const plan = randomPlan(adultSpec(), {
      steps: 1,
      batchSize: rows,
      tableRows: TABLE_ROWS,
      seed: 5,
      orders: 256,
    });
    return backend.evaluate({
      rows: plan.rows,
      orders: plan.orders,
      orderOf: plan.orderOf,
      weights: 'average',
    });
  };
  await compare('evaluate', rounds, wasm, reference, score);
}

async function compare(
  name: string,
  rounds: number,
  wasm: Backend,
  reference: Backend,
  work: (backend: Backend, rows: number) => Promise<unknown>,
): Promise<void> {
  await work(wasm, ROWS);
  await work(reference, 64);
  const fast: number[] = [];
  const slow: number[] = [];
  for (let round = 0; round < rounds; round++) {
    fast.push(ROWS / (await timed(() => work(wasm, ROWS))));
    slow.push(REFERENCE_ROWS / (await timed(() => work(reference, REFERENCE_ROWS))));
  }
  const perSecond = (values: number[]) =>
    Math.round(1000 * median(values))
      .toLocaleString('en')
      .padStart(14);
  print(
    `${name.padEnd(22)}${perSecond(fast)}${perSecond(slow)}${(median(fast) / median(slow)).toFixed(1).padStart(14)}`,
  );
}
