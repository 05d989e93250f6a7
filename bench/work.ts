import { cpus } from 'node:os';
import type { ModelSpec } from '../workers/engine/models/argn/network/network-backend';
import { visibilityKeys } from '../workers/engine/models/argn/network/visibility';
import { stepWork, workOf } from '../workers/engine/models/argn/network/work-model';
import { HYPER, randomCodes, randomPlan, randomState } from '../workers/engine/models/argn/testing/samples';
import { loadKernels } from '../workers/engine/models/argn/wasm/load-node';
import { loadRows, storeCodeTable } from '../workers/engine/models/argn/wasm/load-rows';
import { trainSteps } from '../workers/engine/models/argn/wasm/train-steps';
import { createWorkspace, type Workspace } from '../workers/engine/models/argn/wasm/workspace';
import { ADULT, HIGH_CARDINALITY, type Shape } from './table/shapes';

const ROWS = 20_000;
const STEPS = 4;

/**
 * The cost model (`compute/work.ts`), which shares sub-columns out among workers, against the processor time of the
 * training step of each sub-column alone, less the loading of rows, which all share. `npm run bench -- work [--batches 256,512,2048] [--rounds 9]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const value = (name: string, otherwise: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : args[at + 1]!;
  };
  const module = await loadKernels();
  print(`Cost model, one thread: ${cpus()[0]?.model}, Node ${process.versions.node}`);
  for (const shape of [ADULT, HIGH_CARDINALITY]) {
    for (const batch of value('batches', '256,512,2048').split(',').map(Number)) {
      print(report(module, shape, batch, Number(value('rounds', '9'))));
    }
  }
}

function report(module: WebAssembly.Module, shape: Shape, batch: number, rounds: number): string {
  const { spec } = shape;
  const times = measure(module, spec, batch, rounds);
  const work = workOf(spec).map((part) => stepWork(part, batch));
  const perWork = sum(times) / sum(work);
  const lines = spec.subColumns.map(({ cardinality, hidden }, j) => {
    const expected = work[j]! * perWork;
    return `  ${cardinality} codes, ${hidden} units: ${times[j]!.toFixed(3)} ms, model ${expected.toFixed(3)} (× ${(times[j]! / expected).toFixed(2)})`;
  });
  const apart = sum(times.map((time, j) => Math.abs(time - work[j]! * perWork))) / sum(times);
  return [
    `${shape.name}, batch ${batch}: ${sum(times).toFixed(1)} ms a step, ${(1 / perWork / 1e6).toFixed(1)} ` +
      `multiply-adds a nanosecond, model off by ${(100 * apart).toFixed(1)} % of the time`,
    ...lines,
  ].join('\n');
}

/** Least processor time of a step of each sub-column without loading its rows, milliseconds. */
function measure(module: WebAssembly.Module, spec: ModelSpec, batchSize: number, rounds: number): number[] {
  const codes = randomCodes(spec, ROWS, 1);
  const { parameters } = randomState(spec, 1);
  const plan = randomPlan(spec, {
    steps: STEPS,
    batchSize,
    tableRows: ROWS,
    seed: 1,
    dropout: 0.1,
    firstStep: 30,
    learningRate: 0.002,
    orders: 64,
  });
  const selection = { rows: plan.rows, orderOf: plan.orderOf, keys: visibilityKeys(spec, plan.orders) };
  return spec.subColumns.map((_, j) => {
    const space = open(module, spec, codes, parameters, j);
    const trained: number[] = [];
    const loaded: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      trained.push(processorTime(() => trainSteps(space, HYPER, plan)));
      loaded.push(
        processorTime(() => {
          for (let step = 0; step < STEPS; step++) loadRows(space, selection, step * batchSize, batchSize, 1);
        }),
      );
    }
    return (Math.min(...trained) - Math.min(...loaded)) / STEPS;
  });
}

/** Milliseconds. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function open(
  module: WebAssembly.Module,
  spec: ModelSpec,
  codes: Uint16Array,
  parameters: Float32Array,
  j: number,
): Workspace {
  const space = createWorkspace(module, spec, ROWS, [j]);
  storeCodeTable(space, codes);
  space.f32.set(parameters, space.at.parameters / 4);
  space.f32.set(parameters, space.at.average / 4);
  return space;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
