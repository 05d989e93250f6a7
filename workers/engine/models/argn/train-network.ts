import type { TrainingSummary } from '../../../../src/domain/generators';
import { firstRowOfEach } from '../../../../src/domain/number-subjects';
import { hash, hashText } from '../../../../src/domain/random';
import { Checksum } from '../../checkpoints/checksum';
import { hiddenValuesOf } from '../../encoding/hidden-values';
import { forbiddenOf } from '../coded-columns';
import type { ArgnContent, ArgnLearned } from './artefact';
import { learnDiscriminator } from './discriminator/learn-discriminator';
import { seenCodes } from './discriminator/seen-codes';
import type { EncodedTable } from './encode-table';
import { factorParts } from './factors/factor-coding';
import { isWide, startsLinear } from './factors/wide-table';
import type { ArgnConfiguration } from './family';
import { type InputLimit, inputLimitOf, limitInputs } from './inputs/choose-inputs';
import type { InputPause } from './inputs/column-ties';
import { inputsBesideFactors } from './inputs/factor-inputs';
import { countIndependent } from './network/independent-rows';
import { initialise } from './network/initialise';
import { startLinear } from './network/linear-start';
import type { Backend, TrainingState } from './network/network-backend';
import { buildSpec, countParameters } from './network/network-spec';
import { shiftOutputs } from './network/shift-outputs';
import { createLayout } from './network/weight-layout';
import { relationsOf } from './rules/draw-relations';
import { comparedRotations, goodStarts } from './sampling/good-starts';
import { codeSampler, logitBiasOf } from './sampling/sample-codes';
import { freshState } from './training/kept-models';
import { ADAM, defaultOrder, orderMixOf, RECIPE, weightDecayOf } from './training/schedule';
import { trainModel } from './training/trainer';
import type {
  ContinuedTraining,
  TrainedWeights,
  TrainingHooks,
  WatchedCodes,
} from './training/training-setup';

/** Of inputs that start at their own regression, chance costs little, and what is missed is lost. */
const WIDE_FALSE_SHARE = 0.3;

/** A network of a table with untrained weights. */
export interface Network {
  readonly content: ArgnContent;
  /** The state to start from. */
  readonly initial: TrainingState;
  /** The weights are those of a trained model; absent = they are untrained. */
  readonly continued?: ContinuedTraining;
}

/** @param pause called every now and then while inputs are chosen */
export async function createNetwork(
  table: EncodedTable,
  configuration: ArgnConfiguration,
  pause: InputPause,
  limit?: InputLimit,
): Promise<Network> {
  const { factors } = table;
  const own = table.features.map(({ encoding }) => encoding.subColumns);
  const parts = factors ? [...own, ...factorParts(factors)] : own;
  const seed = hash(table.randomState, hashText('inputs'));
  const size = [own.flat().length, countIndependent(table)] as const;
  const wide = isWide(...size);
  const inputs = limit ?? {
    ...inputLimitOf(countIndependent(table), configuration.privacyGuard),
    ...(wide ? { falseShare: WIDE_FALSE_SHARE } : {}),
  };
  const whole = buildSpec(parts, configuration.modelSize);
  const spec = factors
    ? await inputsBesideFactors(
        { ...whole, factorCount: factors.factors.length },
        table,
        seed,
        pause,
        inputs.max,
      )
    : await limitInputs(whole, table, seed, pause, inputs);
  const weightSeed = hash(table.randomState, hashText('initial weights'));
  const layout = createLayout(spec);
  const initial = initialise(layout, table.facts, weightSeed);
  if (startsLinear(...size))
    await startLinear(layout, { ...table, isWide: wide }, initial, weightSeed, () => pause(1, 1));
  return {
    content: {
      configuration,
      spec,
      orders: orderMixOf(RECIPE, configuration),
      features: table.features,
      relations: table.relations,
      computed: table.computed,
      ties: table.ties,
      factors,
    },
    initial,
  };
}

/**
 * Trains the network on a backend, which it initialises with the table's codes.
 * @throws UserError `canceled`, `training/failed`
 */
export async function trainNetwork(
  backend: Backend,
  table: EncodedTable,
  network: Network,
  hooks: TrainingHooks,
): Promise<{ learned: ArgnLearned; summary: TrainingSummary }> {
  const { content } = network;
  const { spec } = content;
  const watched = watch(table, content);
  const rows = { training: table.trainingRows, validation: table.validationRows };
  const trainingRows = trainingRowsOf(table);
  const validationRows = validationRowsOf(table);
  const trained = await learnWeights(backend, table, network, hooks);
  await backend.setState(freshState(trained.weights));
  const pause = async () => {
    await hooks.yield();
    await hooks.journal?.settle();
  };
  const compared = {
    columnCount: spec.columnCount,
    factorCount: spec.factorCount ?? 0,
    rows: validationRows,
  };
  const { starts, discriminator } = await learnDiscriminator(
    {
      codes: watched.codes,
      rowCount: watched.rowCount,
      cardinalities: spec.subColumns
        .slice(0, spec.subColumns.length - (spec.factorCount ?? 0))
        .map(({ cardinality }) => cardinality),
      ...rowsOfSubjects(table, trainingRows, validationRows),
      seen: seenCodes(content.features, content.ties),
    },
    {
      all: codeSampler(backend, spec, watched),
      startingAt: (chosen) => codeSampler(backend, spec, { ...watched, starts: chosen }),
      goodStarts: async () =>
        watched.order === 'rotated' ? await goodStarts(backend, compared, pause) : null,
    },
    hash(table.randomState, hashText('discriminator')),
    pause,
    () => hooks.enter('LEARN_DISCRIMINATOR'),
  );
  // Last of all, so that nothing learns to undo it.
  const counts = table.facts.map((facts) => facts.counts);
  shiftOutputs(createLayout(spec), trained.weights, counts, table.countNoise);
  const { seconds, stoppedBy, privacyGuard, peakMemory, ...passes } = trained.summary;
  return {
    learned: {
      content: {
        ...content,
        ...(starts && { starts }),
        ...(discriminator && {
          discriminator: { trees: discriminator.trees, keptShare: discriminator.keptShare },
        }),
      },
      tensors: { weights: trained.weights },
    },
    summary: {
      backend: backend.kind,
      adapter: backend.adapter,
      rows,
      parameters: countParameters(spec),
      seconds,
      stoppedBy,
      passes,
      generationOrder: watched.order,
      privacyGuard,
      ...(table.isolatedRows !== null && { isolatedRows: table.isolatedRows }),
      discriminator: discriminator && { auc: discriminator.auc, trees: discriminator.trees.length },
      rotations: starts && { used: starts.length, compared: comparedRotations(compared) },
      hidden: content.features.flatMap(({ schema, encoding }) => hiddenValuesOf(schema.name, encoding) ?? []),
      peakMemory,
    },
  };
}

/** One row of each subject, as it was learned, and one of each that was held back. */
function rowsOfSubjects(
  { subjects, learnedRows }: EncodedTable,
  trainingRows: Uint32Array,
  validationRows: Uint32Array,
): { training: Uint32Array; heldBack: Uint32Array } {
  const order = subjects && Uint32Array.from(subjects.validation.keys());
  const heldBack = order
    ? firstRowOfEach(subjects.validation, order).map((index) => validationRows[index]!)
    : validationRows;
  return { training: (subjects?.sample ?? trainingRows).map((row) => learnedRows[row]!), heldBack };
}

/**
 * Weights of the network, learned on a backend, which it initialises with the table's codes.
 * @throws UserError `canceled`, `training/failed`
 */
export async function learnWeights(
  backend: Backend,
  table: EncodedTable,
  { content, initial, continued }: Network,
  hooks: TrainingHooks,
): Promise<TrainedWeights> {
  const { spec, configuration } = content;
  const { trainingRows, validationRows } = table;
  await backend.init(spec, table.codes, trainingRows + validationRows, {
    ...ADAM,
    weightDecay: weightDecayOf(RECIPE, countIndependent(table)),
  });
  const setup = {
    ...{ spec, initial, limits: configuration, recipe: RECIPE, subjects: table.subjects },
    trainingRows: trainingRowsOf(table),
    learnedRows: table.learnedRows,
    validationRows: validationRowsOf(table),
    watched: configuration.privacyGuard ? watch(table, content) : null,
    seed: hash(table.randomState, hashText('training')),
    ...(continued && { continued }),
  };
  return trainModel(backend, setup, hooks);
}

function trainingRowsOf({ trainingRows }: EncodedTable): Uint32Array {
  return Uint32Array.from({ length: trainingRows }, (_, i) => i);
}

function validationRowsOf({ trainingRows, validationRows }: EncodedTable): Uint32Array {
  return Uint32Array.from({ length: validationRows }, (_, i) => trainingRows + i);
}

/** The table as the privacy guard looks at it. */
function watch(table: EncodedTable, content: ArgnContent): WatchedCodes {
  const { spec, configuration, orders, features } = content;
  const rowCount = table.trainingRows + table.validationRows;
  // Factors follow from the other columns.
  const parts = spec.subColumns.length - (spec.factorCount ?? 0);
  return {
    codes: table.codes.subarray(0, parts * rowCount),
    rowCount,
    order: defaultOrder(configuration, orders),
    logitBias: logitBiasOf(spec, forbiddenOf(features)),
    relations: relationsOf(content),
  };
}

/** Sums up all that a training depends on. */
export function fingerprintOf(table: EncodedTable, { content, initial }: Network): string {
  const { trainingRows, validationRows, isolatedRows, randomState, subjects } = table;
  const sum = new Checksum()
    .addText(JSON.stringify({ content, trainingRows, validationRows, isolatedRows, randomState }))
    .add(table.codes)
    .add(table.learnedRows)
    .add(initial.parameters);
  for (const noise of table.countNoise) sum.add(noise);
  if (subjects) sum.add(subjects.training).add(subjects.validation).add(subjects.sample);
  return String(sum);
}

/** Gives a backend the weights of a trained network, and rows to evaluate if there are any. */
export async function loadNetwork(
  backend: Backend,
  { content: { spec }, tensors: { weights } }: ArgnLearned,
  codes = new Uint16Array(0),
): Promise<void> {
  await backend.init(spec, codes, codes.length / spec.subColumns.length, { ...ADAM, weightDecay: 0 });
  await backend.setState(freshState(weights));
}
