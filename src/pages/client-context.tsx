import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { DoppelgridClient, ProjectOverview, WorkspaceState } from '../client/api';
import { showToast } from '../components/toasts';
import { errorText } from '../domain/errors';
import type { Job } from '../domain/job';
import type { Stock } from '../domain/resource-list';
import type { TablePreview } from '../domain/sources';

/** Renders follow events at most this often, so that a training never floods the page's thread. */
const NOTIFY_INTERVAL_MS = 200;

/** Everything there is, as the pages list it. Newest last. */
export interface Resources extends Stock {
  readonly jobs: readonly Job[];
  readonly projects: readonly ProjectOverview[];
}

/** Makes the client's state readable for React: snapshots that change only when something did. */
class ResourceStore {
  readonly client: DoppelgridClient;
  readonly #listeners = new Set<() => void>();
  readonly #samples = new Map<string, TablePreview>();
  #snapshot: Resources | null = null;
  #ownJobs: readonly Job[] | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: DoppelgridClient) {
    this.client = client;
    client.subscribe((event) => {
      if (event.type === 'notice') showToast(event.sentence);
      else if (event.type === 'storage') showToast(event.sentence, 'error');
      else if (event.type === 'sample') this.#samples.set(event.generatorId, event.preview);
      else this.#forget();
      this.#timer ??= setTimeout(() => this.#notify(), NOTIFY_INTERVAL_MS);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly resources = (): Resources => {
    this.#snapshot ??= lazily<Resources>({
      sources: () => this.client.sources.list(),
      generators: () => this.client.generators.list(),
      datasets: () => this.client.syntheticDatasets.list(),
      reports: () => this.client.reports.list(),
      sourceDatasets: () => this.client.datasets.list(),
      recipes: () => this.client.recipes.list(),
      connectors: () => this.client.connectors.list(),
      jobs: () => this.client.jobs.list(),
      projects: () => this.client.projects.list(),
    });
    return this.#snapshot;
  };

  /** Jobs that this tab runs. */
  readonly ownJobs = (): readonly Job[] => {
    this.#ownJobs ??= this.client.jobs.list({ isHere: true });
    return this.#ownJobs;
  };

  #forget(): void {
    this.#snapshot = null;
    this.#ownJobs = null;
  }

  readonly sample = (generatorId: string): TablePreview | null => this.#samples.get(generatorId) ?? null;

  #notify(): void {
    this.#timer = null;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * An object whose fields are read when they are asked for, and are the same as long as somebody holds them: a page that
 * shows five of a thousand resources holds five.
 */
function lazily<T extends { readonly [K in keyof T]: object }>(
  read: { readonly [K in keyof T]: () => T[K] },
): T {
  const fields = {} as T;
  for (const name of Object.keys(read) as (keyof T)[]) {
    let held: WeakRef<T[typeof name]> | undefined;
    const get = () => {
      const value = held?.deref() ?? read[name]();
      held = new WeakRef(value);
      return value;
    };
    Object.defineProperty(fields, name, { get, enumerable: true });
  }
  return fields;
}

const Context = createContext<ResourceStore | null>(null);

/** Gives the pages their client. */
export function ClientProvider({ client, children }: { client: DoppelgridClient; children: ReactNode }) {
  const store = useMemo(() => new ResourceStore(client), [client]);
  return <Context value={store}>{children}</Context>;
}

function useStore(): ResourceStore {
  const store = useContext(Context);
  if (!store) throw new Error('No client above this component.');
  return store;
}

/** The typed way to the workers. */
export function useClient(): DoppelgridClient {
  return useStore().client;
}

/** Everything there is; renders again when something changes. */
export function useResources(): Resources {
  const { subscribe, resources } = useStore();
  return useSyncExternalStore(subscribe, resources);
}

/** Jobs that run or wait in this tab; what other tabs do is seen here and goes on there. */
export function useOwnJobs(): readonly Job[] {
  const { subscribe, ownJobs } = useStore();
  return useSyncExternalStore(subscribe, ownJobs);
}

/** Whether what is made is kept, and why not; null before that is known. */
export function useWorkspace(): WorkspaceState | null {
  const { subscribe, client } = useStore();
  return useSyncExternalStore(subscribe, client.workspace.state);
}

/** Whether what earlier sessions kept is there. */
export function useIsOpen(): boolean {
  const { subscribe, client } = useStore();
  return useSyncExternalStore(subscribe, client.workspace.isOpen);
}

/** Whether something could not be written for want of space. */
export function useIsUnwritten(): boolean {
  const { subscribe, client } = useStore();
  return useSyncExternalStore(subscribe, client.workspace.isUnwritten);
}

/** The last rows that a model in training drew; null before the first. */
export function useTrainingSample(generatorId: string): TablePreview | null {
  const { subscribe, sample } = useStore();
  return useSyncExternalStore(subscribe, () => sample(generatorId));
}

/**
 * What a call of the client gives, the sentence of its error, or null while it runs.
 * @param load null: nothing is wanted now. A new function calls again
 * @param delay milliseconds to wait for another one
 */
export function useLoaded<T extends object>(load: (() => Promise<T>) | null, delay = 0): T | string | null {
  const [loaded, setLoaded] = useState<T | string | null>(null);
  useEffect(() => {
    if (!load) return;
    let isCurrent = true;
    setLoaded(null);
    const timer = setTimeout(async () => {
      const result = await load().catch(errorText);
      if (isCurrent) setLoaded(result);
    }, delay);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [load, delay]);
  return loaded;
}
