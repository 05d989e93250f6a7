/** What can be done with a resource from a list, with what a person is told of it. */
import type { DoppelgridClient } from '../client/api';
import { saveFile } from '../components/save-file';
import { showToast } from '../components/toasts';
import { isCanceled } from '../domain/errors';
import type { Naming } from '../domain/naming';
import type { ListedKind, ResourceRow } from '../domain/resource-list';
import type { DownloadFormat } from '../domain/synthetic-datasets';
import { showError } from './actions';
import { mayLeave, mayLeaveAsModel } from './export-gate';

export type Listed = Pick<ResourceRow, 'kind' | 'id' | 'name' | 'projectId'>;

interface Named {
  readonly name: string;
}

/** The calls for each kind that is named and copied by itself. */
export function shelfOf(
  client: DoppelgridClient,
  kind: Exclude<ListedKind, 'report'>,
): {
  rename(id: string, naming: Naming): unknown;
  duplicate(id: string): Promise<{ readonly id: string } & (Named | { readonly config: Named })>;
} {
  return {
    source: client.sources,
    dataset: client.datasets,
    generator: client.generators,
    'synthetic-dataset': client.syntheticDatasets,
    recipe: client.recipes,
    connector: client.connectors,
  }[kind];
}

/** Another name, and the way back. */
export function renameResource(client: DoppelgridClient, { kind, id, name }: Listed, naming: Naming): void {
  if (kind === 'report') return;
  const { rename } = shelfOf(client, kind);
  attempt(() => {
    rename(id, naming);
    showToast(`Renamed to “${naming.name}”.`, 'info', {
      label: 'Undo',
      run: () => attempt(() => rename(id, { name })),
    });
  });
}

/** Once more. */
export async function duplicateResource(client: DoppelgridClient, { kind, id, name }: Listed): Promise<void> {
  if (kind === 'report') return;
  try {
    await shelfOf(client, kind).duplicate(id);
    showToast(`“${name}” is there once more.`);
  } catch (error) {
    showError(error);
  }
}

/** To another project, and the way back for each. */
export function moveResources(client: DoppelgridClient, items: readonly Listed[], projectId: string): void {
  attempt(() => {
    client.projects.move(items, projectId);
    const { name } = client.projects.get(projectId);
    const what = items.length === 1 ? `“${items[0]!.name}” was` : `${items.length} items were`;
    showToast(`${what} moved to “${name}”.`, 'info', {
      label: 'Undo',
      run: () =>
        attempt(() => {
          for (const item of items) client.projects.move([item], item.projectId);
        }),
    });
  });
}

/** The rows of a dataset as a file. */
export async function downloadRows(
  client: DoppelgridClient,
  id: string,
  format: DownloadFormat,
): Promise<void> {
  if (await mayLeave(client, client.syntheticDatasets.get(id)))
    await save(() => client.syntheticDatasets.download(id, format));
}

/** A generator as a file. */
export async function exportGenerator(client: DoppelgridClient, id: string): Promise<void> {
  return save(async () => ((await mayLeaveAsModel(client, id)) ? client.generators.export(id) : null));
}

/** The last version of a recipe as a file. */
export function exportRecipe(client: DoppelgridClient, id: string): Promise<void> {
  return save(async () => client.recipes.export(id));
}

/** A file of the workspace, as it is. */
export function downloadFile(client: DoppelgridClient, file: string): Promise<void> {
  return save(() => client.workspace.file(file));
}

/** A project as a file. */
export function exportProject(client: DoppelgridClient, id: string): Promise<void> {
  return save(() => client.projects.export(id));
}

async function save(make: () => Promise<File | null>): Promise<void> {
  try {
    const file = await make();
    if (file) saveFile(file);
  } catch (error) {
    if (!isCanceled(error)) showError(error);
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    showError(error);
  }
}
