/** What goes when something is deleted, and what happens to the rest. */
import type { Generator } from './generators';
import { isUnderWay } from './job';
import { projectIdOf } from './projects';
import type { ListedKind, Stock } from './resource-list';

export interface DeletedRef {
  readonly kind: ListedKind | 'project';
  readonly id: string;
}

/** A line of a preview. */
export interface CascadeItem {
  readonly kind: ListedKind;
  readonly id: string;
  readonly name: string;
}

export interface Cascade {
  /** Everything that goes, in an order in which it can be deleted. */
  readonly gone: readonly CascadeItem[];
  /** Names of projects that go. */
  readonly projects: readonly string[];
  /** What stays and loses something, with what it loses as a sentence. */
  readonly stays: readonly (CascadeItem & { readonly loses: string })[];
  /** Trainings and generations that end with it, by name. */
  readonly ends: readonly string[];
  /** Why it cannot be deleted now; null = it can. */
  readonly blocked: string | null;
}

/** A generator that has no source loses its report and its training, if it had none. */
const LOSES = {
  untrained: 'It cannot be trained any more: its source goes.',
  trained: 'It generates as before. Its rows can no longer be compared with the original in a report.',
  generated: 'Its rows and its report stay. It cannot be generated or reported on again.',
  notGenerated: 'It cannot be generated any more: its generator goes.',
  compared: 'Its rows and its report stay. The report cannot be written again: the original rows go.',
} as const;

/** Order in which what is made of others goes first. */
const ORDER: readonly ListedKind[] = ['report', 'synthetic-dataset', 'generator', 'source'];

/** What the deletion of these would do. Nothing is changed. */
export function cascadeOf(refs: readonly DeletedRef[], stock: Stock): Cascade {
  const gone = new Map<string, CascadeItem>();
  const add = (kind: ListedKind, id: string, name: string) => gone.set(`${kind} ${id}`, { kind, id, name });
  const isGone = (kind: ListedKind, id: string) => gone.has(`${kind} ${id}`);
  const chosen = (kind: DeletedRef['kind'], id: string) =>
    refs.some((ref) => ref.kind === kind && ref.id === id);
  const home = projectIdOf(stock.projects);
  const inProject = (item: { readonly projectId?: string }) => chosen('project', home(item));

  for (const source of stock.sources)
    if (chosen('source', source.id) || inProject(source)) add('source', source.id, source.name);
  for (const generator of stock.generators)
    if (chosen('generator', generator.id) || inProject(generator))
      add('generator', generator.id, generator.config.name);
  for (const dataset of stock.datasets)
    if (chosen('synthetic-dataset', dataset.id) || inProject(dataset))
      add('synthetic-dataset', dataset.id, dataset.config.name);
  const datasets = new Map(stock.datasets.map((dataset) => [dataset.id, dataset]));
  for (const { id, syntheticDatasetId } of stock.reports)
    if (chosen('report', id) || isGone('synthetic-dataset', syntheticDatasetId))
      add('report', id, datasets.get(syntheticDatasetId)?.config.name ?? 'Report');

  const stays: (CascadeItem & { loses: string })[] = [];
  const ends: string[] = [];
  let blocked: string | null = null;
  const usesGone = ({ config }: Generator) =>
    config.tables.some(
      ({ sourceId, holdoutSourceId }) =>
        isGone('source', sourceId) || (holdoutSourceId !== null && isGone('source', holdoutSourceId)),
    );
  const without = new Set<string>();
  for (const generator of stock.generators) {
    const { id, config, trainingStatus, summary } = generator;
    const isRunning = isUnderWay(trainingStatus);
    if (isGone('generator', id)) {
      if (isRunning) ends.push(`the training of “${config.name}”`);
    } else if (usesGone(generator)) {
      without.add(id);
      if (isRunning)
        blocked ??= `“${config.name}” is being trained on this source. Cancel the training first.`;
      const loses = summary ? LOSES.trained : LOSES.untrained;
      stays.push({ kind: 'generator', id, name: config.name, loses });
    }
  }
  for (const { id, config, generationStatus, summary } of stock.datasets) {
    const isRunning = isUnderWay(generationStatus);
    const item = { kind: 'synthetic-dataset', id, name: config.name } as const;
    if (isGone('synthetic-dataset', id)) {
      if (isRunning) ends.push(`the generation of “${config.name}”`);
    } else if (isGone('generator', config.generatorId)) {
      if (isRunning)
        blocked ??= `“${config.name}” is being generated with this generator. Cancel the generation first.`;
      stays.push({ ...item, loses: summary ? LOSES.generated : LOSES.notGenerated });
    } else if (without.has(config.generatorId) && summary) {
      stays.push({ ...item, loses: LOSES.compared });
    }
  }
  const sorted = [...gone.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const projects = stock.projects.filter(({ id }) => chosen('project', id)).map(({ name }) => name);
  return { gone: sorted, projects, stays, ends, blocked };
}
