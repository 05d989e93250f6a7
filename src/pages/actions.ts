import { navigate } from 'wouter/use-hash-location';
import { create } from 'zustand';
import type { DoppelgridClient, SourceInput } from '../client/api';
import { preferences } from '../client/preferences';
import { showToast } from '../components/toasts';
import { errorText, isCanceled } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import type { Source } from '../domain/sources';
import type { SyntheticDatasetConfig } from '../domain/synthetic-datasets';
import { draftOf } from './lineage';
import { withModelDefaults } from './model-defaults';

/** What the page itself is busy with and the client does not keep: the import under way, one-click runs. */
interface Activity {
  readonly importing: {
    readonly name: string;
    readonly progress: Job | null;
    readonly cancel: () => void;
  } | null;
  readonly importError: { readonly name: string; readonly message: string } | null;
  /** Files that were brought in together, with what became of those that were read; one file alone is none. */
  readonly together: readonly { readonly name: string; readonly outcome: Source | string | null }[];
  /** Generators whose training goes on to a synthetic dataset and its report. */
  readonly followUp: ReadonlySet<string>;
}

export const useActivity = create<Activity>()(() => ({
  importing: null,
  importError: null,
  together: [],
  followUp: new Set(),
}));

/** Tells a person of an error that no page shows. */
export function showError(error: unknown): void {
  showToast(errorText(error), 'error');
}

/** Imports files one after the other; several end on the import page, which names each and leads to it. */
export async function importFiles(client: DoppelgridClient, files: readonly File[]): Promise<void> {
  const [first, ...others] = files;
  if (first && others.length === 0) return importSource(client, first);
  if (isImporting()) return;
  useActivity.setState({ together: files.map(({ name }) => ({ name, outcome: null })), importError: null });
  navigate('/import');
  for (const [index, file] of files.entries()) {
    const outcome = await readSource(client, file).catch(errorText);
    useActivity.setState(({ together }) => ({
      importing: null,
      together: together.map((entry, i) => (i === index ? { ...entry, outcome } : entry)),
    }));
  }
}

/** Imports one table, on the import page; errors stay there as a sentence. */
export async function importSource(client: DoppelgridClient, input: SourceInput): Promise<void> {
  if (isImporting()) return;
  useActivity.setState({ importError: null, together: [] });
  navigate('/import');
  try {
    const source = await readSource(client, input);
    // In one go: the import page with nothing to show leads back to the start.
    useActivity.setState({ importing: null });
    moveOn('/import', `/sources/${source.id}`);
  } catch (error) {
    useActivity.setState({ importing: null });
    if (isCanceled(error)) {
      showToast(errorText(error));
      if (isAt('/import')) navigate('/', { replace: true });
    } else {
      useActivity.setState({ importError: { name: nameOf(input), message: errorText(error) } });
    }
  }
}

/** Whether files are being read already, which is said. */
function isImporting(): boolean {
  const { importing, together } = useActivity.getState();
  const isBusy = importing !== null || together.some(({ outcome }) => outcome === null);
  if (isBusy) showToast('One file is being read already. Wait for it, or cancel it first.', 'error');
  return isBusy;
}

function nameOf(input: SourceInput): string {
  return 'demo' in input ? input.demo : input.name;
}

/** Imports one table and shows how far it is, until the caller says that it is over. */
function readSource(client: DoppelgridClient, input: SourceInput): Promise<Source> {
  const controller = new AbortController();
  const importing = { name: nameOf(input), progress: null, cancel: () => controller.abort() };
  useActivity.setState({ importing });
  return client.sources.create(input, {
    signal: controller.signal,
    onProgress: (progress) => useActivity.setState({ importing: { ...importing, progress } }),
  });
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
    navigate(`/generators/${id}`);
    await trainGenerator(client, id, true);
  } catch (error) {
    showError(error);
  }
}

/**
 * Trains.
 * @param goesOn whether a synthetic dataset with its report follows; by default as the person chose
 */
export async function trainGenerator(
  client: DoppelgridClient,
  id: string,
  goesOn = preferences.get().goesOn,
): Promise<void> {
  const path = `/generators/${id}`;
  setFollowUp(id, goesOn);
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

/** The draft of a source, else a new generator with the person's defaults. */
function draftFor({ generators }: DoppelgridClient, sourceId: string): Generator {
  const draft = draftOf(sourceId, generators.list());
  if (draft) return draft;
  const { config } = generators.propose(sourceId);
  return generators.create(withModelDefaults(config, preferences.get().modelSettings));
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
