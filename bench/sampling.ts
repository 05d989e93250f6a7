import { cpus } from 'node:os';
import type { Backend, GenerationRequest } from '../workers/engine/models/argn/network/network-backend';
import { openBackend } from '../workers/engine/models/argn/testing/open-backend';
import {
  HYPER,
  randomCodes,
  randomPlan,
  randomState,
  request,
} from '../workers/engine/models/argn/testing/samples';
import { median, print, timed } from './adult-shape';
import { ADULT, HIGH_CARDINALITY, ONE_LEVEL, type Shape } from './table/shapes';

const ROWS = 8192;
const REFERENCE_ROWS = 512;

const SHAPES: Readonly<Record<string, Shape>> = {
  adult: ADULT,
  classes: HIGH_CARDINALITY,
  'one-level': ONE_LEVEL,
};

/**
 * Rows drawn and rows scored per second, one thread, wasm and reference in turns, on the shape of Adult or of columns of
 * 2,000, 500, … categories, with classes or with one softmax each. `npm run bench -- sampling [rounds] [adult | classes
 * | one-level]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? 7);
  const shape = SHAPES[args[1] ?? 'adult'];
  if (!shape) throw new Error(`There is no shape “${args[1]}”; there are ${Object.keys(SHAPES).join(', ')}.`);
  const { spec } = shape;
  print(`Sampling, ${shape.name}, blocks of ${ROWS}: ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const wasm = await open(shape, 'wasm');
  const reference = await open(shape, 'reference');
  print('what                     wasm rows/s   reference rows/s   ratio');
  const cases: readonly (readonly [string, Partial<GenerationRequest>])[] = [
    ['independent', {}],
    ['balanced', { sampling: 'balanced' }],
    ['temperature 0.8', { temperature: 0.8 }],
    ['top_p 0.9', { topP: 0.9 }],
  ];
  for (const [name, changes] of cases) {
    const draw = (backend: Backend, rows: number) =>
      backend.generate(request(spec, { ...changes, rows, seed: 3 }));
    await compare(name, rounds, wasm, reference, draw);
  }
  const score = (backend: Backend, rows: number) => {
    const plan = randomPlan(spec, {
      steps: 1,
      batchSize: rows,
      tableRows: shape.rows,
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

async function open({ spec, rows }: Shape, kind: 'wasm' | 'reference'): Promise<Backend> {
  const backend = await openBackend(kind);
  await backend.init(spec, randomCodes(spec, rows, 1), rows, HYPER);
  await backend.setState(randomState(spec, 1));
  return backend;
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
