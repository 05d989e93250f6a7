import type { DatabaseApi } from '../../workers/database/protocol';
import type { EngineApi } from '../../workers/engine/protocol';
import type { QualityApi } from '../../workers/quality/protocol';
import { UserError } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { Remote } from '../threads/rpc';
import type { JobRegistry } from './job-registry';

/** The workers of a page, each started when it is first asked for. */
export interface Workers {
  /** DuckDB and, behind it, the file store. */
  database(): Promise<Remote<DatabaseApi>>;
  /** Encoding, training and sampling. */
  engine(): Promise<Remote<EngineApi>>;
  /** Metrics. */
  quality(): Promise<Remote<QualityApi>>;
}

/** What the parts of the client share. */
export interface ClientContext {
  readonly workers: Workers;
  readonly jobs: JobRegistry;
  readonly sources: Shelf<Source>;
  readonly generators: Shelf<Generator>;
  /** By the id of the generator. Apart from it, so that no copy of a generator holds its key. */
  readonly protectionKeys: Map<string, string>;
  readonly datasets: Shelf<SyntheticDataset>;
  readonly reports: Shelf<Report>;
}

/** The resources of one kind, newest last. */
export class Shelf<T extends { readonly id: string }> {
  readonly #kind: string;
  readonly #items = new Map<string, T>();
  readonly #onChange: (id: string) => void;

  constructor(kind: string, onChange: (id: string) => void) {
    this.#kind = kind;
    this.#onChange = onChange;
  }

  /** Adds or replaces. */
  put(item: T): T {
    this.#items.set(item.id, item);
    this.#onChange(item.id);
    return item;
  }

  /** Replaces some fields; does nothing if the item has gone meanwhile. */
  patch(id: string, fields: Partial<T>): void {
    const item = this.#items.get(id);
    if (item) this.put({ ...item, ...fields });
  }

  /** @throws UserError `not-found` */
  get(id: string): T {
    const item = this.#items.get(id);
    if (!item) {
      throw new UserError(
        'not-found',
        `There is no ${this.#kind} “${id}”. It was deleted, or the page was reloaded since.`,
      );
    }
    return item;
  }

  has(id: string): boolean {
    return this.#items.has(id);
  }

  list(): T[] {
    return [...this.#items.values()];
  }

  delete(id: string): void {
    if (this.#items.delete(id)) this.#onChange(id);
  }
}
