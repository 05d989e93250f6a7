import { Preferences } from '../domain/preferences';
import { isPrivatePage } from './private-page';

const KEY = 'doppelgrid-preferences';

/** Where preferences are kept as text: `localStorage`, or what a test gives. */
export type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * What a person chose for the app itself. Kept by the browser until changed; where it refuses to, as long as the page.
 * The one way to it, so that where it is kept can change.
 */
export class PreferenceStore {
  readonly #storage: () => PreferenceStorage;
  readonly #isKept: () => boolean;
  readonly #listeners = new Set<() => void>();
  #present: Preferences;

  /**
   * @param storage may throw, as `localStorage` does where storage is refused
   * @param isKept false: what is changed lasts as long as the page
   */
  constructor(storage: () => PreferenceStorage, isKept = () => true) {
    this.#storage = storage;
    this.#isKept = isKept;
    this.#present = this.#read();
  }

  readonly get = (): Preferences => this.#present;

  readonly set = (changes: Partial<Preferences>): void => {
    this.#present = { ...this.#present, ...changes };
    try {
      if (this.#isKept()) this.#storage().setItem(KEY, JSON.stringify(this.#present));
    } catch {
      // Storage may be refused or full; the choice then lasts as long as the page.
    }
    for (const listener of this.#listeners) listener();
  };

  /** Told of every change; returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #read(): Preferences {
    try {
      return Preferences.parse(JSON.parse(this.#storage().getItem(KEY) ?? '{}'));
    } catch {
      return Preferences.parse({});
    }
  }
}

/** Those of this browser. A private session writes none. */
export const preferences = new PreferenceStore(
  () => localStorage,
  () => !isPrivatePage(),
);
