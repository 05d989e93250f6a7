/** The two levels of an output layer, as tables in the workspace that the kernels read. */
import type { Layout } from '../network/weight-layout';
import type { Kernels } from './kernels';

/** Byte addresses of the tables of one sub-column with classes (`OutputLevels`). */
export interface LevelTables {
  readonly columns: number;
  readonly classOf: number;
  readonly starts: number;
  readonly sizes: number;
}

/** Columns of the softmax that every row uses: the classes, or all codes. */
export function headWidth(layout: Layout, j: number): number {
  return layout.levels(j)?.classWidth ?? layout.outputWidth(j);
}

/**
 * Reserves memory for the tables of each sub-column with classes.
 * @param take reserves so many bytes and returns their address, a multiple of 4
 */
export function allocateLevels(layout: Layout, take: (bytes: number) => number): (LevelTables | null)[] {
  return layout.spec.subColumns.map(({ cardinality }, j) => {
    const levels = layout.levels(j);
    if (!levels) return null;
    return {
      columns: take(4 * levels.classes),
      classOf: take(2 * cardinality),
      starts: take(2 * levels.classes),
      sizes: take(2 * levels.classes),
    };
  });
}

/** Fills the tables. */
export function storeLevels(
  layout: Layout,
  tables: readonly (LevelTables | null)[],
  u16: Uint16Array,
  u32: Uint32Array,
): void {
  tables.forEach((at, j) => {
    if (!at) return;
    const levels = layout.levels(j)!;
    u32.set(levels.columns, at.columns / 4);
    u16.set(levels.classOf, at.classOf / 2);
    u16.set(levels.starts, at.starts / 2);
    u16.set(levels.sizes, at.sizes / 2);
  });
}

/** Makes the levels of sub-column j those of the current target. */
export function openLevels(kernels: Kernels, layout: Layout, at: LevelTables | null, j: number): void {
  const head = headWidth(layout, j);
  if (at) kernels.setLevels(head, at.classOf, at.starts, at.sizes, at.columns);
  else kernels.setLevels(head, 0, 0, 0, 0);
}
