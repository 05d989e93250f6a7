import type { Connector } from '../domain/connectors';
import type { Dataset } from '../domain/datasets';
import { UserError } from '../domain/errors';
import type { Generator } from '../domain/generators';
import type { Project } from '../domain/projects';
import type { Recipe } from '../domain/recipes';
import type { RecordKind } from '../domain/records';
import type { Report } from '../domain/reports';
import type { Source } from '../domain/sources';
import type { SyntheticDataset } from '../domain/synthetic-datasets';
import type { Handles } from './handles';
import type { JobRegistry } from './job-registry';
import type { JobRequests } from './job-requests';
import type { Keeper } from './keeper';
import { PackedMap } from './packed-map';
import type { ProtectionKeys } from './protection-keys';
import type { Restorer } from './restore';
import type { SetAsideRecords } from './set-aside';
import type { Unkept } from './unkept';
import type { Workers } from './workers';

/** What the parts of the client share. */
export interface ClientContext {
  readonly workers: Workers;
  readonly jobs: JobRegistry;
  readonly requests: JobRequests;
  readonly sources: Shelf<Source>;
  readonly generators: Shelf<Generator>;
  /** By the id of the generator. Apart from it, so that no copy of a generator holds its key. */
  readonly protectionKeys: ProtectionKeys;
  readonly datasets: Shelf<SyntheticDataset>;
  readonly reports: Shelf<Report>;
  readonly recipes: Shelf<Recipe>;
  readonly connectors: Shelf<Connector>;
  /** Folders and files that a person chose, by the id of the connector. */
  readonly handles: Handles;
  /** Those that have a record. */
  readonly projects: Shelf<Project>;
  /** Which project the person works in. */
  readonly chosenProject: { get(): string; set(id: string): void };
  /** Files of sources that were brought in by this page, by the id of their table. */
  readonly broughtFiles: Map<string, File>;
  /** Bundles of sources; `datasets` are the synthetic ones. */
  readonly sourceDatasets: Shelf<Dataset>;
  readonly keeper: Keeper;
  readonly restorer: Restorer;
  readonly unkept: Unkept;
  readonly setAside: SetAsideRecords;
  /** Tells the person of something that could not be kept. */
  warn(sentence: string): void;
  /** Whether what is made outlives the page. */
  isKept(): Promise<boolean>;
}

/** What a shelf holds. */
interface ShelfKind<T> {
  readonly kind: RecordKind;
  /** In a sentence. */
  readonly noun: string;
  /** Ids of the files that an item names. */
  readonly filesOf: (item: T) => readonly string[];
  /** What its record holds; by default the item. */
  readonly recordOf?: (item: T) => unknown;
}

/** The resources of one kind, newest last: the records of the workspace, and changes that are on their way there. */
export class Shelf<T extends { readonly id: string }> {
  readonly #kind: ShelfKind<T>;
  readonly #items = new PackedMap<T>();
  readonly #keeper: Keeper;
  readonly #onChange: (id: string) => void;

  constructor(kind: ShelfKind<T>, keeper: Keeper, onChange: (id: string) => void) {
    this.#kind = kind;
    this.#keeper = keeper;
    this.#onChange = onChange;
  }

  /** Adds, or replaces the fields that are other ones, here and in the workspace. */
  put(item: T): T {
    const before = this.#items.get(item.id);
    this.accept(item);
    this.#keep(item, before && changedFields(before, item));
    return item;
  }

  /** Takes what the workspace holds. */
  accept(item: T): void {
    this.#items.set(item.id, item);
    this.#onChange(item.id);
  }

  /** Forgets what the workspace no longer holds. */
  drop(id: string): void {
    if (this.#items.delete(id)) this.#onChange(id);
  }

  /** Replaces some fields, and leaves the others to whoever changes them; does nothing if the item has gone meanwhile. */
  patch(id: string, fields: Partial<T>): void {
    const item = this.#items.get(id);
    if (!item) return;
    const patched = { ...item, ...fields };
    this.accept(patched);
    this.#keep(patched, Object.keys(fields));
  }

  /** The same here alone: for what another record holds. */
  patchHere(id: string, fields: Partial<T>): void {
    const item = this.#items.get(id);
    if (item) this.accept({ ...item, ...fields });
  }

  /** @throws UserError `not-found` */
  get(id: string): T {
    const item = this.#items.get(id);
    if (!item) {
      throw new UserError(
        'not-found',
        `There is no ${this.#kind.noun} “${id}”. It was deleted, or made in a private session that is over.`,
      );
    }
    return item;
  }

  has(id: string): boolean {
    return this.#items.has(id);
  }

  list(): T[] {
    return this.#items.values();
  }

  delete(id: string): void {
    if (!this.#items.has(id)) return;
    this.#keeper.remove(this.#kind.kind, id);
    this.drop(id);
  }

  /** @param changed absent = the item is new */
  #keep(item: T, changed?: readonly string[]): void {
    const { kind, filesOf, recordOf = (whole) => whole } = this.#kind;
    this.#keeper.put(kind, item.id, recordOf(item), filesOf(item), changed === undefined, changed);
  }
}

/** Names of the fields that one of two items has otherwise than the other, or alone. */
function changedFields(before: object, after: object): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
}
