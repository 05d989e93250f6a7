import type { DoppelgridClient } from '../client/api';
import { showToast } from '../components/toasts';
import type { Generator } from '../domain/generators';
import type { Report } from '../domain/reports';
import type { Source, TablePreview } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';

/** Renders follow events at most this often, so that a training never floods the page's thread. */
const NOTIFY_INTERVAL_MS = 200;

/** Everything of the session, as the pages list it. Newest last. */
export interface Resources {
  readonly sources: readonly Source[];
  readonly generators: readonly Generator[];
  readonly datasets: readonly SyntheticDataset[];
  readonly reports: readonly Report[];
}

/** Makes the client's state readable for React: snapshots that change only when something did. */
export class ResourceStore {
  readonly #client: DoppelgridClient;
  readonly #listeners = new Set<() => void>();
  readonly #samples = new Map<string, TablePreview>();
  #snapshot: Resources | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: DoppelgridClient) {
    this.#client = client;
    client.subscribe((event) => {
      if (event.type === 'notice') showToast(event.sentence);
      else if (event.type === 'sample') this.#samples.set(event.generatorId, event.preview);
      else this.#snapshot = null;
      this.#timer ??= setTimeout(() => this.#notify(), NOTIFY_INTERVAL_MS);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly resources = (): Resources => {
    this.#snapshot ??= {
      sources: this.#client.sources.list(),
      generators: this.#client.generators.list(),
      datasets: this.#client.syntheticDatasets.list(),
      reports: this.#client.reports.list(),
    };
    return this.#snapshot;
  };

  /** The last rows a model in training drew; null before the first. */
  readonly sample = (generatorId: string): TablePreview | null => this.#samples.get(generatorId) ?? null;

  #notify(): void {
    this.#timer = null;
    for (const listener of this.#listeners) listener();
  }
}
