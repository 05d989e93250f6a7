/** A client over workers that only pretend, for tests. */
import { afterEach, beforeEach } from 'vitest';
import { UserError } from '../../domain/errors';
import { onlyTable } from '../../domain/only-table';
import type { Source } from '../../domain/sources';
import type { DoppelgridClient } from '../api';
import { createClient } from '../client';
import { FakeWorkers } from './fake-workers';

export const HEADER = 'id,a,b';
/** An error that a worker may fail with. */
export const broken = new UserError('training/failed', 'The numbers broke.');

/** The error of a call; null if it goes well. */
export const failed = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error as UserError,
  );

/** Time for what is under way to come about. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A fresh client for each test of a file, and short ways to what its tests need. */
export function clientOfEachTest() {
  let workers: FakeWorkers;
  let client: DoppelgridClient;
  beforeEach(() => {
    client = createClient((post) => {
      workers = new FakeWorkers(post);
      return workers;
    });
  });
  afterEach(() => workers.close());

  const bringIn = (name = 'people', header = HEADER): Promise<Source> =>
    client.sources.create({ name: `${name}.csv`, text: `${header}\n${'1,x,y\n'.repeat(10)}` });
  const configOf = (source: Source) => client.generators.propose(source.id).config;
  const generatorOf = async (source?: Source) =>
    client.generators.create(configOf(source ?? (await bringIn())));
  return {
    get workers() {
      return workers;
    },
    get client() {
      return client;
    },
    bringIn,
    configOf,
    generatorOf,
    trained: async (source?: Source) => client.generators.train((await generatorOf(source)).id),
    datasetOf(generatorId: string, settings: { enableDataReport?: boolean } = {}) {
      const config = client.syntheticDatasets.propose(generatorId);
      Object.assign(onlyTable(config).configuration, settings);
      return client.syntheticDatasets.create(config);
    },
    trainingStatus: (id: string) => client.generators.get(id).trainingStatus,
    generationStatus: (id: string) => client.syntheticDatasets.get(id).generationStatus,
  };
}
