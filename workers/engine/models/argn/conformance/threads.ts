import { openLasting } from '../backends/failover-backend';
import { openPools, startShard } from '../shards/open-pool';
import { workLasting } from '../testing/lasting-work';
import { prepare, randomPlan, specOf } from '../testing/samples';
import { loadKernels } from '../wasm/load';

const SPEC = specOf([
  [40, 6, 32, 0],
  [420, 12, 64, 1],
  [30, 5, 32, 2],
]);
const ROWS = 300;

export interface PoolOutcome {
  readonly sentences: readonly string[];
  readonly adapter: string;
  /** Of the weights at the end. */
  readonly hash: string;
  readonly seconds: number;
}

/** Trains on `threads` workers, which the spec may end meanwhile. */
export async function trainOnThreads(threads: number, calls: number): Promise<PoolOutcome> {
  const sentences: string[] = [];
  const module = await loadKernels();
  const backend = await openLasting(openPools(module, threads, startShard), (sentence) =>
    sentences.push(sentence),
  );
  const start = performance.now();
  const { parameters } = await workLasting(backend, async (own, train) => {
    await prepare(own, SPEC, ROWS, 3);
    for (let call = 0; call < calls; call++) {
      const options = { steps: 4, batchSize: 256, tableRows: ROWS, seed: 3, firstStep: 4 * call };
      await train(randomPlan(SPEC, options));
    }
    return own.getState();
  });
  const seconds = (performance.now() - start) / 1000;
  const { adapter } = backend;
  backend.dispose();
  const digest = await crypto.subtle.digest('SHA-256', parameters.slice().buffer);
  return { sentences, adapter, hash: new Uint8Array(digest).join(' '), seconds };
}
