import { newId } from '../../domain/ids';
import type { ClientContext } from '../context';
import { askDatabase } from '../run-query';
import type { OpenedLocation } from './connection';

/** Tables of locations that stay in memory for the next query. */
const MAX_LOADED = 6;

interface Loaded {
  readonly tableId: string;
  readonly stamp: string;
}

/** Locations that were read whole for queries and previews. They are no sources, and go with the page. */
export class LoadedTables {
  readonly #context: Pick<ClientContext, 'restorer' | 'workers'>;
  /** By connector and location, the one used last at the end. */
  readonly #loaded = new Map<string, Loaded>();

  constructor(context: Pick<ClientContext, 'restorer' | 'workers'>) {
    this.#context = context;
  }

  /** Reads a location, unless it is there as it is now. @returns id of its table */
  async load(
    connectorId: string,
    location: string,
    { file, dialect, stamp }: OpenedLocation,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { restorer, workers } = this.#context;
    const key = `${connectorId} ${location}`;
    const known = this.#loaded.get(key);
    if (known && known.stamp !== stamp) await this.#drop(key);
    const tableId = known?.stamp === stamp ? known.tableId : newId();
    this.#loaded.delete(key);
    this.#loaded.set(key, { tableId, stamp });
    await restorer.table(tableId, async () => {
      await askDatabase(workers, `Reading ${location}`, signal, (database, jobId) =>
        database.importSource(jobId, { sourceId: connectorId, tableId }, file, dialect),
      );
    });
    return tableId;
  }

  /** Forgets those that were not used for long, once a query is over. */
  async trim(): Promise<void> {
    for (const oldest of [...this.#loaded.keys()].slice(0, -MAX_LOADED)) await this.#drop(oldest);
  }

  /** Forgets everything of a connector. */
  async forget(connectorId: string): Promise<void> {
    for (const key of [...this.#loaded.keys()]) if (key.startsWith(`${connectorId} `)) await this.#drop(key);
  }

  async #drop(key: string): Promise<void> {
    const loaded = this.#loaded.get(key);
    this.#loaded.delete(key);
    if (loaded) await this.#context.restorer.dropTable(loaded.tableId);
  }
}
