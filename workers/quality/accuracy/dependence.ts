/**
 * Cramér's V of a two-way table, 0 (independent) … 1, with Bergsma's correction for the dependence that chance alone
 * shows in small samples ("A bias-correction for Cramér's V and Tschuprow's T", 2013). Empty rows and columns do not
 * count. Orders the pair charts; the reference orders by φK, which costs an integral per shape.
 *
 * @param counts row-major [rows][columns]
 */
export function cramersV(counts: ArrayLike<number>, rows: number, columns: number): number {
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let total = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    rowSums[Math.floor(cell / columns)]! += counts[cell]!;
    columnSums[cell % columns]! += counts[cell]!;
    total += counts[cell]!;
  }
  const r = rowSums.filter((sum) => sum > 0).length;
  const c = columnSums.filter((sum) => sum > 0).length;
  if (r < 2 || c < 2 || total < 2) return 0;
  let ratio = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell]!;
    if (count > 0)
      ratio += (count * count) / (rowSums[Math.floor(cell / columns)]! * columnSums[cell % columns]!);
  }
  const phiSquare = Math.max(0, ratio - 1 - ((r - 1) * (c - 1)) / (total - 1));
  const size = Math.min(r - (r - 1) ** 2 / (total - 1), c - (c - 1) ** 2 / (total - 1)) - 1;
  return size > 0 ? Math.min(1, Math.sqrt(phiSquare / size)) : 0;
}
