import { UserError } from '../../../../../src/domain/errors';
import type { TrainingSummary } from '../../../../../src/domain/generators';
import { hash, hashText, RandomStream } from '../../../../../src/domain/random';
import type { RandomBits } from '../../../privacy/dp/random-bits';
import type { ArgnContent, ArgnLearned } from '../artefact';
import type { EncodedTable } from '../encode-table';
import type { ArgnConfiguration, DifferentialPrivacy } from '../family';
import { INPUT_LIMIT } from '../inputs/choose-inputs';
import { countIndependent } from '../network/independent-rows';
import type { Backend, GradientPrivacy, ModelSpec, TrainingState } from '../network/network-backend';
import { buildSpec, countParameters } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { freshState } from '../training/kept-models';
import { ADAM, defaultOrder, orderMixOf, RECIPE, weightDecayOf } from '../training/schedule';
import type { TrainingHooks } from '../training/training-setup';
import { PoissonRows } from './poisson-rows';
import { privacyLedger } from './privacy-ledger';
import { gradientPrivacy, type PrivacyPlan, planPrivacy } from './privacy-plan';
import { initialisePrivately, noisyFacts } from './private-start';
import { trainPrivately } from './train-privately';

/** Batches that an epoch should have: few large ones, in which the noise is small. */
const BATCHES_PER_EPOCH = 12;

/** A private training that has not begun; the counts that its initial weights hold are released already. */
export interface PrivateTraining {
  readonly content: ArgnContent;
  readonly privacy: DifferentialPrivacy;
  readonly plan: PrivacyPlan;
  readonly gradients: GradientPrivacy;
  readonly rows: PoissonRows;
  readonly initial: TrainingState;
  readonly bits: RandomBits;
}

/**
 * Decides the network and the steps from what is public, and releases the noisy counts of codes.
 * @throws UserError `config/invalid` if the budget pays for no training, or domains are not declared public
 */
export async function preparePrivateTraining(
  table: EncodedTable,
  configuration: ArgnConfiguration,
  bits: RandomBits,
  pause: () => Promise<void>,
): Promise<PrivateTraining> {
  const privacy = configuration.differentialPrivacy!;
  if (privacy.valueProtectionEpsilon !== null) {
    throw new UserError(
      'config/invalid',
      'This model finds the categories, ranges and bins of columns without noise. If they are public knowledge, say so with valueProtectionEpsilon: null; if not, choose the model “marginals”.',
    );
  }
  const subjects = table.subjects?.training ?? null;
  const count = countIndependent(table);
  const expected = Math.min(
    count,
    (configuration.batchSize ?? Math.max(32, Math.round(count / BATCHES_PER_EPOCH))) *
      configuration.gradientAccumulationSteps,
  );
  await pause();
  const paid = planPrivacy(privacy, count, expected);
  await pause();
  const seed = hash(table.randomState, hashText('initial weights'));
  const own = table.features.map(({ encoding }) => encoding.subColumns);
  const spec = withRandomInputs(buildSpec(own, configuration.modelSize), seed);
  const layout = createLayout(spec);
  const rows = new PoissonRows(table.trainingRows, subjects, paid.rate, bits);
  // Not the table's sample: which row of a subject that has follows from a seed and the number of rows.
  const facts = noisyFacts(table.facts, table.codes, rows.oneOfEach(), paid.countsNoise, bits);
  const { features } = table;
  const orders = orderMixOf(RECIPE, configuration);
  return {
    content: {
      ...{ configuration, spec, orders, features, relations: [], computed: [], ties: [], factors: null },
    },
    privacy,
    plan: { ...paid, steps: Math.min(paid.steps, Math.ceil(configuration.maxEpochs / paid.rate)) },
    gradients: gradientPrivacy(layout, privacy, paid.rate * count, bits.seeded ? bits.word() : null),
    rows,
    initial: initialisePrivately(layout, facts, seed),
    bits,
  };
}

/**
 * Trains on a backend, which it initialises with the table's codes.
 * @throws UserError `canceled`, `training/failed`
 */
export async function trainPrivateNetwork(
  backend: Backend,
  table: EncodedTable,
  training: PrivateTraining,
  hooks: TrainingHooks,
): Promise<{ learned: ArgnLearned; summary: TrainingSummary }> {
  const { content, privacy, plan, gradients, rows, initial, bits } = training;
  const { spec, configuration, orders } = content;
  const { codes, trainingRows, validationRows, randomState } = table;
  await backend.init(spec, codes, trainingRows + validationRows, {
    ...ADAM,
    weightDecay: weightDecayOf(RECIPE, countIndependent(table)),
  });
  const { maxTrainingTime } = configuration;
  const seed = hash(randomState, hashText('training'));
  const trained = await trainPrivately(
    backend,
    { spec, initial, orders, rows, plan, gradients, maxTrainingTime, seed },
    hooks,
  );
  await backend.setState(freshState(trained.weights));
  const { seconds, stoppedBy, privacyGuard, peakMemory, ...passes } = trained.summary;
  return {
    learned: { content, tensors: { weights: trained.weights } },
    summary: {
      backend: backend.kind,
      adapter: backend.adapter,
      rows: { training: trainingRows, validation: validationRows },
      parameters: countParameters(spec),
      ...{ seconds, stoppedBy, passes, privacyGuard, peakMemory },
      generationOrder: defaultOrder(configuration, orders),
      discriminator: null,
      rotations: null,
      differentialPrivacy: privacyLedger(
        privacy,
        { ...plan, steps: trained.steps },
        table.subjects ? 'known' : 'declared',
        bits.seeded,
      ),
    },
  };
}

/** Which inputs a target of a wide table keeps is left to chance: relations are not public. */
function withRandomInputs(spec: ModelSpec, seed: number): ModelSpec {
  const parts = spec.subColumns;
  if (parts.length - 1 <= INPUT_LIMIT.max) return spec;
  const subColumns = parts.map((target, j) => {
    const stream = new RandomStream(seed, hashText(`inputs ${j}`));
    const kept = new Set<number>();
    for (const i of stream.permutation(parts.length)) if (i !== j && kept.size < INPUT_LIMIT.max) kept.add(i);
    for (let i = 0; i < j; i++) if (parts[i]!.column === target.column) kept.add(i);
    return { ...target, inputs: [...kept].sort((a, b) => a - b) };
  });
  return { ...spec, subColumns };
}
