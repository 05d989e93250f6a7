import { cpus } from 'node:os';
import { buildSpec } from '../workers/engine/models/argn/network/network-spec';
import { openBackend } from '../workers/engine/models/argn/testing/open-backend';
import { HYPER, randomCodes, randomPlan, randomState } from '../workers/engine/models/argn/testing/samples';
import { print } from './adult-shape';

const TABLE_ROWS = 3000;
const STEPS = 2;

/**
 * CPU milliseconds of a training step and bytes of one thread's backend, for 200 columns of 50 codes and several
 * numbers of inputs per target, the last all. `npm run bench -- wide-step [columns]`
 */
export async function run(args: readonly string[]): Promise<void> {
  const columns = Number(args[0] ?? 200);
  print(`${columns} columns of 50 codes, one thread: ${cpus()[0]?.model}, Node ${process.versions.node}`);
  print('inputs   batch   CPU ms a step      MiB');
  for (const kept of [16, 32, 64].filter((inputs) => inputs < columns - 1).concat(columns - 1)) {
    const spec = modelOf(columns, kept);
    const backend = await openBackend('wasm');
    await backend.init(spec, randomCodes(spec, TABLE_ROWS, 1), TABLE_ROWS, HYPER);
    await backend.setState(randomState(spec, 1));
    for (const batchSize of [256, 512, 1024]) {
      const options = { steps: STEPS, batchSize, tableRows: TABLE_ROWS, seed: 1, dropout: 0.1, orders: 16 };
      const plan = randomPlan(spec, { ...options, firstStep: 30 });
      await backend.train(plan);
      const before = process.cpuUsage();
      await backend.train(plan);
      const { user, system } = process.cpuUsage(before);
      const cells = [batchSize, Math.round((user + system) / 1000 / STEPS)];
      const bytes = Math.round(backend.memory() / 2 ** 20);
      print(
        `${String(kept).padStart(6)}${String(cells[0]).padStart(8)}${String(cells[1]).padStart(16)}${String(bytes).padStart(9)}`,
      );
    }
    backend.dispose();
  }
}

/** Every target sees the `kept` columns before it, in a circle. */
function modelOf(columns: number, kept: number) {
  const part = { name: 'code', cardinality: 50, ordinal: false };
  const spec = buildSpec(
    Array.from({ length: columns }, () => [part]),
    'M',
  );
  const subColumns = spec.subColumns.map((target, j) => {
    const inputs = [...spec.subColumns.keys()].filter((i) => i !== j && (j - i + columns) % columns <= kept);
    return { ...target, inputs };
  });
  return { ...spec, subColumns };
}
