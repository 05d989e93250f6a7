/**
 * Ranks of the table's column order begun at another column: first, first + 1, … to the last, then from 0 on. Trained
 * and drawn from in equal parts, the rotations are an ensemble of factorisations that know each other's neighbours: closer
 * statistics than the table's order alone and less pull towards the training rows (`bench/quality-log.md`).
 * @param first column that comes first, below `columnCount`
 * @returns [columnCount] rank of each column
 */
export function rotation(columnCount: number, first: number): Uint16Array {
  return Uint16Array.from({ length: columnCount }, (_, c) => (c - first + columnCount) % columnCount);
}
