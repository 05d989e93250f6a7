import type { TrainingSummary } from '../../../../../src/domain/generators';
import { hash, hashText } from '../../../../../src/domain/random';
import type { ArgnLearned } from '../artefact';
import type { EncodedTable } from '../encode-table';
import type { Backend } from '../network/network-backend';
import { countParameters } from '../network/network-spec';
import { createLayout } from '../network/weight-layout';
import { learnWeights, type Network } from '../train-network';
import { Journal } from '../training/journal';
import { freshState } from '../training/kept-models';
import { Pace } from '../training/pace';
import { ADAM, defaultOrder } from '../training/schedule';
import { endOf } from '../training/training-end';
import type { TrainedWeights, TrainingHooks } from '../training/training-setup';
import { PoissonRows } from './poisson-rows';
import { privacyLedger } from './privacy-ledger';
import { epsilonAfter, epsilonSoFar, gradientPrivacy } from './privacy-plan';
import type { PrivateRows } from './private-rows';
import { trainPrivately } from './train-privately';
import { unitEmbeddings } from './unit-embeddings';

/**
 * Trains on the drawn rows as on any, then by noisy gradients on the private rows. The backend is initialised with both
 * in turn.
 * @param table the drawn rows
 * @throws UserError `canceled`, `training/failed`
 */
export async function trainPrivateNetwork(
  backend: Backend,
  table: EncodedTable,
  network: Network,
  rows: PrivateRows,
  hooks: TrainingHooks,
): Promise<{ learned: ArgnLearned; summary: TrainingSummary }> {
  const { content } = network;
  const { plan, privacy, counts } = rows;
  const drawn = await learnWeights(backend, table, network, {
    ...hooks,
    onMessage: (message) => hooks.onMessage({ ...message, epsilon: plan.countsEpsilon }),
  });
  const trained = await refinePrivately(backend, drawn, table, network, rows, hooks);
  await backend.setState(freshState(trained.weights));
  const { seconds, stoppedBy, privacyGuard, peakMemory, ...passes } = trained.summary;
  const isWhole = trained.steps === plan.steps;
  const epsilon = isWhole ? plan.epsilon : await epsilonAfter(plan, trained.steps, hooks.yield);
  return {
    learned: { content, tensors: { weights: trained.weights } },
    summary: {
      backend: backend.kind,
      adapter: backend.adapter,
      rows: { training: table.trainingRows, validation: table.validationRows },
      parameters: countParameters(content.spec),
      ...{ seconds, stoppedBy, passes, privacyGuard, peakMemory },
      generationOrder: defaultOrder(content.configuration, content.orders),
      discriminator: null,
      rotations: null,
      differentialPrivacy: privacyLedger(privacy, { ...plan, steps: trained.steps, epsilon }, counts),
    },
  };
}

/** Steps on the private rows, none if the person stopped before or the budget is spent on counts. */
export async function refinePrivately(
  backend: Backend,
  drawn: TrainedWeights,
  { randomState }: EncodedTable,
  { content: { spec, orders, configuration } }: Network,
  { privacy, plan, codes, rowCount, subjects, bits, drawn: batches }: PrivateRows,
  hooks: TrainingHooks,
): Promise<TrainedWeights & { readonly steps: number }> {
  const { summary } = drawn;
  const maxTrainingTime = configuration.maxTrainingTime - summary.seconds / 60;
  const journal = hooks.journal ?? Journal.none();
  if (plan.steps === 0 || endOf(journal, hooks, new Pace(), { maxTrainingTime }))
    return { ...drawn, steps: 0 };
  const layout = createLayout(spec);
  const rows = new PoissonRows(rowCount, subjects, plan.rate, bits, batches);
  // What was learned of the drawn rows does not decay.
  await backend.init(spec, codes, rowCount, { ...ADAM, weightDecay: 0 });
  const expectedRows = plan.rate * rows.subjects;
  const noiseSeed = bits.seeded ? journal.choose('seed', () => bits.word()) : null;
  return trainPrivately(
    backend,
    {
      ...{ spec, orders, rows, maxTrainingTime, steps: plan.steps, before: summary },
      initial: freshState(unitEmbeddings(layout, drawn.weights)),
      gradients: gradientPrivacy(layout, privacy, expectedRows, noiseSeed),
      epsilon: (steps) => epsilonSoFar(plan, steps),
      seed: hash(randomState, hashText('private training')),
    },
    { ...hooks, journal },
  );
}
