import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CLASS_RULE, planClasses } from '../workers/engine/encoding/category-classes';
import type { Backend, ModelSpec } from '../workers/engine/models/argn/network/network-backend';
import { buildSpec } from '../workers/engine/models/argn/network/network-spec';
import { openBackend } from '../workers/engine/models/argn/testing/open-backend';
import { HYPER, randomCodes, randomPlan, randomState } from '../workers/engine/models/argn/testing/samples';
import { median } from './median';

const SCRIPT = fileURLToPath(new URL('./peers/torch_layouts.py', import.meta.url));
const ROWS = 20_000;
const STEPS = 4;

/** One training step of a table of such cardinalities in milliseconds of processor time, ours between two of PyTorch's. */
export interface StepRatio {
  readonly batch: number;
  readonly codes: readonly number[];
  readonly milliseconds: number;
  readonly peerMilliseconds: number;
  /** Peer's time / ours, median of the rounds. */
  readonly ratio: number;
}

/**
 * @param python with torch
 * @param asTrained columns of very many categories with classes, as the product trains them; else one softmax each
 * @throws Error if Python or torch are missing
 */
export async function compareSteps(
  python: string,
  cards: readonly number[],
  batch: number,
  rounds: number,
  asTrained: boolean,
): Promise<StepRatio> {
  const spec = buildSpec(
    cards.map((card) => {
      const classes = asTrained ? planClasses(card, 1, CLASS_RULE) : null;
      return [{ name: 'cat', cardinality: card, ordinal: false, ...(classes ? { classes } : {}) }];
    }),
    'M',
  );
  const backend = await openBackend('wasm');
  await backend.init(spec, randomCodes(spec, ROWS, 1), ROWS, HYPER);
  await backend.setState(randomState(spec, 1));
  const peer = await Peer.start(python, cards, batch);
  try {
    await slice(backend, spec, batch);
    const own: number[] = [];
    const theirs: number[] = [];
    const ratios: number[] = [];
    let before = await peer.step();
    for (let round = 0; round < rounds; round++) {
      const ours = await slice(backend, spec, batch);
      const after = await peer.step();
      own.push(ours);
      theirs.push(after);
      ratios.push((before + after) / (2 * ours));
      before = after;
    }
    return {
      batch,
      codes: spec.subColumns.map(({ cardinality }) => cardinality),
      milliseconds: median(own),
      peerMilliseconds: median(theirs),
      ratio: median(ratios),
    };
  } finally {
    peer.stop();
    backend.dispose();
  }
}

async function slice(backend: Backend, spec: ModelSpec, batchSize: number): Promise<number> {
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
  const before = process.cpuUsage();
  await backend.train(plan);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / STEPS;
}

/** PyTorch's reference layout in a process of its own that runs steps when asked. */
class Peer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess) {
    this.#process = process;
    this.#lines = createInterface({ input: process.stdout! })[Symbol.asyncIterator]();
  }

  static async start(python: string, cards: readonly number[], batch: number): Promise<Peer> {
    const args = ['--layout', 'reference', '--cards', cards.join(','), '--batch', String(batch)];
    const child = spawn(python, [SCRIPT, ...args, '--steps', String(STEPS), '--serve'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const peer = new Peer(child);
    await peer.#read();
    return peer;
  }

  /** Milliseconds of processor time per step, mean of some. */
  async step(): Promise<number> {
    this.#process.stdin!.write('\n');
    return this.#read();
  }

  stop(): void {
    this.#process.stdin!.end();
  }

  async #read(): Promise<number> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('PyTorch ended: is torch installed? pip install torch');
    const line: { cpuSecondsPerStep: number } = JSON.parse(value);
    return 1000 * line.cpuSecondsPerStep;
  }
}
