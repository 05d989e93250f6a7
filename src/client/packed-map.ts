import type { PackedText } from './packing';

/** Milliseconds without a change after which values are packed. */
const PACK_AFTER_MS = 500;
/** Characters of values that are packed together: enough to share their words, few enough to be read at once. */
const GROUP_LENGTH = 64_000;
/** Characters of values that are not worth packing: they would gain less than reading them costs. */
const SMALL_LENGTH = 16_000;

/**
 * A map of plain objects by id, in the order they were added. Those that nothing has changed for a while are packed, and
 * take about a tenth of their memory until somebody reads them; a value stays the same object as long as anybody holds it.
 */
export class PackedMap<T extends object> {
  readonly #values = new Map<string, T | Packed<T>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get(id: string): T | undefined {
    const value = this.#values.get(id);
    return value instanceof Packed ? value.get(id) : value;
  }

  has(id: string): boolean {
    return this.#values.has(id);
  }

  values(): T[] {
    return [...this.#values].map(([id, value]) => (value instanceof Packed ? value.get(id) : value));
  }

  set(id: string, value: T): void {
    this.#values.set(id, value);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.pack().catch(() => undefined), PACK_AFTER_MS);
  }

  delete(id: string): boolean {
    return this.#values.delete(id);
  }

  /** Packs what is not, group by group while the page has nothing else to do. */
  async pack(): Promise<void> {
    const groups = groupsOf(this.#values);
    if (groups.length === 0) return;
    const { packText, unpackText } = await import('./packing');
    for (const group of groups) {
      await idle();
      const packed = new Packed<T>(
        await packText(`[${group.map(({ text }) => text).join()}]`),
        unpackText,
        group,
      );
      // What has changed meanwhile is not what was packed.
      for (const { id, value } of group) if (this.#values.get(id) === value) this.#values.set(id, packed);
    }
  }
}

interface Written<T> {
  readonly id: string;
  readonly value: T;
  /** `[id, value]` as JSON. */
  readonly text: string;
}

/** Several values as one text, and those of them that somebody holds. */
class Packed<T extends object> {
  readonly #text: PackedText;
  readonly #unpack: (text: PackedText) => string;
  readonly #held: Map<string, WeakRef<T>>;

  constructor(text: PackedText, unpack: (text: PackedText) => string, values: readonly Written<T>[]) {
    this.#text = text;
    this.#unpack = unpack;
    this.#held = new Map(values.map(({ id, value }) => [id, new WeakRef(value)]));
  }

  get(id: string): T {
    const held = this.#held.get(id)?.deref();
    if (held) return held;
    let read: T | undefined;
    for (const [key, value] of JSON.parse(this.#unpack(this.#text)) as [string, T][]) {
      if (this.#held.get(key)?.deref()) continue;
      this.#held.set(key, new WeakRef(value));
      if (key === id) read = value;
    }
    return read!;
  }
}

/** What can be packed and is not, in groups; too little for one waits for more. */
function groupsOf<T extends object>(values: ReadonlyMap<string, T | Packed<T>>): Written<T>[][] {
  const groups: Written<T>[][] = [[]];
  let length = 0;
  for (const [id, value] of values) {
    if (value instanceof Packed || !survivesText(value)) continue;
    const text = JSON.stringify([id, value]);
    groups.at(-1)!.push({ id, value, text });
    length += text.length;
    if (length < GROUP_LENGTH) continue;
    groups.push([]);
    length = 0;
  }
  return length < SMALL_LENGTH ? groups.slice(0, -1) : groups;
}

/** Whether a value comes back from JSON as it was; a field that is undefined is as one that is not there. */
function survivesText(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return Array.from(value).every(survivesText);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((field) => field === undefined || survivesText(field));
}

/** Resolves when the page's thread has nothing to do; at once where that cannot be told. */
function idle(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve);
    else resolve(null);
  });
}
