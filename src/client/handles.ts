import type { Keeper } from './keeper';

/** A folder or file that a person chose (File System Access API). */
export type Handle = FileSystemDirectoryHandle | FileSystemFileHandle;

/** Folders and files that people chose for connectors, by the id of the connector; kept beside them and exported nowhere. */
export class Handles {
  readonly #handles = new Map<string, Handle>();
  readonly #keeper: Keeper;
  readonly #onChange: (id: string) => void;

  constructor(keeper: Keeper, onChange: (id: string) => void) {
    this.#keeper = keeper;
    this.#onChange = onChange;
  }

  get(id: string): Handle | undefined {
    return this.#handles.get(id);
  }

  set(id: string, handle: Handle): void {
    const isNew = !this.#handles.has(id);
    this.#handles.set(id, handle);
    this.#keeper.put('handle', id, { handle }, [], isNew);
    this.#onChange(id);
  }

  /** Takes what the workspace holds. */
  accept(id: string, handle: FileSystemHandle): void {
    this.#handles.set(id, handle as Handle);
    this.#onChange(id);
  }

  /** Forgets what the workspace no longer holds. */
  drop(id: string): void {
    this.#handles.delete(id);
  }

  delete(id: string): void {
    if (this.#handles.delete(id)) this.#keeper.remove('handle', id);
  }
}
