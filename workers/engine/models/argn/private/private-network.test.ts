import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../../src/domain/random';
import { type RandomBits, secureBits, seededBits } from '../../../privacy/dp/random-bits';
import { ArgnConfiguration } from '../family';
import type { Backend, StepPlan } from '../network/network-backend';
import { NO_ROW } from '../network/network-backend';
import { createLayout } from '../network/weight-layout';
import { openBackend } from '../testing/open-backend';
import { request as drawing } from '../testing/samples';
import { encodeColumnsOf, QUIET } from '../testing/train-columns';
import { loadNetwork } from '../train-network';
import { preparePrivateTraining, trainPrivateNetwork } from './private-network';

const ROWS = 6000;
/** The second column is the first in nine rows of ten. */
function pairs() {
  const stream = new RandomStream(3, 'pairs');
  const first = Int32Array.from({ length: ROWS }, () => stream.below(4));
  const second = first.map((code) => (stream.uniform() < 0.9 ? code : stream.below(4)));
  const dictionary = ['north', 'east', 'south', 'west'];
  return [first, second].map((codes, c) => ({
    name: `column ${c}`,
    storageType: 'text' as const,
    data: { kind: 'text' as const, codes, dictionary },
  }));
}

const PRIVATE = {
  differentialPrivacy: { maxEpsilon: 6, noiseMultiplier: 2, valueProtectionEpsilon: null },
};

/** @param delay milliseconds that every call of the backend takes longer */
async function train(bits: RandomBits, configuration: Record<string, unknown> = PRIVATE, delay = 0) {
  const table = await encodeColumnsOf(pairs(), { configuration, rows: { validationShare: 0.1 } });
  const settings = ArgnConfiguration.parse({ model: 'argn', ...configuration });
  const training = await preparePrivateTraining(table, settings, bits, QUIET.yield);
  const plans: StepPlan[] = [];
  const real = await openBackend('wasm');
  const spied: Backend = {
    kind: real.kind,
    adapter: real.adapter,
    init: (...setup) => real.init(...setup),
    setState: (state) => real.setState(state),
    getState: () => real.getState(),
    train: async (plan) => {
      plans.push({ ...plan, rows: plan.rows.slice() });
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      return real.train(plan);
    },
    evaluate: () => Promise.reject(new Error('A private training looked at a loss.')),
    generate: (request) => real.generate(request),
    memory: () => real.memory(),
    dispose: () => real.dispose(),
  };
  const messages: { epsilon?: number; trainingLoss: number | null; validationLoss: number | null }[] = [];
  const hooks = { ...QUIET, onMessage: (message: (typeof messages)[number]) => void messages.push(message) };
  const trained = await trainPrivateNetwork(spied, table, training, hooks);
  return { ...trained, training, plans, messages, table, backend: real };
}

describe('A private training', () => {
  it('learns a relation within its budget, and shows no loss', { timeout: 60_000 }, async () => {
    const { learned, summary, training, plans, messages, table, backend } = await train(seededBits(1));
    const ledger = summary.differentialPrivacy!;
    expect(ledger.epsilon).toBeLessThanOrEqual(6);
    expect(ledger.epsilon).toBeGreaterThan(5);
    expect(ledger.noise).toBe('seeded');
    expect(ledger.training!.steps).toBe(training.plan.steps);
    expect(ledger.training!.sampleRate).toBeCloseTo(1 / 12, 2);
    // Each release has the ε that it would cost alone.
    for (const release of ledger.releases) expect(release.epsilon).toBeLessThan(ledger.epsilon);
    // Bins keep shares of their rows, which have no noise.
    expect(ledger.declaredPublic.join()).toContain('shares of values');
    for (const { epsilon, trainingLoss, validationLoss } of messages) {
      expect([trainingLoss, validationLoss]).toEqual([null, null]);
      expect(epsilon).toBeLessThanOrEqual(6);
    }
    expect(summary.passes).toMatchObject({ trainingLoss: null, validationLoss: null });
    // Rows held back are never learned, and every step has noise.
    for (const { rows, privacy } of plans) {
      expect(rows.every((row) => row === NO_ROW || row < table.trainingRows)).toBe(true);
      expect(privacy).toEqual(training.gradients);
    }
    await loadNetwork(backend, learned);
    const rows = 2000;
    const codes = await backend.generate(drawing(learned.content.spec, { rows, weights: 'average' }));
    let equal = 0;
    for (let r = 0; r < rows; r++) if (codes[r] === codes[rows + r]) equal++;
    // 92.5 % of the rows of the table, a quarter by chance.
    expect(equal / rows).toBeGreaterThan(0.6);
  });

  it('has other noise each time, and says that it is secure', { timeout: 60_000 }, async () => {
    const weightsOf = async (bits: RandomBits) => (await train(bits)).learned.tensors.weights;
    const [secure, other] = [await weightsOf(secureBits()), await weightsOf(secureBits())];
    expect(secure).not.toEqual(other);
    expect((await train(secureBits())).summary.differentialPrivacy!.noise).toBe('secure');
  });

  it('repeats exactly with seeded noise, however many steps a call has', { timeout: 60_000 }, async () => {
    const short = { ...PRIVATE, maxEpochs: 5 };
    const fast = await train(seededBits(5), short);
    const slow = await train(seededBits(5), short, 20);
    expect(slow.plans.length).toBeGreaterThan(fast.plans.length);
    expect(slow.learned.tensors.weights).toEqual(fast.learned.tensors.weights);
  });

  it('begins with noisy shares, and embeddings of length 1 that stay', { timeout: 60_000 }, async () => {
    const { learned, training } = await train(seededBits(2));
    const layout = createLayout(learned.content.spec);
    const { weights } = learned.tensors;
    const width = layout.embeddingWidth(0);
    const start = layout.embedding(1, 0);
    for (let code = 0; code < 4; code++) {
      const row = weights.subarray(start + code * width, start + (code + 1) * width);
      expect(Math.hypot(...row)).toBeCloseTo(1, 5);
      expect(row).toEqual(
        training.initial.parameters.subarray(start + code * width, start + (code + 1) * width),
      );
    }
    const shares = training.initial.parameters.subarray(layout.outputBias(0), layout.outputBias(0) + 8);
    expect(shares.some((share) => Math.abs(share - Math.log(0.25)) > 1e-4)).toBe(true);
  });

  it('asks for a word on value domains', async () => {
    const differentialPrivacy = { maxEpsilon: 3 };
    await expect(train(seededBits(1), { differentialPrivacy })).rejects.toThrow(/public knowledge/);
  });
});
