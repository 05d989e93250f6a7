import { quietJob } from '../../../../../src/threads/testing/quiet-job';
import type { ClassRule } from '../../../encoding/contract';
import type { TrainRequest } from '../../../protocol';
import { type MemoryColumn, MemoryDatabase } from '../../../testing/memory-database';
import { type RequestOverrides, trainRequest } from '../../../testing/train-request';
import { planTraining } from '../../../training-table';
import { type EncodedTable, encodeTable } from '../encode-table';
import { ArgnConfiguration } from '../family';
import type { InputLimit } from '../inputs/choose-inputs';
import type { Backend } from '../network/network-backend';
import { createNetwork, type Network, trainNetwork } from '../train-network';
import type { TrainingHooks } from '../training/training-setup';

/** Hooks that do nothing. */
export const QUIET = {
  ...quietJob(),
  onMessage: () => undefined,
  enter: () => undefined,
  update: () => undefined,
  onCheckpoint: async () => undefined,
} satisfies TrainingHooks;

/** What a test may change of how ARGN learns. */
export interface LearnOptions {
  readonly database?: MemoryDatabase;
  readonly classRule?: ClassRule;
  readonly limit?: InputLimit;
  readonly hooks?: Partial<TrainingHooks>;
}

/** Settings of a request for ARGN, whatever other families there are. */
export function argnOf({ table }: Pick<TrainRequest, 'table'>): ArgnConfiguration {
  return ArgnConfiguration.parse(table.tabularModelConfiguration);
}

/** A table in memory as ARGN sees it. */
export async function encodeColumnsOf(
  columns: readonly MemoryColumn[],
  overrides: RequestOverrides = {},
  { database = new MemoryDatabase({ source: columns }), classRule }: LearnOptions = {},
): Promise<EncodedTable> {
  const request = trainRequest(columns, overrides);
  const { table } = await planTraining(request, database);
  const job = { ...QUIET, onColumns: () => undefined };
  return encodeTable(table, argnOf(request), job, null, classRule);
}

/** Its network before training. */
export async function networkOf(
  columns: readonly MemoryColumn[],
  overrides: RequestOverrides = {},
  options: LearnOptions = {},
): Promise<{ table: EncodedTable; network: Network }> {
  const table = await encodeColumnsOf(columns, overrides, options);
  const configuration = argnOf(trainRequest(columns, overrides));
  return { table, network: await createNetwork(table, configuration, QUIET.yield, options.limit) };
}

/** Its network, trained on the backend. */
export async function trainColumns(
  backend: Backend,
  columns: readonly MemoryColumn[],
  overrides: RequestOverrides = {},
  options: LearnOptions = {},
) {
  const { table, network } = await networkOf(columns, overrides, options);
  return { network, ...(await trainNetwork(backend, table, network, { ...QUIET, ...options.hooks })) };
}
