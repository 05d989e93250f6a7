import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { DoppelgridClient } from '../client/api';
import type { TablePreview } from '../domain/sources';
import { ResourceStore, type Resources } from './resource-store';

interface ClientAndStore {
  readonly client: DoppelgridClient;
  readonly store: ResourceStore;
}

const Context = createContext<ClientAndStore | null>(null);

/** Gives the pages their client. */
export function ClientProvider({ client, children }: { client: DoppelgridClient; children: ReactNode }) {
  const value = useMemo(() => ({ client, store: new ResourceStore(client) }), [client]);
  return <Context value={value}>{children}</Context>;
}

function useBoth(): ClientAndStore {
  const value = useContext(Context);
  if (!value) throw new Error('No client above this component.');
  return value;
}

/** The door to the workers. */
export function useClient(): DoppelgridClient {
  return useBoth().client;
}

/** Everything of this session; renders again when something changes. */
export function useResources(): Resources {
  const { store } = useBoth();
  return useSyncExternalStore(store.subscribe, store.resources);
}

/** The last rows a model in training drew. */
export function useTrainingSample(generatorId: string): TablePreview | null {
  const { store } = useBoth();
  return useSyncExternalStore(store.subscribe, () => store.sample(generatorId));
}
