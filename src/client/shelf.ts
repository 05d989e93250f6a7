import { UserError } from '../domain/errors';

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
