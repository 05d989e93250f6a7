import type { Cell } from '../../../../src/domain/rules';
import { crossTable, type LeveledColumn } from './levels';
import type { SampledColumn } from './sampled-column';

/** Steps from column to column along which what a value allows is followed. */
const STEPS = 3;

/** What rules between other columns say about the values of two: chains of pairs that are tied. */
export class Bridges {
  readonly #levels: ReadonlyMap<SampledColumn, LeveledColumn>;
  readonly #tied: (a: SampledColumn, b: SampledColumn) => boolean;
  readonly #neighbours = new Map<SampledColumn, readonly LeveledColumn[]>();
  readonly #tables = new Map<string, Uint32Array>();

  /** @param tied true if a rule says which values of two columns go together */
  constructor(levels: readonly LeveledColumn[], tied: (a: SampledColumn, b: SampledColumn) => boolean) {
    this.#levels = new Map(levels.map((leveled) => [leveled.column, leveled]));
    this.#tied = tied;
  }

  /** True if the first cell leads, along tied columns, to values of the second column without the second cell. */
  exclude(first: SampledColumn, second: SampledColumn, [a, b]: readonly [Cell, Cell]): boolean {
    const start = this.#levels.get(first)!;
    const end = this.#levels.get(second)!;
    const allowed = new Map<LeveledColumn, Uint8Array>();
    allowed.set(
      start,
      Uint8Array.from(start.cells, (cell) => (cell === a ? 1 : 0)),
    );
    const target = end.cells.indexOf(b);
    let last = [start];
    for (let step = 0; step < STEPS; step++) {
      const next = new Set<LeveledColumn>();
      for (const from of last) {
        for (const to of this.#near(from.column)) {
          if (allowed.has(to) && !next.has(to)) continue;
          const reached = this.#reach(from, allowed.get(from)!, to);
          const before = allowed.get(to);
          allowed.set(to, before ? before.map((mark, level) => mark & reached[level]!) : reached);
          next.add(to);
        }
      }
      if (allowed.has(end)) return allowed.get(end)![target] === 0;
      last = [...next];
    }
    return false;
  }

  #near(column: SampledColumn): readonly LeveledColumn[] {
    let near = this.#neighbours.get(column);
    if (!near) {
      near = [...this.#levels.values()].filter(
        (other) => other.column !== column && this.#tied(column, other.column),
      );
      this.#neighbours.set(column, near);
    }
    return near;
  }

  /** Levels of a column that occur with any of the marked ones of another. */
  #reach(from: LeveledColumn, marked: Uint8Array, to: LeveledColumn): Uint8Array {
    const key = `${from.column.at} ${to.column.at}`;
    let table = this.#tables.get(key);
    if (!table) {
      table = crossTable(from, to, new Uint32Array(64 * 64)).slice();
      this.#tables.set(key, table);
    }
    const width = to.cells.length;
    const reached = new Uint8Array(width);
    for (let level = 0; level < marked.length; level++) {
      if (marked[level] === 0) continue;
      for (let other = 0; other < width; other++) if (table[level * width + other]! > 0) reached[other] = 1;
    }
    return reached;
  }
}
