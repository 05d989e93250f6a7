import type { Cell } from '../../../../src/domain/rules';
import { crossTable, type LeveledColumn } from './levels';
import type { SampledColumn } from './sampled-column';

/** Columns between two others whose rules keep values of the two apart. */
export class Bridges {
  readonly #levels: ReadonlyMap<SampledColumn, LeveledColumn>;
  readonly #tied: (a: SampledColumn, b: SampledColumn) => boolean;
  readonly #neighbours = new Map<SampledColumn, Set<LeveledColumn>>();
  readonly #tables = new Map<string, Uint32Array>();

  /** @param tied true if a rule says which values of two columns go together */
  constructor(levels: readonly LeveledColumn[], tied: (a: SampledColumn, b: SampledColumn) => boolean) {
    this.#levels = new Map(levels.map((leveled) => [leveled.column, leveled]));
    this.#tied = tied;
  }

  #near(column: SampledColumn): Set<LeveledColumn> {
    let near = this.#neighbours.get(column);
    if (!near) {
      const others = [...this.#levels.values()].filter((other) => other.column !== column);
      near = new Set(others.filter((other) => this.#tied(column, other.column)));
      this.#neighbours.set(column, near);
    }
    return near;
  }

  /** True if no value of a column tied to both goes with both cells. */
  exclude(first: SampledColumn, second: SampledColumn, [a, b]: readonly [Cell, Cell]): boolean {
    const near = this.#near(second);
    for (const bridge of this.#near(first)) {
      if (!near.has(bridge)) continue;
      const one = this.#rowOf(first, a, bridge);
      const two = this.#rowOf(second, b, bridge);
      if (!one.some((count, level) => count > 0 && two[level]! > 0)) return true;
    }
    return false;
  }

  /** Rows of a cell by the levels of another column. */
  #rowOf(column: SampledColumn, cell: Cell, bridge: LeveledColumn): Uint32Array {
    const leveled = this.#levels.get(column)!;
    const key = `${column.at} ${bridge.column.at}`;
    let table = this.#tables.get(key);
    if (!table) {
      table = crossTable(leveled, bridge, new Uint32Array(64 * 64)).slice();
      this.#tables.set(key, table);
    }
    const width = bridge.cells.length;
    const level = leveled.cells.indexOf(cell);
    return table.subarray(level * width, (level + 1) * width);
  }
}
