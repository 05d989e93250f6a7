/** The memory in which the gradients of sub-columns with parted rows are added up (`parted-gradient.ts`). */
import { type Layout, roundUp } from '../network/weight-layout';
import type { RowParts } from './row-parts';

/** Lengths and ranges are multiples of it, those of `moveSum`. */
export const GRADIENT_STEP = 16;
/** Floats that come in at a time: they stay in the first-level cache until they are added. */
export const PIECE = 4096;

/** Memory of one parted sub-column. */
export interface PartRooms {
  /** Per room: address of the gradients of V, b, c, then of the tables. In front of the first lie those of E and W. */
  readonly rooms: readonly number[];
  /** f32 [PIECE] */
  readonly piece: number;
}

/**
 * Rooms of the parted sub-columns among `owned`, one after the other.
 * @param take reserves bytes, aligned, and returns their address
 */
export function placePartRooms(
  layout: Layout,
  parted: readonly RowParts[],
  owned: readonly number[],
  take: (bytes: number) => number,
): (PartRooms | null)[] {
  return layout.spec.subColumns.map((_, j) => {
    const { count } = parted[j]!;
    if (count === 1 || !owned.includes(j)) return null;
    const { front, head, tables } = gradientSizes(layout, j);
    const floats = roundUp(head + tables, GRADIENT_STEP);
    const first = take(4 * (front + floats)) + 4 * front;
    const others = Array.from({ length: roomsFor(count) - 1 }, () => take(4 * floats));
    return { rooms: [first, ...others], piece: take(4 * PIECE) };
  });
}

/** Sums over neighbouring parts that a run of parts ends with, and those that wait while the others' come in. */
function roomsFor(parts: number): number {
  return 3 * Math.log2(parts);
}

/** Floats of a gradient: E and W, then V, b and c, then all tables. */
export function gradientSizes(layout: Layout, j: number) {
  const front = layout.output(j) - layout.blockStart(j);
  const codes = layout.inputs(j).reduce((sum, i) => sum + layout.spec.subColumns[i]!.cardinality, 0);
  return {
    front,
    head: layout.blockSize(j) - front,
    tables: codes * layout.spec.subColumns[j]!.hidden,
  };
}
