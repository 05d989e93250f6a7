import { checkNaming } from '../../domain/naming';
import type { SourcesApi, SyntheticDatasetsApi } from '../api';
import type { ClientContext } from '../context';
import type { FileFetcher } from '../fetch-file';
import { listsOf } from '../lists';
import type { ConnectorsApi, LoadedConnectors } from './connectors-api';

/** Saved connections; what reaches them is loaded when it is needed: the first screen does without. */
export function lazyConnectors(
  context: ClientContext,
  client: { readonly sources: SourcesApi; readonly syntheticDatasets: SyntheticDatasetsApi },
  fetcher: FileFetcher,
): ConnectorsApi {
  const { connectors } = context;
  let opened: LoadedConnectors | null = null;
  // What could not be loaded is asked for again by the next call.
  const open = async () => {
    const { createConnectors } = await import('./connectors');
    opened ??= createConnectors(context, client, fetcher);
    return opened;
  };
  return {
    get: (id) => connectors.get(id),
    ...listsOf(context, 'connector', connectors),
    rename(id, naming) {
      connectors.get(id);
      connectors.patch(id, checkNaming(naming));
      return connectors.get(id);
    },
    create: async (...given) => (await open()).create(...given),
    update: async (...given) => (await open()).update(...given),
    duplicate: async (...given) => (await open()).duplicate(...given),
    delete: async (...given) => (await open()).delete(...given),
    state: async (...given) => (await open()).state(...given),
    allow: async (...given) => (await open()).allow(...given),
    test: async (...given) => (await open()).test(...given),
    locations: async (...given) => (await open()).locations(...given),
    schema: async (...given) => (await open()).schema(...given),
    readData: async (...given) => (await open()).readData(...given),
    query: async (...given) => (await open()).query(...given),
    queryNames: async (...given) => (await open()).queryNames(...given),
    toSource: async (...given) => (await open()).toSource(...given),
    toVersion: async (...given) => (await open()).toVersion(...given),
    writeData: async (...given) => (await open()).writeData(...given),
  };
}
