import { navigate } from 'wouter/use-hash-location';
import type { DoppelgridClient, SourceInput } from '../client/api';
import { showToast } from '../components/toasts';
import { isCanceled } from '../domain/errors';
import type { SyntheticDatasetConfig } from '../domain/synthetic-datasets';
import { setFollowUp, useActivity } from './activity';
import { draftOf } from './chain';

/** The words of an error that a person is shown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isAt(path: string): boolean {
  return window.location.hash === `#${path}`;
}

/** Goes on to `to` if the person is still where the work was started; else says that it is ready. */
function moveOn(from: string, to: string, ready: string): void {
  if (isAt(from)) navigate(to, { replace: true });
  else showToast(ready);
}

function inputName(input: SourceInput): string {
  if (input instanceof File) return input.name;
  return 'demo' in input ? input.demo : input.name;
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
  const name = inputName(input);
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
    moveOn('/import', `/sources/${source.id}`, `${source.name} has been read.`);
  } catch (error) {
    useActivity.setState({ importing: null });
    if (isCanceled(error)) {
      showToast(errorText(error));
      if (isAt('/import')) navigate('/', { replace: true });
    } else {
      useActivity.setState({ importError: { name, message: errorText(error) } });
      if (!isAt('/import')) showToast(errorText(error), 'error');
    }
  }
}

/** One press: the draft of this source, else a generator with defaults; its training, a synthetic dataset and its report. */
export async function synthesize(client: DoppelgridClient, sourceId: string): Promise<void> {
  try {
    const generator =
      draftOf(sourceId, client.generators.list()) ??
      client.generators.create(client.generators.propose(sourceId).config);
    setFollowUp(generator.id, true);
    navigate(`/generators/${generator.id}`);
    await trainGenerator(client, generator.id);
  } catch (error) {
    showToast(errorText(error), 'error');
  }
}

/** Trains; a generator of a one-press run goes on to its synthetic dataset. Failures show on its page. */
export async function trainGenerator(client: DoppelgridClient, id: string): Promise<void> {
  const path = `/generators/${id}`;
  try {
    const generator = await client.generators.train(id);
    if (!useActivity.getState().followUp.has(id)) {
      if (!isAt(path)) showToast(`“${generator.config.name}” has been trained.`);
      return;
    }
    const dataset = client.syntheticDatasets.create(client.syntheticDatasets.propose(id));
    moveOn(path, `/synthetic-datasets/${dataset.id}`, `“${generator.config.name}” has been trained.`);
    await generateDataset(client, dataset.id);
  } catch (error) {
    if (isCanceled(error)) showToast('The training was cancelled.');
    else if (!isAt(path)) showToast(errorText(error), 'error');
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
    showToast(errorText(error), 'error');
  }
}

/** Generates; failures show on the page of the dataset. */
export async function generateDataset(client: DoppelgridClient, id: string): Promise<void> {
  const path = `/synthetic-datasets/${id}`;
  try {
    const dataset = await client.syntheticDatasets.generate(id);
    if (!isAt(path)) showToast(`“${dataset.config.name}” is ready.`);
  } catch (error) {
    if (isCanceled(error)) showToast('The generation was cancelled.');
    else if (!isAt(path)) showToast(errorText(error), 'error');
  }
}
