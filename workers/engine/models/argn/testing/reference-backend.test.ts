import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelSpec, NO_ROW, type StepPlan, type TrainingState } from '../network/network-backend';
import { createLayout, type Layout } from '../network/weight-layout';
import { randomSpecs } from './random-specs';
import { ReferenceBackend } from './reference-backend';
import { HYPER, prepare, randomCodes, randomPlan, randomState, request, specOf } from './samples';

/**
 * The dense oracle: one-hot inputs, a full first layer, float64, straight from the formulas of network-backend.ts.
 * @returns mean loss of the plan's first step, summed over targets
 */
function denseLoss(layout: Layout, weights: Float64Array, codes: Uint16Array, plan: StepPlan): number {
  const parts = layout.spec.subColumns;
  const tableRows = codes.length / parts.length;
  let total = 0;
  let real = 0;
  for (let r = 0; r < plan.batchSize; r++) {
    const row = plan.rows[r]!;
    if (row === NO_ROW) continue;
    real++;
    const rank = (column: number) => plan.orders.ranks[plan.orderOf[r]! * layout.spec.columnCount + column]!;
    for (let j = 0; j < parts.length; j++) {
      const target = parts[j]!;
      const h: number[] = [];
      for (let unit = 0; unit < target.hidden; unit++) {
        let a = weights[layout.bias(j) + unit]!;
        for (let i = 0; i < parts.length; i++) {
          if (target.inputs?.includes(i) === false) continue;
          const own = parts[i]!.column === target.column;
          if (own ? i >= j : rank(parts[i]!.column) >= rank(target.column)) continue;
          const code = codes[i * tableRows + row]!;
          for (let k = 0; k < parts[i]!.dimension; k++) {
            const e = weights[layout.embedding(j, i) + code * layout.embeddingWidth(i) + k]!;
            a += e * weights[layout.projection(j, i) + k * target.hidden + unit]!;
          }
        }
        h.push(Math.max(0, a));
      }
      const logit = (column: number): number => {
        let z = weights[layout.outputBias(j) + column]!;
        h.forEach((value, unit) => {
          z += value * weights[layout.output(j) + unit * layout.outputWidth(j) + column]!;
        });
        return z;
      };
      total -= Math.log(probability(layout, j, codes[j * tableRows + row]!, logit));
    }
  }
  return total / real;
}

/** Of one code: a softmax over all, or over the classes times one over the codes of its class (output-levels.ts). */
function probability(layout: Layout, j: number, code: number, logit: (column: number) => number): number {
  const { cardinality, classes } = layout.spec.subColumns[j]!;
  if (!classes) return share(cardinality, code, logit);
  const k = classes.findLastIndex((start) => start <= code);
  const size = (classes[k + 1] ?? cardinality) - classes[k]!;
  // The members of classes of more than one follow the classes, each run on a multiple of 4.
  let column = 4 * Math.ceil(classes.length / 4);
  for (let before = 0; before < k; before++) {
    const codes = classes[before + 1]! - classes[before]!;
    if (codes > 1) column += 4 * Math.ceil(codes / 4);
  }
  const within = size > 1 ? share(size, code - classes[k]!, (at) => logit(column + at)) : 1;
  return share(classes.length, k, logit) * within;
}

function share(codes: number, code: number, logit: (column: number) => number): number {
  const powers = Array.from({ length: codes }, (_, at) => Math.exp(logit(at)));
  return powers[code]! / powers.reduce((a, b) => a + b, 0);
}

/** Gradients of one step: with β₁ = 0 and no history the first moment is the gradient itself. */
async function gradientOf(spec: ModelSpec, plan: StepPlan, rows: number, seed: number) {
  const backend = new ReferenceBackend();
  const codes = randomCodes(spec, rows, seed);
  await backend.init(spec, codes, rows, { ...HYPER, beta1: 0 });
  await backend.setState(randomState(spec, seed));
  const losses = await backend.train(plan);
  const { firstMoment } = await backend.getState();
  return { loss: losses.reduce((a, b) => a + b, 0), gradient: firstMoment, codes };
}

const SHAPES = randomSpecs({ cardinality: 60, dimension: 7, hidden: 12, subColumns: 6 });

describe('ReferenceBackend', () => {
  it('has the loss and the gradients of a dense float64 network', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        SHAPES,
        fc.integer({ min: 2, max: 24 }),
        fc.nat(1e6),
        async (spec, batchSize, seed) => {
          const layout = createLayout(spec);
          const plan = randomPlan(spec, { steps: 1, batchSize, tableRows: 30, seed });
          plan.rows[1] = NO_ROW;
          const { loss, gradient, codes } = await gradientOf(spec, plan, 30, seed);
          const weights = Float64Array.from(randomState(spec, seed).parameters);
          expect(loss).toBeCloseTo(denseLoss(layout, weights, codes, plan), 4);
          for (let probe = 0; probe < 25; probe++) {
            const at = (probe * 7919 + seed) % layout.total;
            const numeric = centralDifference(weights, at, () => denseLoss(layout, weights, codes, plan));
            if (numeric !== null) expect(Math.abs(gradient[at]! - numeric)).toBeLessThan(2e-6);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('draws codes of classes as often as their probability says, whatever the sampling', async () => {
    const classes = [0, 1, 2, 6, 13];
    const spec: ModelSpec = {
      subColumns: [{ cardinality: 20, dimension: 2, hidden: 4, column: 0, classes }],
      columnCount: 1,
    };
    const backend = new ReferenceBackend();
    await prepare(backend, spec, 10, 5);
    const layout = createLayout(spec);
    const { parameters } = randomState(spec, 5);
    const h = (unit: number) => Math.max(0, parameters[layout.bias(0) + unit]!);
    const bias = new Float32Array(20);
    bias[1] = Number.NEGATIVE_INFINITY;
    bias.fill(Number.NEGATIVE_INFINITY, 6, 13);
    const logit = (column: number) => {
      let z = parameters[layout.outputBias(0) + column]!;
      for (let unit = 0; unit < 4; unit++)
        z += h(unit) * parameters[layout.output(0) + unit * layout.outputWidth(0) + column]!;
      return z;
    };
    const allowed = Array.from(bias, (shift, code) =>
      shift === 0 ? probability(layout, 0, code, logit) : 0,
    );
    const mass = allowed.reduce((a, b) => a + b, 0);
    for (const sampling of ['independent', 'balanced'] as const) {
      const drawn = await backend.generate(request(spec, { rows: 20_000, sampling, logitBias: [bias] }));
      const counts = new Float64Array(20);
      for (const code of drawn) counts[code]!++;
      counts.forEach((count, code) => {
        const expected = (20_000 * allowed[code]!) / mass;
        const slack = sampling === 'balanced' ? 0.6 : 4;
        expect(Math.abs(count - expected)).toBeLessThanOrEqual(slack * Math.sqrt(expected) + 3);
      });
    }
  });

  it('takes the AdamW step of the paper and averages the weights', async () => {
    const spec = specOf([
      [3, 2, 4, 0],
      [4, 3, 8, 1],
    ]);
    const layout = createLayout(spec);
    const plan = randomPlan(spec, { steps: 1, batchSize: 8, tableRows: 20, seed: 3, learningRate: 0.01 });
    const { gradient } = await gradientOf(spec, plan, 20, 3);
    const backend = new ReferenceBackend();
    await prepare(backend, spec, 20, 3);
    const before = await backend.getState();
    await backend.train(plan);
    const after = await backend.getState();
    const decayed = layout.projection(1, 0);
    const plain = layout.bias(1);
    for (const [at, decay] of [
      [decayed, 0.01],
      [plain, 0],
    ] as const) {
      const g = gradient[at]!;
      expect(after.firstMoment[at]).toBeCloseTo(0.1 * g, 7);
      // First step: m̂ = g and √v̂ = |g|, so the step is the learning rate in the gradient's direction.
      const p = before.parameters[at]! * (1 - 0.01 * decay) - (g === 0 ? 0 : 0.01 * Math.sign(g));
      expect(after.parameters[at]).toBeCloseTo(p, 5);
      expect(after.average[at]).toBeCloseTo(0.9 * before.average[at]! + 0.1 * p, 5);
    }
  });

  it('drops about the share of hidden units that was asked for', async () => {
    const spec = specOf([[4, 2, 400, 0]]);
    const plan = randomPlan(spec, { steps: 1, batchSize: 64, tableRows: 64, seed: 2, dropout: 0.25 });
    const backend = new ReferenceBackend();
    const codes = randomCodes(spec, 64, 2);
    await backend.init(spec, codes, 64, { ...HYPER, beta1: 0 });
    const state: TrainingState = randomState(spec, 2);
    const layout = createLayout(spec);
    state.parameters.fill(1, layout.bias(0), layout.bias(0) + 400);
    // All outputs alike: every row sends the same gradient into each unit it kept.
    state.parameters.fill(0, layout.output(0), layout.output(0) + 1600);
    for (let unit = 0; unit < 400; unit++) state.parameters[layout.output(0) + 4 * unit] = 0.01;
    await backend.setState(state);
    await backend.train({ ...plan, rows: new Uint32Array(64) });
    const { firstMoment } = await backend.getState();
    const bias = firstMoment.subarray(layout.bias(0), layout.bias(0) + 400);
    const mean = bias.reduce((a, b) => a + b, 0) / 400;
    const spread = bias.reduce((a, b) => a + (b / mean - 1) ** 2, 0) / 400;
    // Kept units count Binomial(64, ¾)·4/3: relative variance (¼/¾)/64, and a little more because rows differ.
    expect(spread).toBeGreaterThan(0.6 * (1 / 3 / 64));
    expect(spread).toBeLessThan(1.6 * (1 / 3 / 64));
  });
});

/** Null near a kink of the loss (relu), where two step sizes disagree. */
function centralDifference(weights: Float64Array, at: number, loss: () => number): number | null {
  const slope = (step: number) => {
    const value = weights[at]!;
    weights[at] = value + step;
    const above = loss();
    weights[at] = value - step;
    const below = loss();
    weights[at] = value;
    return (above - below) / (2 * step);
  };
  const wide = slope(1e-4);
  const narrow = slope(2e-5);
  return Math.abs(wide - narrow) < 1e-6 ? narrow : null;
}
