import type { Keeper } from './keeper';

/** Protection keys of generators, by id; kept in the workspace beside them and exported nowhere. */
export class ProtectionKeys {
  readonly #keys = new Map<string, string>();
  readonly #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  get(id: string): string | undefined {
    return this.#keys.get(id);
  }

  set(id: string, key: string): void {
    const isNew = !this.#keys.has(id);
    this.#keys.set(id, key);
    this.#keeper.put('protection-key', id, { key }, [], isNew);
  }

  /** Takes what the workspace holds. */
  accept(id: string, key: string): void {
    this.#keys.set(id, key);
  }

  /** Forgets what the workspace no longer holds. */
  drop(id: string): void {
    this.#keys.delete(id);
  }

  delete(id: string): void {
    if (this.#keys.delete(id)) this.#keeper.remove('protection-key', id);
  }
}
