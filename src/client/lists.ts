import { filterRows, type ListedKind, ResourceFilter, type ResourceRow } from '../domain/resource-list';
import { resourceRows } from '../domain/resource-rows';
import { parseConfig } from '../domain/zod';
import type { ListsApi } from './api';
import type { ClientContext } from './context';
import { stockOf } from './stock';

/** The lists of the resources of one kind. */
export function listsOf<T extends { readonly id: string }>(
  context: ClientContext,
  kind: ListedKind,
  shelf: { list(): T[]; get(id: string): T },
): ListsApi<T> {
  const { chosenProject, keeper, workers } = context;

  function found(filter: ResourceFilter, sizes: ReadonlyMap<string, number>): readonly ResourceRow[] {
    const checked = parseConfig(ResourceFilter, filter, 'filter');
    const stock = stockOf(context);
    const rows = resourceRows(kind, stock, {
      times: (_kind, id) => keeper.times({ kind, id }),
      bytesOf: (file) => sizes.get(file) ?? null,
    });
    return filterRows(rows, checked, stock.projects, chosenProject.get()).rows;
  }

  return {
    list: (filter) =>
      filter === undefined ? shelf.list() : found(filter, new Map()).map(({ id }) => shelf.get(id)),
    async overview(filter = {}) {
      const { files } = await (await workers.workspace()).usage();
      return [...found(filter, new Map(files.map(({ id, bytes }) => [id, bytes])))];
    },
  };
}
