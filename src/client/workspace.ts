import type { StoredRecord, WorkspaceEvent, WorkspaceUsage } from '../../workers/workspace/protocol';
import { isUnderWay, type Job, type ProgressStatus } from '../domain/job';
import { nameOfRecord, type SetAside, wrongWith } from '../domain/records';
import type { ClientEvent, WorkspaceClientApi } from './api';
import type { ClientContext } from './context';

/** What is kept, and how it comes back. */
export function createWorkspace(
  context: ClientContext,
  emit: (event: ClientEvent) => void,
): WorkspaceClientApi & { accept(event: WorkspaceEvent): void } {
  const { datasets, generators, keeper, protectionKeys, reports, sources, workers } = context;
  let setAside: readonly SetAside[] = [];
  let opened: Promise<void> | null = null;

  async function open(): Promise<void> {
    const workspace = await workers.workspace();
    const records = await workspace.load();
    for (const record of records) take(record);
    if (workers.state?.isAlone) endInterrupted();
    emit({ type: 'workspace' });
  }

  /** Shows a record, or sets it aside. */
  function take({ kind, id, version, value, missing }: StoredRecord): void {
    const reason = wrongWith(kind, version, value);
    setAside = setAside.filter((other) => other.kind !== kind || other.id !== id);
    if (reason !== null) {
      setAside = [...setAside, { kind, id, name: nameOfRecord(value, id), reason }];
      return;
    }
    // Checked above: the schemas of the records are those of what the shelves hold.
    const item = value as never;
    if (kind === 'source') sources.accept(missing.length > 0 ? without<typeof item>(item, 'file') : item);
    else if (kind === 'generator') generators.accept(item);
    else if (kind === 'synthetic-dataset') datasets.accept(item);
    else if (kind === 'report') reports.accept(item);
    else protectionKeys.accept(id, (value as { key: string }).key);
  }

  /** What a closed page left running is over; what it had finished is finished. */
  function endInterrupted(): void {
    for (const { id, trainingStatus, progress, summary, tables } of generators.list()) {
      if (!isUnderWay(trainingStatus)) continue;
      const isTrained = summary !== null && tables.every(({ model }) => model);
      const end = ended(
        progress,
        isTrained ? null : 'The page was closed during the training. Train it again.',
      );
      generators.patch(id, { trainingStatus: isTrained ? 'DONE' : 'FAILED', ...end });
    }
    for (const { id, generationStatus, progress, summary, tables } of datasets.list()) {
      if (!isUnderWay(generationStatus)) continue;
      const isWritten = summary !== null && tables.every(({ stored }) => stored);
      const error = isWritten
        ? 'The page was closed before the report was written. Its page writes it again.'
        : 'The page was closed during the generation. Generate it again.';
      datasets.patch(id, { generationStatus: isWritten ? 'DONE' : 'FAILED', ...ended(progress, error) });
    }
  }

  return {
    open: () => {
      opened ??= open();
      return opened;
    },
    state: () => workers.state,
    setAside: () => setAside,
    flush: () => keeper.flush(),
    usage: async (): Promise<WorkspaceUsage> => (await workers.workspace()).usage(),
    async clear() {
      await (await workers.workspace()).clear();
    },
    accept({ put, removed }) {
      for (const record of put) take(record);
      for (const { kind, id } of removed) {
        if (kind === 'source') sources.drop(id);
        else if (kind === 'generator') generators.drop(id);
        else if (kind === 'synthetic-dataset') datasets.drop(id);
        else if (kind === 'report') reports.drop(id);
      }
      emit({ type: 'workspace' });
    },
  };
}

function ended(progress: Job | null, error: string | null) {
  const status: ProgressStatus = error === null ? 'DONE' : 'FAILED';
  const endedAt = progress?.endedAt ?? Date.now();
  return { error, progress: progress && { ...progress, status, waitsFor: null, error, endedAt } };
}

function without<T extends object>(item: T, field: string): T {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== field)) as T;
}
