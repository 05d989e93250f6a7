import type {
  RecordKey,
  StoredRecord,
  WorkspaceEvent,
  WorkspaceUsage,
} from '../../workers/workspace/protocol';
import type { Generator } from '../domain/generators';
import { isUnderWay, type Job, type ProgressStatus } from '../domain/job';
import { nameOfRecord, type RecordKind, type SetAside, wrongWith } from '../domain/records';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { ClientEvent, WorkspaceClientApi } from './api';
import { isPersisted, persist } from './browser-storage';
import type { ClientContext } from './context';

/** What is kept, and how it comes back. */
export function createWorkspace(
  context: ClientContext,
  emit: (event: ClientEvent) => void,
): WorkspaceClientApi & { accept(event: WorkspaceEvent): void } {
  const { datasets, generators, jobs, keeper, protectionKeys, reports, restorer, sources, unkept, workers } =
    context;
  let setAside: readonly SetAside[] = [];
  let opened: Promise<void> | null = null;
  let isOpen = false;
  /** By id of a resource with a job under way: the page that wrote its record. */
  const writers = new Map<string, string>();
  const followed = new Set<string>();

  async function open(): Promise<void> {
    try {
      const workspace = await workers.workspace();
      const records = await workspace.load();
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
    'protection-key': protectionKeys,
  };

  /** Forgets what another page removed, with everything that this one was doing with it. */
  async function forget({ kind, id }: RecordKey): Promise<void> {
    const tables = kind === 'source' && sources.has(id) ? sources.get(id).tables : [];
    const rows = kind === 'synthetic-dataset' && datasets.has(id) ? datasets.get(id).tables : [];
    const models = kind === 'generator' && generators.has(id) ? generators.get(id).tables : [];
    setAside = setAside.filter((other) => other.kind !== kind || other.id !== id);
    shelfOf[kind]?.drop(id);
    await jobs.cancel(id);
    for (const table of [...tables, ...rows]) await restorer.dropTable(table.id);
    for (const { modelId } of models) await restorer.dropModel(modelId);
  }

  /** Ends the jobs of another page when it is closed. */
  function follow(writer: string): void {
    if (followed.has(writer)) return;
    followed.add(writer);
    const closed = workers.workspace().then((workspace) => workspace.whenClosed(writer));
    closed.then(
      () => {
        followed.delete(writer);
        endInterrupted(writer);
      },
      () => followed.delete(writer),
    );
  }

  /** Shows a record, or sets it aside. */
  function take({ kind, id, version, value, missing, writer, createdAt, updatedAt }: StoredRecord): void {
    keeper.accept({ kind, id }, { createdAt, updatedAt });
    const reason = wrongWith(kind, version, value);
    setAside = setAside.filter((other) => other.kind !== kind || other.id !== id);
    if (reason !== null) {
      setAside = [...setAside, { kind, id, name: nameOfRecord(value, id), reason }];
      // What an open page of an earlier version shows of it would replace it.
      shelfOf[kind]?.drop(id);
      return;
    }
    // Checked above: the schemas of the records are those of what the shelves hold.
    const item = value as never;
    if (kind === 'source') acceptSource(missing.length > 0 ? without(item, 'file') : item);
    else if (kind === 'generator') generators.accept(item);
    else if (kind === 'synthetic-dataset') datasets.accept(item);
    else if (kind === 'report') reports.accept(item);
    else protectionKeys.accept(id, (value as { key: string }).key);
    const { trainingStatus = 'NEW', generationStatus = 'NEW' } = value as Partial<
      Generator & SyntheticDataset
    >;
    if (!isUnderWay(trainingStatus) && !isUnderWay(generationStatus)) return;
    writers.set(id, writer);
    follow(writer);
  }

  /** A source that another page has read again has another table; this page reads it when it is needed. */
  function acceptSource(source: Source): void {
    const known = sources.has(source.id) ? sources.get(source.id) : source;
    if (readingOf(known) !== readingOf(source))
      for (const { id } of source.tables) void restorer.dropTable(id).catch(() => undefined);
    sources.accept(source);
  }

  /** What a closed page left running is over; what it had finished is finished. */
  function endInterrupted(writer: string): void {
    // This page may have taken it up itself since.
    const isLeft = (id: string) =>
      writers.get(id) === writer && !jobs.find('training', id) && !jobs.find('generation', id);
    for (const { id, trainingStatus, progress, summary, tables } of generators.list()) {
      if (!isUnderWay(trainingStatus) || !isLeft(id)) continue;
      const isTrained = summary !== null && tables.every(({ model }) => model);
      const status = isTrained ? 'DONE' : 'FAILED';
      const error = isTrained ? null : 'The page was closed during the training. Train it again.';
      generators.patch(id, { trainingStatus: status, ...ended(progress, status, error) });
    }
    for (const { id, generationStatus, progress, summary, tables } of datasets.list()) {
      if (!isUnderWay(generationStatus) || !isLeft(id)) continue;
      const isWritten = summary !== null && tables.every(({ stored }) => stored);
      const error = isWritten
        ? 'The page was closed before the report was written. Write it again on the page of the dataset.'
        : 'The page was closed during the generation. Generate it again.';
      const status = isWritten ? 'DONE' : 'FAILED';
      datasets.patch(id, { generationStatus: status, ...ended(progress, status, error) });
    }
  }

  return {
    open: () => {
      opened ??= open();
      return opened;
    },
    isOpen: () => isOpen,
    state: () => workers.state,
    setAside: () => setAside,
    times: (key) => keeper.times(key),
    flush: () => keeper.flush(),
    isUnwritten: () => keeper.isFailing || unkept.isWaiting,
    isPersisted,
    persist,
    usage: async (): Promise<WorkspaceUsage> => (await workers.workspace()).usage(),
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

/** Tells one reading of a file from another. */
function readingOf({ dialect, importSeconds }: Source): string {
  return JSON.stringify([dialect, importSeconds]);
}

/** A job that was cut short, and what its resource says of it. */
function ended(progress: Job | null, status: ProgressStatus, error: string | null) {
  if (!progress) return { error, progress };
  const steps = progress.steps.map((step) => (isUnderWay(step.status) ? { ...step, status } : step));
  return {
    error,
    progress: { ...progress, status, steps, waitsFor: null, error, endedAt: progress.endedAt ?? Date.now() },
  };
}

function without<T extends object>(item: T, field: string): T {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== field)) as T;
}
