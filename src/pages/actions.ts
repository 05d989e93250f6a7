import { navigate } from 'wouter/use-hash-location';
import { create } from 'zustand';
import type { DoppelgridClient, SourceInput } from '../client/api';
import { showToast } from '../components/toasts';
import { errorText, isCanceled } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import type { SyntheticDatasetConfig } from '../domain/synthetic-datasets';
import { draftOf } from './lineage';

/** What the page itself is busy with and the client does not keep: the import under way, one-click runs. */
interface Activity {
  readonly importing: {
    readonly name: string;
    readonly progress: Job | null;
    readonly cancel: () => void;
  } | null;
  readonly importError: { readonly name: string; readonly message: string } | null;
  /** Generators whose training is followed by a synthetic dataset without another click. */
  readonly followUp: ReadonlySet<string>;
}

export const useActivity = create<Activity>()(() => ({
  importing: null,
  importError: null,
  followUp: new Set(),
}));

/** Tells a person of an error that no page shows. */
export function showError(error: unknown): void {
  showToast(errorText(error), 'error');
}

/** Imports files one after the other and ends on the page of the last. */
export async function importFiles(client: DoppelgridClient, files: readonly File[]): Promise<void> {
  for (const file of files) await importSource(client, file);
}

/** Imports one table, on the import page; errors stay there as a sentence. */
export async function importSource(client: DoppelgridClient, input: SourceInput): Promise<void> {
  if (useActivity.getState().importing) {
    showToast('One file is being read already. Wait for it, or cancel it first.', 'error');
    return;
  }
  const name = 'demo' in input ? input.demo : input.name;
  const controller = new AbortController();
  const importing = { name, progress: null, cancel: () => controller.abort() };
  useActivity.setState({ importing, importError: null });
  navigate('/import');
  try {
    const source = await client.sources.create(input, {
      signal: controller.signal,
      onProgress: (progress) => useActivity.setState({ importing: { ...importing, progress } }),
    });
    useActivity.setState({ importing: null });
    moveOn('/import', `/sources/${source.id}`);
  } catch (error) {
    useActivity.setState({ importing: null });
    if (isCanceled(error)) {
      showToast(errorText(error));
      if (isAt('/import')) navigate('/', { replace: true });
    } else {
      useActivity.setState({ importError: { name, message: errorText(error) } });
    }
  }
}

/** Opens the settings of a generator for a source. */
export function configure(client: DoppelgridClient, sourceId: string): void {
  try {
    navigate(`/generators/${draftFor(client, sourceId).id}`);
  } catch (error) {
    showError(error);
  }
}

/** One click: a generator for a source, its training, a synthetic dataset and its report. */
export async function synthesize(client: DoppelgridClient, sourceId: string): Promise<void> {
  try {
    const { id } = draftFor(client, sourceId);
    setFollowUp(id, true);
    navigate(`/generators/${id}`);
    await trainGenerator(client, id);
  } catch (error) {
    showError(error);
  }
}

/** Trains; a generator of a one-click run goes on to its synthetic dataset. */
export async function trainGenerator(client: DoppelgridClient, id: string): Promise<void> {
  const path = `/generators/${id}`;
  try {
    await client.generators.train(id);
    if (useActivity.getState().followUp.has(id)) {
      const dataset = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
      moveOn(path, `/synthetic-datasets/${dataset.id}`);
      await generateDataset(client, dataset.id);
    }
  } catch (error) {
    showEnd(client, id, error, 'The training was cancelled.');
  } finally {
    setFollowUp(id, false);
  }
}

/** Creates a synthetic dataset, goes to its page and generates. */
export async function createDataset(client: DoppelgridClient, config: SyntheticDatasetConfig): Promise<void> {
  try {
    const dataset = client.syntheticDatasets.create(config);
    navigate(`/synthetic-datasets/${dataset.id}`);
    await generateDataset(client, dataset.id);
  } catch (error) {
    showError(error);
  }
}

/** Generates rows and their report. */
export async function generateDataset(client: DoppelgridClient, id: string): Promise<void> {
  try {
    await client.syntheticDatasets.generate(id);
  } catch (error) {
    showEnd(client, id, error, 'The generation was cancelled.');
  }
}

/** The draft of a source, else a new generator with defaults. */
function draftFor({ generators }: DoppelgridClient, sourceId: string): Generator {
  return draftOf(sourceId, generators.list()) ?? generators.create(generators.propose(sourceId).config);
}

/** Marks or unmarks a generator as part of a one-click run. */
function setFollowUp(generatorId: string, on: boolean): void {
  useActivity.setState((state) => {
    const followUp = new Set(state.followUp);
    if (on) followUp.add(generatorId);
    else followUp.delete(generatorId);
    return { followUp };
  });
}

function isAt(path: string): boolean {
  return window.location.hash === `#${path}`;
}

/** Goes on to `to` if the person is still where the work was started. */
function moveOn(from: string, to: string): void {
  if (isAt(from)) navigate(to, { replace: true });
}

/** Says that work was cancelled or could not begin. How a job failed is told by its own page, and on every other. */
function showEnd({ jobs }: DoppelgridClient, id: string, error: unknown, canceled: string): void {
  if (isCanceled(error)) showToast(canceled);
  else if (jobs.list({ resourceId: id }).at(-1)?.status !== 'FAILED') showError(error);
}
