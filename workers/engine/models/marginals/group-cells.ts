/** Steps [from, to) of a grid and their noisy count. */
export interface Cell {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A cell with less than this times its noise looks empty. */
const EMPTY = 2;
/** A bin holds at least this times the noise, and this share of the rows. */
const FULL = 3;
const FULL_SHARE = 1 / 100;

/**
 * Bins of neighbouring cells: cells that look empty make bins of their own, so that nothing is spread over them, and the
 * others are joined until each bin is full. A cell that is full by itself stays alone.
 * @param cells ascending, at least one, without gaps
 */
export function groupCells(cells: readonly Cell[], sigma: number, total: number): Cell[] {
  const full = Math.max(FULL * sigma, FULL_SHARE * total);
  const bins: Cell[] = [];
  let current: Cell | null = null;
  let currentIsEmpty = false;
  for (const cell of cells) {
    const isEmpty = cell.count < EMPTY * sigma;
    const takesMore = isEmpty || (current !== null && current.count < full && cell.count < full);
    const joins: boolean = current !== null && isEmpty === currentIsEmpty && takesMore;
    if (joins) current = { from: current!.from, to: cell.to, count: current!.count + cell.count };
    else {
      if (current) bins.push(current);
      current = cell;
      currentIsEmpty = isEmpty;
    }
  }
  bins.push(current!);
  return trimmed(bins, sigma);
}

/** Without empty bins at the ends. */
function trimmed(bins: readonly Cell[], sigma: number): Cell[] {
  const there = bins.map(({ count }) => count >= EMPTY * sigma);
  const first = there.indexOf(true);
  return first < 0 ? [bins[0]!] : bins.slice(first, there.lastIndexOf(true) + 1);
}
