import { checkDataset } from '../domain/datasets';
import { newId } from '../domain/ids';
import { checkNaming, nameOfCopy } from '../domain/naming';
import type { DatasetsApi } from './api';
import type { ClientContext } from './context';
import { listsOf } from './lists';
import { currentProjectId, inProject } from './stock';

/** Bundles of sources. */
export function createDatasets(context: ClientContext): DatasetsApi {
  const { keeper, sourceDatasets, sources } = context;

  /** @throws UserError `not-found` for a source that is not there, if it is added */
  function checked(config: Parameters<DatasetsApi['create']>[0], known: readonly string[] = []) {
    const dataset = checkDataset(config);
    for (const id of dataset.sourceIds) if (!known.includes(id)) sources.get(id);
    return dataset;
  }

  return {
    create: (config) =>
      sourceDatasets.put({ id: newId(), ...checked(config), ...inProject(currentProjectId(context)) }),
    update(id, fields) {
      const { id: _id, projectId, ...config } = sourceDatasets.get(id);
      const changed = checked({ ...config, ...fields }, config.sourceIds);
      return sourceDatasets.put({ id, ...changed, ...inProject(projectId) });
    },
    get: (id) => sourceDatasets.get(id),
    ...listsOf(context, 'dataset', sourceDatasets),
    rename(id, naming) {
      sourceDatasets.get(id);
      sourceDatasets.patch(id, checkNaming(naming));
      return sourceDatasets.get(id);
    },
    async duplicate(id) {
      const dataset = sourceDatasets.get(id);
      const copy = sourceDatasets.put({ ...dataset, id: newId(), name: nameOfCopy(dataset.name) });
      await keeper.flush();
      return copy;
    },
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
