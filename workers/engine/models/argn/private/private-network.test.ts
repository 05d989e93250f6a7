import { describe, expect, it } from 'vitest';
import type { NamedColumn } from '../../../../../src/domain/column-data';
import { RandomStream } from '../../../../../src/domain/random';
import { muOfBudget } from '../../../privacy/dp/gaussian-privacy';
import { type RandomBits, secureBits, seededBits } from '../../../privacy/dp/random-bits';
import { MemoryDatabase } from '../../../testing/memory-database';
import { trainRequest } from '../../../testing/train-request';
import { planTraining } from '../../../training-table';
import { mixedRows } from '../../marginals/testing/mixed-rows';
import { UNWATCHED } from '../../testing/canary-audit';
import { encodeTable } from '../encode-table';
import type { Backend, StepPlan } from '../network/network-backend';
import { openBackend } from '../testing/open-backend';
import { request as drawing } from '../testing/samples';
import { argnOf, QUIET } from '../testing/train-columns';
import { createNetwork, loadNetwork } from '../train-network';
import { trainPrivateNetwork } from './private-network';
import { encodePrivately, planOf } from './private-rows';

const ROWS = 4000;
/** The second column is the first in nine rows of ten. */
function pairs(): NamedColumn[] {
  const stream = new RandomStream(3, 'pairs');
  const first = Int32Array.from({ length: ROWS }, () => stream.below(4));
  const second = first.map((code) => (stream.uniform() < 0.9 ? code : stream.below(4)));
  const dictionary = ['north', 'east', 'south', 'west'];
  return [first, second].map((codes, c) => ({
    name: `column ${c}`,
    storageType: 'text',
    data: { kind: 'text', codes, dictionary },
  }));
}

const SHORT = { maxEpochs: 4, differentialPrivacy: { maxEpsilon: 6 } };

async function encode(columns: readonly NamedColumn[], configuration: object, bits: RandomBits) {
  const request = trainRequest(columns, { configuration });
  const { table } = await planTraining(request, new MemoryDatabase({ source: columns }));
  const settings = argnOf(request);
  const plan = await planOf(table, settings, QUIET.yield);
  return encodePrivately(table, settings, plan, bits, UNWATCHED, (drawn) =>
    encodeTable(drawn, settings, UNWATCHED, null),
  );
}

/** What the backend was asked for: of private rows or drawn ones, with noise or without. */
interface Look {
  readonly isPrivate: boolean;
  readonly hasNoise: boolean;
}

/** @param onLook called before the backend looks at rows */
async function train(
  bits: RandomBits,
  configuration: object = SHORT,
  onLook: (look: Look) => void | Promise<void> = () => {},
  stop = QUIET.stop,
) {
  const { encoded, privateRows } = await encode(pairs(), configuration, bits);
  const settings = argnOf(
    trainRequest(pairs(), { configuration: { ...configuration, privacyGuard: false } }),
  );
  const network = await createNetwork(encoded, settings, QUIET.yield);
  const real = await openBackend('wasm');
  let codes = new Uint16Array();
  const look = (plan?: StepPlan) =>
    onLook({ isPrivate: codes === privateRows.codes, hasNoise: (plan?.privacy?.deviation ?? 0) > 0 });
  const spied: Backend = {
    kind: real.kind,
    adapter: real.adapter,
    init: (...setup) => {
      codes = setup[1] as typeof codes;
      return real.init(...setup);
    },
    setState: (state) => real.setState(state),
    getState: () => real.getState(),
    train: async (plan) => {
      await look(plan);
      return real.train(plan);
    },
    evaluate: async (request) => {
      await look();
      return real.evaluate(request);
    },
    generate: (request) => real.generate(request),
    memory: () => real.memory(),
    dispose: () => real.dispose(),
  };
  const messages: { epsilon?: number; trainingLoss: number | null }[] = [];
  const onMessage = (message: (typeof messages)[number]) => void messages.push(message);
  const trained = await trainPrivateNetwork(spied, encoded, network, privateRows, {
    ...QUIET,
    ...{ stop, onMessage },
  });
  return { ...trained, privateRows, encoded, messages, backend: real };
}

describe('A private training', () => {
  it('learns a relation within its budget, and looks at private rows through noise alone', {
    timeout: 120_000,
  }, async () => {
    const looks: Look[] = [];
    const setting = { differentialPrivacy: { maxEpsilon: 6 } };
    const run = await train(seededBits(1), setting, (look) => void looks.push(look));
    const { learned, summary, privateRows, messages, backend } = run;
    expect(looks.filter(({ isPrivate }) => isPrivate).length).toBeGreaterThan(1);
    expect(looks.filter(({ isPrivate }) => !isPrivate).length).toBeGreaterThan(1);
    for (const { isPrivate, hasNoise } of looks) expect(hasNoise).toBe(isPrivate);
    const ledger = summary.differentialPrivacy!;
    expect(ledger.epsilon).toBeLessThanOrEqual(6);
    expect(ledger.epsilon).toBeGreaterThan(5.6);
    expect(ledger.noise).toBe('seeded');
    expect(ledger.training!.steps).toBe(privateRows.plan.steps);
    expect(ledger.training!.sampleRate).toBeCloseTo(1 / 12, 2);
    // Domains, counts and gradients add up, each of which has the ε that it would cost alone.
    expect(ledger.releases.map(({ what }) => what)).toContain('domains: categories');
    expect(ledger.releases.at(-1)).toMatchObject({
      what: 'noisy gradients',
      releases: ledger.training!.steps,
    });
    const squared = ledger.releases.reduce((sum, { mu }) => sum + mu * mu, 0);
    expect(Math.sqrt(squared)).toBeCloseTo(ledger.mu, 6);
    for (const release of ledger.releases) expect(release.epsilon).toBeLessThan(ledger.epsilon);
    for (const { epsilon } of messages) expect(epsilon).toBeLessThanOrEqual(6);
    expect(messages.at(-1)).toMatchObject({ epsilon: ledger.epsilon, trainingLoss: null });
    expect(summary.passes).toMatchObject({ trainingLoss: null, validationLoss: null });
    await loadNetwork(backend, learned);
    const codes = await backend.generate(drawing(learned.content.spec, { rows: 2000, weights: 'average' }));
    let equal = 0;
    for (let r = 0; r < 2000; r++) if (codes[r] === codes[2000 + r]) equal++;
    // 92.5 % of the rows of the table, a quarter by chance.
    expect(equal / 2000).toBeGreaterThan(0.85);
  });

  it('has other noise each time, and says that it is secure', { timeout: 60_000 }, async () => {
    const [secure, other] = [await train(secureBits()), await train(secureBits())];
    expect(secure.learned.tensors.weights).not.toEqual(other.learned.tensors.weights);
    expect(secure.summary.differentialPrivacy!.noise).toBe('secure');
  });

  it('repeats exactly with seeded noise, however many steps a call has', { timeout: 60_000 }, async () => {
    const calls = [0, 0];
    const delayed = (run: number, delay: number) => async () => {
      calls[run]!++;
      await new Promise((resolve) => setTimeout(resolve, delay));
    };
    const fast = await train(seededBits(5), SHORT, delayed(0, 0));
    const slow = await train(seededBits(5), SHORT, delayed(1, 20));
    expect(calls[1]).toBeGreaterThan(calls[0]!);
    expect(slow.learned.tensors.weights).toEqual(fast.learned.tensors.weights);
  });

  it('spends less if the person stops it', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const { summary, privateRows } = await train(
      seededBits(3),
      { ...SHORT, maxEpochs: 10 },
      async ({ isPrivate }) => {
        // Long enough for calls of few steps.
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (isPrivate) stop.abort();
      },
      stop.signal,
    );
    const { training, epsilon } = summary.differentialPrivacy!;
    expect(training!.steps).toBeLessThan(privateRows.plan.steps);
    expect(epsilon).toBeLessThan(privateRows.plan.epsilon);
    expect(epsilon).toBeGreaterThan(privateRows.plan.countsEpsilon);
    expect(summary.stoppedBy).toBe('person');
  });
});

describe('encodePrivately', () => {
  it('gives private rows codes of the drawn ones, and keeps no value of one row', async () => {
    const columns = mixedRows(3000, 4).map((column) => {
      const { data } = column;
      if (data.kind === 'text') {
        const codes = data.codes.slice();
        codes[7] = data.dictionary.length;
        return { ...column, data: { ...data, codes, dictionary: [...data.dictionary, 'Penelope'] } };
      }
      const values = data.values.slice();
      if (column.name === 'age') values[7] = 987_654;
      return { ...column, data: { ...data, values } };
    });
    const { encoded, privateRows } = await encode(columns, SHORT, seededBits(2));
    const { rowCount, codes } = privateRows;
    expect(codes.length).toBe(encoded.facts.length * rowCount);
    encoded.facts.forEach(({ counts }, j) => {
      for (const code of codes.subarray(j * rowCount, (j + 1) * rowCount))
        expect(code).toBeLessThan(counts.length);
    });
    const kept = JSON.stringify(encoded.features);
    expect(kept).not.toContain('Penelope');
    expect(kept).not.toContain('98765');
  });

  it('takes domains as they are declared public, at no cost', async () => {
    const differentialPrivacy = { maxEpsilon: 6, valueProtectionEpsilon: null };
    const { privateRows } = await encode(pairs(), { differentialPrivacy }, seededBits(2));
    const { releases, declaredPublic, epsilon } = privateRows.counts;
    expect(releases.some(({ what }) => what.startsWith('domains'))).toBe(false);
    expect(declaredPublic.join()).toContain('as declared');
    expect(epsilon).toBeCloseTo(privateRows.plan.countsEpsilon, 6);
  });

  it('gives value domains what was set, at most a sixth of what the counts have', async () => {
    const domainsOf = async (valueProtectionEpsilon: number) => {
      const differentialPrivacy = { maxEpsilon: 4, valueProtectionEpsilon };
      const { counts, plan } = (await encode(pairs(), { differentialPrivacy }, seededBits(2))).privateRows;
      const { mu, epsilon } = counts.releases.find(({ what }) => what.startsWith('domains'))!;
      return { epsilon, share: mu ** 2 / muOfBudget(4, plan.delta) ** 2 };
    };
    expect((await domainsOf(0.5)).epsilon).toBeCloseTo(0.5, 6);
    // Half of the budget is for the counts.
    expect((await domainsOf(4)).share).toBeCloseTo(1 / 12, 3);
  });
});
