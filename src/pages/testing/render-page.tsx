import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Router } from 'wouter';
import type { DoppelgridClient } from '../../client/api';
import { ClientProvider } from '../client-context';
import { useHashPath } from '../hash-path';

/** Parts of a client; what a test does not give is empty or missing. */
export type ClientParts = { readonly [K in keyof DoppelgridClient]?: Partial<DoppelgridClient[K]> };

/** Renders a part of a page above a client of which only the given calls exist. */
export function renderPage(page: ReactElement, parts: ClientParts = {}) {
  const none = { list: () => [] };
  const client = {
    sources: { ...none, ...parts.sources },
    datasets: { ...none, ...parts.datasets },
    generators: { ...none, ...parts.generators },
    syntheticDatasets: { ...none, ...parts.syntheticDatasets },
    reports: { ...none, ...parts.reports },
    recipes: { ...none, ...parts.recipes },
    connectors: { ...none, ...parts.connectors },
    projects: { ...none, ...parts.projects },
    jobs: { ...none, subscribe: () => () => undefined, ...parts.jobs },
    workspace: {
      state: () => null,
      isOpen: () => true,
      setAside: () => [],
      isUnwritten: () => false,
      ...parts.workspace,
    },
    sql: parts.sql,
    subscribe: parts.subscribe ?? (() => () => undefined),
  } as unknown as DoppelgridClient;
  return render(
    <ClientProvider client={client}>
      <Router hook={useHashPath}>{page}</Router>
    </ClientProvider>,
  );
}
