import { checkDataset } from '../domain/datasets';
import { newId } from '../domain/ids';
import type { DatasetsApi } from './api';
import type { ClientContext } from './context';

/** Bundles of sources. */
export function createDatasets({ keeper, sourceDatasets, sources }: ClientContext): DatasetsApi {
  /** @throws UserError `not-found` for a source that is not there, if it is added */
  function checked(config: Parameters<DatasetsApi['create']>[0], known: readonly string[] = []) {
    const dataset = checkDataset(config);
    for (const id of dataset.sourceIds) if (!known.includes(id)) sources.get(id);
    return dataset;
  }

  return {
    create: (config) => sourceDatasets.put({ id: newId(), ...checked(config) }),
    update(id, fields) {
      const { id: _id, ...config } = sourceDatasets.get(id);
      return sourceDatasets.put({ id, ...checked({ ...config, ...fields }, config.sourceIds) });
    },
    get: (id) => sourceDatasets.get(id),
    list: () => sourceDatasets.list(),
    sources: (id) =>
      sourceDatasets
        .get(id)
        .sourceIds.flatMap((sourceId) => (sources.has(sourceId) ? [sources.get(sourceId)] : [])),
    async delete(id) {
      sourceDatasets.delete(id);
      await keeper.flush();
    },
  };
}
