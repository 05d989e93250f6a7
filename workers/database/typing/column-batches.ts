/** Cells that a query over several columns reads at most, so that none lasts long. */
const MAX_CELLS = 2_000_000;
/** A statement over more columns takes longer to plan than several. */
const MAX_COLUMNS = 250;

/** Parts of a list of columns that one query each may look at: all of them in a short table, one by one in a long one. */
export function columnBatches<T>(columns: readonly T[], rowCount: number, cells = MAX_CELLS): T[][] {
  const size = Math.min(MAX_COLUMNS, Math.max(1, Math.floor(cells / Math.max(1, rowCount))));
  const batches: T[][] = [];
  for (let at = 0; at < columns.length; at += size) batches.push(columns.slice(at, at + size));
  return batches;
}
