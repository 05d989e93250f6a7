import type { RandomStream } from '../../../src/domain/random';

/** Distinct hidden values, of different subjects, that must share a part of an invented one. More with a raised threshold. */
export const MIN_VALUES = 7;

/** What a draw chooses from: items and the number of values that have each. */
export interface Choices<T> {
  readonly items: readonly T[];
  readonly counts: readonly number[];
  readonly total: number;
}

/** How many values have an item, each value counted once for each item. */
export class SupportedCounts<T> {
  readonly #counts = new Map<T, number>();
  readonly #least: number;

  /** @param raised by how much the threshold of rarity is */
  constructor(raised: number) {
    this.#least = MIN_VALUES + raised;
  }

  add(items: Iterable<T>): void {
    for (const item of new Set(items)) this.#counts.set(item, (this.#counts.get(item) ?? 0) + 1);
  }

  /** The items that enough values have, in the order in which they were met. */
  choices(): Choices<T> {
    const kept = [...this.#counts].filter(([, count]) => count >= this.#least);
    return choicesOf(kept);
  }
}

export function choicesOf<T>(entries: readonly (readonly [T, number])[]): Choices<T> {
  return {
    items: entries.map(([item]) => item),
    counts: entries.map(([, count]) => count),
    total: entries.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** All items alike. */
export function evenly<T>(items: readonly T[]): Choices<T> {
  return choicesOf(items.map((item) => [item, 1]));
}

/** An item by its count. @param choices at least one */
export function choose<T>({ items, counts, total }: Choices<T>, stream: RandomStream): T {
  let left = stream.below(total);
  let at = 0;
  while (left >= counts[at]!) left -= counts[at++]!;
  return items[at]!;
}
