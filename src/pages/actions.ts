import { navigate } from 'wouter/use-hash-location';
import { create } from 'zustand';
import type { DoppelgridClient, LongCall, SourceInput } from '../client/api';
import { preferences } from '../client/preferences';
import { showToast } from '../components/toasts';
import { fetchedName } from '../domain/addresses';
import { errorText, isCanceled, isPaused } from '../domain/errors';
import { pathsOf, unionName } from '../domain/file-union';
import type { Generator } from '../domain/generators';
import type { Job } from '../domain/job';
import { isConfiguration, type ReadJobConfig, readConfiguration } from '../domain/job-configuration';
import { onlyTable } from '../domain/only-table';
import { MAX_RECIPE_BYTES, RECIPE_FORMAT } from '../domain/recipes';
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
  /** Files that wait for a person to say whether they are one table or several. */
  readonly choosing: readonly File[];
  /** A configuration that waits for a source or a generator to be chosen. */
  readonly configuration: ({ readonly name: string } & ReadJobConfig) | null;
}

export const useActivity = create<Activity>()(() => ({
  importing: null,
  importError: null,
  together: [],
  choosing: [],
  configuration: null,
}));

/** Tells a person of an error that no page shows. */
export function showError(error: unknown): void {
  showToast(errorText(error), 'error');
}

/** Imports tables, generators, projects and configurations: JSON and archives may be any of these. */
export async function importFiles(client: DoppelgridClient, files: readonly File[]): Promise<void> {
  const tables: File[] = [];
  for (const file of files) {
    if (/\.json$/i.test(file.name) && (await isOwnJson(file))) await openJson(client, file.name, file);
    else if (/\.zip$/i.test(file.name) && (await client.projects.isArchive(file)))
      await (files.length === 1 ? importArchive(client, file) : importBeside(client, file));
    else tables.push(file);
  }
  const [first, ...others] = tables;
  if (!first) return;
  if (others.length === 0) return importSource(client, first);
  if (isImporting()) return;
  useActivity.setState({ choosing: tables, together: [], importError: null });
  navigate('/import');
}

/** Forgets files that were brought in together, and goes back. */
export function dropChoice(): void {
  useActivity.setState({ choosing: [] });
  navigate('/', { replace: true });
}

/** A recipe or a configuration, and no table. */
async function isOwnJson(file: File): Promise<boolean> {
  if (file.size > MAX_RECIPE_BYTES) return false;
  const text = await file.text();
  return text.includes(RECIPE_FORMAT) || isConfiguration(text);
}

/** Imports a recipe that was dropped or pasted and shows it; anything else is to be a configuration. */
export async function openJson(client: DoppelgridClient, name: string, file: File): Promise<void> {
  try {
    const text = file.size <= MAX_RECIPE_BYTES ? await file.text() : '';
    if (!text.includes(RECIPE_FORMAT) && text !== '') return openConfiguration(name, text);
    const { id } = await client.recipes.import(file);
    navigate(`/recipes/${id}`);
  } catch (error) {
    showError(error);
  }
}

/** Shows a configuration that was dropped or pasted, to be used on a source; says what is wrong with it if it is none. */
export function openConfiguration(name: string, text: string): void {
  try {
    useActivity.setState({ configuration: { name, ...readConfiguration(text) } });
  } catch (error) {
    showError(error);
  }
}

/** Imports files as a source each, one after the other, on the import page, which names each and leads to it. */
export async function importTables(client: DoppelgridClient, files: readonly File[]): Promise<void> {
  if (isImporting()) return;
  const together = files.map(({ name }) => ({ name, outcome: null }));
  useActivity.setState({ together, choosing: [], importError: null });
  navigate('/import');
  for (const [index, file] of files.entries()) {
    const outcome = await readSource(client, file).catch(errorText);
    useActivity.setState(({ together }) => ({
      importing: null,
      together: together.map((entry, i) => (i === index ? { ...entry, outcome } : entry)),
    }));
  }
}

/** Imports one table. */
export function importSource(client: DoppelgridClient, input: SourceInput): Promise<void> {
  return bringIn(nameOf(input), async () => `/sources/${(await readSource(client, input)).id}`);
}

/** Fetches a file from another address and imports it as a table. */
export function importAddress(client: DoppelgridClient, address: string): Promise<void> {
  const name = fileAt(address);
  return bringIn(name, async () => {
    const call = begin(name);
    const file = await client.sources.fetch(address, call);
    return `/sources/${(await client.sources.create(file, call)).id}`;
  });
}

/** Imports a generator or a project that was exported; a project is worked in from then on. */
function importArchive(client: DoppelgridClient, file: File): Promise<void> {
  return bringIn(file.name, async () => {
    const call = begin(file.name);
    if (!(await client.projects.isProjectFile(file)))
      return `/generators/${(await client.generators.import(file, call)).id}`;
    const { id, name } = await client.projects.import(file, call);
    client.projects.switchTo(id);
    showToast(`You work in “${name}” now.`);
    return '/projects';
  });
}

/** Imports a generator or project that was dropped with other files, which have the import page. Its job tells how it ended. */
async function importBeside(client: DoppelgridClient, file: File): Promise<void> {
  if (isImporting()) return;
  try {
    const call = begin(file.name);
    if (await client.projects.isProjectFile(file)) await client.projects.import(file, call);
    else await client.generators.import(file, call);
  } catch (error) {
    // Jobs are silent on the page that shows them.
    if (isAt('/import')) showError(error);
  } finally {
    useActivity.setState({ importing: null });
  }
}

/** Imports something on the import page and goes on to its own; errors stay there as a sentence. */
async function bringIn(name: string, bring: () => Promise<string>): Promise<void> {
  if (isImporting()) return;
  useActivity.setState({ importError: null, together: [], choosing: [] });
  navigate('/import');
  try {
    const path = await bring();
    // In one go: the import page with nothing to show leads back to the start.
    useActivity.setState({ importing: null });
    moveOn('/import', path);
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

/** Whether files are being read already, which is said. */
function isImporting(): boolean {
  const { importing, together } = useActivity.getState();
  const isBusy = importing !== null || together.some(({ outcome }) => outcome === null);
  if (isBusy) showToast('One file is being read already. Wait for it, or cancel it first.', 'error');
  return isBusy;
}

/** What a file at an address is called, as far as that can be told before it comes. */
function fileAt(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url ? fetchedName(url, null) : 'The address';
}

function nameOf(input: SourceInput): string {
  if (input instanceof File) return input.name;
  if ('files' in input) return input.name ?? unionName(pathsOf(input.files));
  return 'demo' in input ? input.demo : input.name;
}

/** Imports one table and shows how far it is, until the caller says that it is over. */
function readSource(client: DoppelgridClient, input: SourceInput): Promise<Source> {
  return client.sources.create(input, begin(nameOf(input)));
}

/** Shows that something is being read. */
function begin(name: string): LongCall {
  const controller = new AbortController();
  const importing = { name, progress: null, cancel: () => controller.abort() };
  useActivity.setState({ importing });
  return {
    signal: controller.signal,
    onProgress: (progress) => useActivity.setState({ importing: { ...importing, progress } }),
  };
}

/** Puts the configuration of a generator on the clipboard, as `config.json` has it. */
export async function copyConfiguration(client: DoppelgridClient, id: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(JSON.stringify(client.generators.configuration(id), null, 2));
    showToast('The configuration was copied. Paste it on the first screen to use it on a source.');
  } catch (error) {
    showError(error);
  }
}

/**
 * Opens the settings of a generator for a source.
 * @param version of the source; default: the current one
 */
export function configure(client: DoppelgridClient, sourceId: string, version?: number): void {
  try {
    navigate(`/generators/${draftFor(client, sourceId, version).id}`);
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
 * @param begin what begins the training, or goes on with it
 */
export async function trainGenerator(
  client: DoppelgridClient,
  id: string,
  goesOn = preferences.get().goesOn,
  begin: () => Promise<unknown> = () => client.generators.train(id),
): Promise<void> {
  const path = `/generators/${id}`;
  try {
    client.generators.setGoesOn(id, goesOn);
    await begin();
    const dataset = client.syntheticDatasets.follow(id);
    if (!dataset) return;
    moveOn(path, `/synthetic-datasets/${dataset.id}`);
    await generateDataset(client, dataset.id);
  } catch (error) {
    showEnd(client, id, error, 'The training was cancelled.');
  }
}

/** Goes on with a training that is on hold, and to what follows it. */
export function resumeTraining(client: DoppelgridClient, id: string): Promise<void> {
  const { goesOn = false } = client.generators.get(id);
  return trainGenerator(client, id, goesOn, () => client.generators.resume(id));
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
export async function generateDataset(
  client: DoppelgridClient,
  id: string,
  begin: () => Promise<unknown> = () => client.syntheticDatasets.generate(id),
): Promise<void> {
  try {
    await begin();
  } catch (error) {
    showEnd(client, id, error, 'The generation was cancelled.');
  }
}

/** Goes on with a generation that is on hold. */
export function resumeGeneration(client: DoppelgridClient, id: string): Promise<void> {
  return generateDataset(client, id, () => client.syntheticDatasets.resume(id));
}

/** The draft of a source, else a new generator with the person's defaults. */
function draftFor({ generators }: DoppelgridClient, sourceId: string, version?: number): Generator {
  const { config } = generators.propose(sourceId, version);
  const draft = draftOf(sourceId, onlyTable(config).tableId, generators.list());
  if (draft) return draft;
  return generators.create(withModelDefaults(config, preferences.get().modelSettings));
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
  // Who paused it sees that.
  if (isPaused(error)) return;
  if (isCanceled(error)) showToast(canceled);
  else if (jobs.list({ resourceId: id }).at(-1)?.status !== 'FAILED') showError(error);
}
