import type {
  RecordKey,
  StoredRecord,
  WorkspaceEvent,
  WorkspaceUsage,
} from '../../workers/workspace/protocol';
import { type Generator, hasDatasetToCome, modelIdsOf } from '../domain/generators';
import { isUnderWay, isUnfinished, type Job } from '../domain/job';
import { onlyTable } from '../domain/only-table';
import { type RecordKind, upgraded, wrongWith } from '../domain/records';
import { filesOf, withoutNewer } from '../domain/source-versions';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { ClientEvent, WorkspaceClientApi } from './api';
import { isPersisted, persist } from './browser-storage';
import type { ClientContext } from './context';
import type { InterruptedJobs } from './interrupted-jobs';
import { obeyHere } from './jobs-of-resources';
import { LeftBehind } from './left-behind';

/** What is kept, and how it comes back. @param onJob told of what other pages say of jobs */
export function createWorkspace(
  context: ClientContext,
  emit: (event: ClientEvent) => void,
  onJob: (job: Job) => void,
  interrupted: Omit<InterruptedJobs, 'resume'>,
): WorkspaceClientApi & { accept(event: WorkspaceEvent): void } {
  const {
    broughtFiles,
    connectors,
    datasets,
    generators,
    handles,
    jobs,
    keeper,
    projects,
    protectionKeys,
    recipes,
    reports,
    restorer,
    setAside,
    sourceDatasets,
    sources,
    unkept,
    workers,
  } = context;
  const leftBehind = new LeftBehind(context, interrupted);
  let opened: Promise<void> | null = null;
  let isOpen = false;

  async function open(): Promise<void> {
    try {
      const workspace = await workers.workspace();
      const records = await workspace.load();
      leftBehind.open();
      context.requests.open((jobId, request) => obeyHere(context, jobId, request));
      for (const record of records) take(record);
    } finally {
      isOpen = true;
      emit({ type: 'workspace' });
    }
  }

  const shelfOf: Readonly<Record<RecordKind, { drop(id: string): void } | undefined>> = {
    source: sources,
    generator: generators,
    'synthetic-dataset': datasets,
    report: reports,
    recipe: recipes,
    connector: connectors,
    handle: handles,
    job: { drop: (id) => !jobs.isHere(id) && jobs.known.drop(id) },
    dataset: sourceDatasets,
    'protection-key': protectionKeys,
    project: projects,
  };

  /** Forgets what another page removed, with everything that this one was doing with it. */
  async function forget({ kind, id }: RecordKey): Promise<void> {
    const tables =
      kind === 'source' && sources.has(id)
        ? filesOf(sources.get(id)).flatMap((version) => version.tables)
        : [];
    const rows = kind === 'synthetic-dataset' && datasets.has(id) ? datasets.get(id).tables : [];
    const models = kind === 'generator' && generators.has(id) ? modelIdsOf(generators.get(id)) : [];
    setAside.drop(kind, id);
    shelfOf[kind]?.drop(id);
    await jobs.cancel(id);
    for (const table of [...tables, ...rows]) await restorer.dropTable(table.id);
    for (const modelId of models) await restorer.dropModel(modelId);
  }

  /** Shows a record, or sets it aside. */
  function take(record: StoredRecord): void {
    const { kind, id, version, missing, writer, createdAt, updatedAt } = record;
    const value = keeper.withChanges({ kind, id }, upgraded(kind, version, record.value));
    if (value === null) return;
    keeper.accept({ kind, id }, { createdAt, updatedAt });
    const reason = wrongWith(kind, version, value);
    setAside.drop(kind, id);
    if (reason !== null) {
      setAside.put(kind, id, value, reason);
      // What an open page of an earlier version shows of it would replace it.
      shelfOf[kind]?.drop(id);
      return;
    }
    // Checked above: the schemas of the records are those of what the shelves hold.
    const item = value as never;
    if (kind === 'source') acceptSource(missing.length > 0 ? withoutFiles(item, missing) : item);
    else if (kind === 'generator') acceptGenerator(item);
    else if (kind === 'synthetic-dataset') acceptDataset(item);
    else if (kind === 'report') reports.accept(item);
    else if (kind === 'recipe') recipes.accept(item);
    else if (kind === 'job') acceptJob(item);
    else if (kind === 'project') projects.accept(item);
    else if (kind === 'dataset') sourceDatasets.accept(item);
    else if (kind === 'connector') connectors.accept(item);
    else if (kind === 'handle') handles.accept(id, (value as { handle: FileSystemHandle }).handle);
    else protectionKeys.accept(id, (value as { key: string }).key);
    const statuses = value as Partial<Generator & SyntheticDataset & Job>;
    const { trainingStatus = 'NEW', generationStatus = 'NEW', status = 'NEW' } = statuses;
    const isWorkedOn = [trainingStatus, generationStatus, kind === 'job' ? status : 'NEW'].some(isUnderWay);
    if (isWorkedOn || (kind === 'generator' && hasDatasetToCome(item)))
      leftBehind.follow(`${kind}/${id}`, writer);
  }

  /** Its last job is a record of its own. */
  function acceptGenerator(record: Generator): void {
    const progress = jobs.known.latest('training', record.id);
    const isToldByJob = progress !== null && isUnfinished(record.trainingStatus);
    generators.accept({ ...record, progress, ...(isToldByJob && { messages: progress.messages }) });
  }

  function acceptDataset(record: SyntheticDataset): void {
    datasets.accept({ ...record, progress: jobs.known.latest('generation', record.id) });
  }

  /** Nobody knows better how far a job is than the page that runs it. */
  function acceptJob(job: Job): void {
    if (jobs.isHere(job.id)) return;
    jobs.known.accept(job);
    showOnResource(context, job);
    if (isOpen) onJob(job);
  }

  /** A source that another page has read again has another table; this page reads it when it is needed. */
  function acceptSource(record: Source): void {
    // One of which there is no copy lasts as long as the page that read it.
    const isLost = record.newer && !record.newer.file && !broughtFiles.has(onlyTable(record.newer).id);
    const source = isLost ? withoutNewer(record) : record;
    const readings = readingsOf(source);
    const before = sources.has(source.id) ? readingsOf(sources.get(source.id)) : readings;
    for (const [id, reading] of before)
      if (readings.get(id) !== reading) void restorer.dropTable(id).catch(() => undefined);
    sources.accept(source);
  }

  return {
    open: () => {
      opened ??= open();
      return opened;
    },
    isOpen: () => isOpen,
    state: () => workers.state,
    setAside: () => setAside.list(),
    times: (key) => keeper.times(key),
    flush: () => {
      jobs.known.flush();
      return keeper.flush();
    },
    isUnwritten: () => keeper.isFailing || unkept.isWaiting,
    isPersisted,
    persist,
    usage: async (): Promise<WorkspaceUsage> => (await workers.workspace()).usage(),
    file: async (id) => (await workers.workspace()).read(id),
    async clear() {
      await (await workers.workspace()).clear();
    },
    accept({ put, removed }) {
      for (const record of put) take(record);
      for (const key of removed) void forget(key).catch(() => undefined);
      emit({ type: 'workspace' });
    },
  };
}

/** By id of a table: what tells one reading of its file from another. */
function readingsOf(source: Source): Map<string, string> {
  return new Map(
    filesOf(source).flatMap(({ tables, dialect, importSeconds }) =>
      tables.map(({ id }): [string, string] => [id, JSON.stringify([dialect, importSeconds])]),
    ),
  );
}

/** Shows a training or generation on what it makes, unless there is a newer one. */
export function showOnResource({ datasets, generators }: ClientContext, job: Job): void {
  const { kind, resource } = job;
  const isNewer = (shown: Job | null) => shown === null || shown.createdAt <= job.createdAt;
  if (kind === 'training' && generators.has(resource.id)) {
    const { progress, trainingStatus } = generators.get(resource.id);
    if (progress === job || !isNewer(progress)) return;
    const { messages } = job;
    generators.patchHere(resource.id, { progress: job, ...(isUnfinished(trainingStatus) && { messages }) });
  }
  if (kind === 'generation' && datasets.has(resource.id)) {
    const { progress } = datasets.get(resource.id);
    if (progress !== job && isNewer(progress)) datasets.patchHere(resource.id, { progress: job });
  }
}

/** A source whose versions do not name files that are gone; a newer one whose file is gone cannot be taken any more. */
function withoutFiles(source: Source, missing: readonly string[]): Source {
  const present = <T extends { readonly file?: string }>(version: T): T => {
    const { file, ...rest } = version;
    return file !== undefined && missing.includes(file) ? (rest as T) : version;
  };
  const { earlier, newer, ...current } = present(source);
  const isNewerThere = newer?.file === undefined || !missing.includes(newer.file);
  return {
    ...current,
    ...(earlier && { earlier: earlier.map(present) }),
    ...(newer && isNewerThere && { newer }),
  };
}
