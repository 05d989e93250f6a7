/** What goes when something is deleted, and what happens to the rest. */
import type { Generator } from './generators';
import { isUnderWay } from './job';
import { onlyTable } from './only-table';
import { projectIdOf } from './projects';
import { allResources, type ListedKind, type Stock } from './resource-list';
import { versionsOf } from './source-versions';
import { generatorsOfTable } from './version-users';

export type DeletedRef =
  | { readonly kind: ListedKind | 'project'; readonly id: string }
  /** A version of the source that has the id. */
  | { readonly kind: 'version'; readonly id: string; readonly number: number };

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
  connected:
    'Its rows and versions stay. It can no longer be read again from where it came, and takes newer files by hand.',
  bundled: 'It is without this source from then on.',
  source: {
    untrained: 'It cannot be trained any more: its source goes.',
    onHold: 'Its training is on hold, and cannot go on: its source goes.',
    trained: 'It generates as before. Its rows can no longer be compared with the original in a report.',
  },
  version: {
    untrained: 'It is to be set up anew: the version that it would be trained on goes.',
    onHold: 'Its training is on hold, and cannot go on: the version that it is trained on goes.',
    trained:
      'It generates as before. Its report cannot be written again, and its training cannot go on with newer rows.',
  },
  generated: 'Its rows and its report stay. It cannot be generated or reported on again.',
  notGenerated: 'It cannot be generated any more: its generator goes.',
  notGeneratedOnHold: 'Its generation is on hold, and cannot go on: its generator goes.',
  compared: 'Its rows and its report stay. The report cannot be written again: the original rows go.',
} as const;

/** Order in which what is made of others goes first. */
const ORDER: readonly ListedKind[] = [
  'report',
  'synthetic-dataset',
  'generator',
  'recipe',
  'connector',
  'dataset',
  'source',
];

/** What the deletion of these would do. Nothing is changed. */
export function cascadeOf(refs: readonly DeletedRef[], stock: Stock): Cascade {
  const gone = new Map<string, CascadeItem>();
  const add = (kind: ListedKind, id: string, name: string) => gone.set(`${kind} ${id}`, { kind, id, name });
  const isGone = (kind: ListedKind, id: string) => gone.has(`${kind} ${id}`);
  const chosen = (kind: DeletedRef['kind'], id: string) =>
    refs.some((ref) => ref.kind === kind && ref.id === id);
  const home = projectIdOf(stock.projects);
  const names = namesOf(stock);
  const resources = allResources(stock);
  const evaluations = new Set(stock.reports.flatMap(({ id, evaluated }) => (evaluated ? [id] : [])));
  for (const { kind, id, within } of resources)
    if (chosen(kind, id) || ((kind !== 'report' || evaluations.has(id)) && chosen('project', home(within))))
      add(kind, id, names.get(id)!);
  for (const { id, syntheticDatasetId } of stock.reports)
    if (isGone('synthetic-dataset', syntheticDatasetId)) add('report', id, names.get(id)!);

  const stays: (CascadeItem & { loses: string })[] = [];
  const ends: string[] = [];
  let blocked: string | null = null;
  const usesGone = ({ config }: Generator) =>
    config.tables.some(
      ({ sourceId, holdoutSourceId }) =>
        isGone('source', sourceId) || (holdoutSourceId !== null && isGone('source', holdoutSourceId)),
    );
  const ofVersions = generatorsOfVersions(refs, stock);
  for (const { id, name, sourceIds } of stock.sourceDatasets)
    if (!isGone('dataset', id) && sourceIds.some((sourceId) => isGone('source', sourceId)))
      stays.push({ kind: 'dataset', id, name, loses: LOSES.bundled });
  for (const { id, name, from } of stock.sources)
    if (!isGone('source', id) && from && isGone('connector', from.connectorId))
      stays.push({ kind: 'source', id, name, loses: LOSES.connected });
  const without = new Set<string>();
  for (const generator of stock.generators) {
    const { id, config, trainingStatus, summary } = generator;
    const isRunning = isUnderWay(trainingStatus);
    if (isGone('generator', id)) {
      if (isRunning) ends.push(`the training of “${config.name}”`);
      continue;
    }
    const isOfVersion = !usesGone(generator);
    if (isOfVersion && !ofVersions.has(id)) continue;
    without.add(id);
    const what = isOfVersion ? 'version' : 'source';
    if (isRunning)
      blocked ??= `“${config.name}” is being trained on this ${what}. Cancel the training first.`;
    const state = trainingStatus === 'ON_HOLD' ? 'onHold' : summary ? 'trained' : 'untrained';
    stays.push({ kind: 'generator', id, name: config.name, loses: LOSES[what][state] });
  }
  for (const { id, config, generationStatus, summary } of stock.datasets) {
    const isRunning = isUnderWay(generationStatus);
    const item = { kind: 'synthetic-dataset', id, name: config.name } as const;
    if (isGone('synthetic-dataset', id)) {
      if (isRunning) ends.push(`the generation of “${config.name}”`);
    } else if (isGone('generator', config.generatorId)) {
      if (isRunning)
        blocked ??= `“${config.name}” is being generated with this generator. Cancel the generation first.`;
      const isHeld = generationStatus === 'ON_HOLD';
      const lost = isHeld ? LOSES.notGeneratedOnHold : LOSES.notGenerated;
      stays.push({ ...item, loses: summary ? LOSES.generated : lost });
    } else if (without.has(config.generatorId) && summary) {
      stays.push({ ...item, loses: LOSES.compared });
    }
  }
  const sorted = [...gone.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const projects = stock.projects.filter(({ id }) => chosen('project', id)).map(({ name }) => name);
  return { gone: sorted, projects, stays, ends, blocked };
}

/** Ids of the generators that need the rows of versions. */
function generatorsOfVersions(
  refs: readonly DeletedRef[],
  { sources, generators }: Stock,
): ReadonlySet<string> {
  const users = refs.flatMap((ref) => {
    if (ref.kind !== 'version') return [];
    const source = sources.find(({ id }) => id === ref.id);
    const version = source && versionsOf(source).find(({ number }) => number === ref.number);
    return version ? generatorsOfTable(generators, onlyTable(version).id) : [];
  });
  return new Set(users.map(({ id }) => id));
}

/** What everything is called; a report as its dataset. */
function namesOf(stock: Stock): ReadonlyMap<string, string> {
  const { sources, sourceDatasets, generators, datasets, reports, recipes, connectors } = stock;
  const named = [...sources, ...sourceDatasets, ...recipes, ...connectors];
  const names = new Map(named.map(({ id, name }) => [id, name]));
  for (const { id, config } of [...generators, ...datasets]) names.set(id, config.name);
  for (const { id, syntheticDatasetId, evaluated } of reports)
    names.set(id, evaluated?.files.synthetic.name ?? names.get(syntheticDatasetId) ?? 'Report');
  return names;
}
