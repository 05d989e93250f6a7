import type { TrainingSummary } from '../../src/domain/generators';
import { hash, hashText } from '../../src/domain/random';
import { type ArgnArtefact, forbiddenOf } from './models/argn/artefact';
import { type InputLimit, type InputRest, limitInputs } from './models/argn/inputs/choose-inputs';
import { inputLimitOf } from './models/argn/inputs/tiny-inputs';
import { initialise } from './models/argn/network/initialise';
import type { Backend } from './models/argn/network/network-backend';
import { buildSpec, countParameters } from './models/argn/network/network-spec';
import { createLayout } from './models/argn/network/weight-layout';
import { logitBiasOf } from './models/argn/sampling/sample-codes';
import {
  ADAM,
  defaultOrder,
  orderMixOf,
  RECIPE,
  type Recipe,
  weightDecayOf,
} from './models/argn/training/schedule';
import type { OrderMix } from './models/argn/training/step-planner';
import { trainModel } from './models/argn/training/trainer';
import type { TrainingHooks } from './models/argn/training/training-setup';
import type { PreparedTable } from './prepare-table';
import { CodeMetric } from './privacy/code-points';
import type { WatchedTable } from './privacy/watch';
import type { TrainRequest } from './protocol';

export type TrainingRequest = Pick<TrainRequest, 'table' | 'randomState'>;

/**
 * A model of the prepared table with untrained weights, and the state to start from.
 * @param rest called every now and then while inputs are chosen
 */
export async function createModel(
  table: PreparedTable,
  request: TrainingRequest,
  rest: InputRest,
  limit?: InputLimit,
) {
  const configuration = request.table.tabularModelConfiguration;
  const inputs = limit ?? inputLimitOf(table.trainingRows, configuration.privacyGuard);
  const features = table.columns.filter((column) => column.role === 'feature');
  const parts = features.map((column) => column.encoding.subColumns);
  const seed = hash(request.randomState, hashText('inputs'));
  const spec = await limitInputs(buildSpec(parts, configuration.modelSize), table, seed, rest, inputs);
  const initial = initialise(
    createLayout(spec),
    table.facts,
    hash(request.randomState, hashText('initial weights')),
  );
  const artefact: ArgnArtefact = {
    manifest: {
      format: 1,
      model: 'argn',
      configuration,
      spec,
      orders: orderMixOf(RECIPE, configuration),
      columns: table.columns,
      sourceRows: table.sourceRows,
    },
    tensors: { weights: initial.average },
  };
  return { artefact, initial };
}

/**
 * Trains the model on a backend, which it initialises with the table's codes.
 * @throws UserError `canceled`, `training/failed`
 */
export async function trainPrepared(
  backend: Backend,
  table: PreparedTable,
  request: TrainingRequest,
  model: Awaited<ReturnType<typeof createModel>>,
  hooks: TrainingHooks,
  recipe: Recipe = RECIPE,
): Promise<{ artefact: ArgnArtefact; summary: TrainingSummary }> {
  const { initial } = model;
  const { spec, configuration } = model.artefact.manifest;
  const artefact = trainedIn(orderMixOf(recipe, configuration), model.artefact);
  const rows = { training: table.trainingRows, validation: table.validationRows };
  await backend.init(spec, table.codes, rows.training + rows.validation, {
    ...ADAM,
    weightDecay: weightDecayOf(recipe, rows.training),
  });
  const { weights, orders, summary } = await trainModel(
    backend,
    {
      spec,
      initial,
      trainingRows: Uint32Array.from({ length: rows.training }, (_, i) => i),
      validationRows: Uint32Array.from({ length: rows.validation }, (_, i) => rows.training + i),
      limits: request.table.tabularModelConfiguration,
      recipe,
      watched: request.table.tabularModelConfiguration.privacyGuard ? watch(table, artefact) : null,
      seed: hash(request.randomState, hashText('training')),
    },
    hooks,
  );
  return {
    artefact: { ...trainedIn(orders, artefact), tensors: { weights } },
    summary: {
      ...summary,
      backend: backend.kind,
      adapter: backend.adapter,
      rows,
      parameters: countParameters(spec),
      generationOrder: defaultOrder(configuration, orders),
    },
  };
}

function trainedIn(orders: OrderMix, artefact: ArgnArtefact): ArgnArtefact {
  return { ...artefact, manifest: { ...artefact.manifest, orders } };
}

/** The table as the privacy guard looks at it. */
function watch(table: PreparedTable, artefact: ArgnArtefact): WatchedTable {
  const { spec } = artefact.manifest;
  const parts = spec.subColumns.map(({ cardinality, column }, j) => ({
    cardinality,
    column,
    ...table.facts[j]!,
  }));
  return {
    metric: new CodeMetric(parts),
    codes: table.codes,
    rowCount: table.trainingRows + table.validationRows,
    order: defaultOrder(artefact.manifest.configuration, artefact.manifest.orders),
    logitBias: logitBiasOf(spec, forbiddenOf(artefact)),
  };
}

/** A backend ready to generate from a stored model. */
export async function loadModel(backend: Backend, artefact: ArgnArtefact): Promise<void> {
  const { weights } = artefact.tensors;
  await backend.init(artefact.manifest.spec, new Uint16Array(0), 0, { ...ADAM, weightDecay: 0 });
  const zeros = new Float32Array(weights.length);
  await backend.setState({
    parameters: weights,
    average: weights,
    firstMoment: zeros,
    secondMoment: zeros,
  });
}
