import { encodeTable } from '../models/argn/encode-table';
import { ArgnModel } from '../models/argn/model';
import { argnOf, QUIET } from '../models/argn/testing/train-columns';
import { createNetwork, trainNetwork } from '../models/argn/train-network';
import { loadKernels } from '../models/argn/wasm/load-node';
import { WasmBackend } from '../models/argn/wasm/wasm-backend';
import { KeepingSampler } from '../rules/keep/keeping-sampler';
import { withRules } from '../rules/training-rules';
import { planTraining } from '../training-table';
import { type MemoryColumn, MemoryDatabase } from './memory-database';
import { trainRequest } from './train-request';

/**
 * A sampler of a table with all that its rules need, its learned columns, and how rules are kept.
 * @param configuration of the model, beside the defaults
 * @param subjectColumns as in the configuration of a table
 */
export async function learnWithRules(
  columns: readonly MemoryColumn[],
  configuration: object,
  subjectColumns: readonly string[] = [],
) {
  const request = trainRequest(columns, { configuration, subjectColumns });
  const { table: plan } = await planTraining(request, new MemoryDatabase({ source: columns }));
  const { table, kept } = await withRules(plan, request.table, QUIET);
  const argn = argnOf(request);
  const encoded = await encodeTable(table, argn, { ...QUIET, onColumns: () => undefined }, null);
  const module = await loadKernels();
  const network = await createNetwork(encoded, argn, QUIET.yield);
  const { learned } = await trainNetwork(new WasmBackend(module), encoded, network, QUIET);
  const inner = await new ArgnModel(async () => new WasmBackend(module)).open(learned, () => undefined);
  const schemas = plan.features.map(({ schema }) => schema);
  const own = schemas.map(({ name }) => columns.find((column) => column.name === name)!);
  return { sampler: new KeepingSampler(inner, kept, schemas), columns: own, kept };
}
