/** Cells of a plane that hold rows: what two columns of numbers are coded by where they lie close together. */

/** A cell's extent: [lowest x, highest x, lowest y, highest y]; no edge is a value of a row. */
export type PlaneBox = readonly [number, number, number, number];

/** One cut of the plane: a cell's number c is written as −1 − c. */
export interface PlaneSplit {
  /** 0 = x, 1 = y. */
  readonly axis: 0 | 1;
  /** Below or above. */
  readonly at: number;
  readonly below: number;
  readonly above: number;
}

/** A k-d tree whose leaves are cells, plain JSON: the first split is its root. Empty splits = one cell. */
export interface PlaneCells {
  readonly splits: readonly PlaneSplit[];
  readonly boxes: readonly PlaneBox[];
}

/** Number of the cell that a point is coded by, from 0: the one it lies in, or near. */
export function cellOf({ splits }: PlaneCells, x: number, y: number): number {
  let node = splits.length > 0 ? 0 : -1;
  while (node >= 0) {
    const { axis, at, below, above } = splits[node]!;
    node = (axis === 0 ? x : y) < at ? below : above;
  }
  return -1 - node;
}

export function isInside([lowX, highX, lowY, highY]: PlaneBox, x: number, y: number): boolean {
  return x >= lowX && x <= highX && y >= lowY && y <= highY;
}
