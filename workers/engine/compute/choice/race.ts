import { RandomStream } from '../../../../src/domain/random';
import type { Backend, ModelSpec, StepPlan } from '../backend';

/** Steps that count; one call before them compiles shaders and warms caches. */
const STEPS = 8;
const BATCH = 512;
const ROWS = 4_096;
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** Milliseconds of the race's steps. */
export type Stopwatch = () => number;

/**
 * Lets backends train a few steps of a model of this shape and keeps the fastest; the others are disposed. A backend
 * that fails (too large for the GPU, say) drops out. The last one left wins without running.
 * @param candidates at least one, the one to fall back on last
 */
export async function raceBackends(
  candidates: readonly Backend[],
  spec: ModelSpec,
  now: Stopwatch = () => performance.now(),
): Promise<Backend> {
  let best: { readonly backend: Backend; readonly time: number } | null = null;
  for (const [at, backend] of candidates.entries()) {
    const isLast = at === candidates.length - 1;
    if (isLast && best === null) return backend;
    const time = await timeOf(backend, spec, now).catch(() => Number.POSITIVE_INFINITY);
    if (time < (best?.time ?? Number.POSITIVE_INFINITY) || (isLast && best === null)) {
      best?.backend.dispose();
      best = { backend, time };
    } else backend.dispose();
  }
  if (!best) throw new RangeError('A race needs a backend.');
  return best.backend;
}

async function timeOf(backend: Backend, spec: ModelSpec, now: Stopwatch): Promise<number> {
  await backend.init(spec, sampleCodes(spec), ROWS, ADAM);
  await backend.train(samplePlan(spec, 1));
  const start = now();
  await backend.train(samplePlan(spec, STEPS));
  return now() - start;
}

/** Codes of the model's own cardinalities: what a step costs does not depend on their values. */
function sampleCodes(spec: ModelSpec): Uint16Array {
  const codes = new Uint16Array(spec.subColumns.length * ROWS);
  const stream = new RandomStream(0, 'race');
  spec.subColumns.forEach(({ cardinality }, j) => {
    for (let r = 0; r < ROWS; r++) codes[j * ROWS + r] = stream.below(cardinality);
  });
  return codes;
}

function samplePlan(spec: ModelSpec, steps: number): StepPlan {
  return {
    firstStep: 0,
    steps,
    batchSize: BATCH,
    rows: Uint32Array.from({ length: steps * BATCH }, (_, i) => i % ROWS),
    orders: { count: 1, ranks: Uint16Array.from({ length: spec.columnCount }, (_, c) => c) },
    orderOf: new Uint16Array(steps * BATCH),
    learningRate: new Float32Array(steps).fill(1e-3),
    emaDecay: new Float32Array(steps).fill(0.9),
    dropout: 0,
    seed: 0,
  };
}
