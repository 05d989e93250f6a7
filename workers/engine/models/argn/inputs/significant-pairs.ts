/** Share of a target's significant inputs that are chance, at most on average. */
const FALSE_SHARE = 0.1;

/**
 * Which pairs of columns depend on each other: by the procedure of Benjamini & Hochberg (1995, "Controlling the False
 * Discovery Rate") within the others of each column. A pair that one of both columns finds counts for both.
 * @param chances [column][column] logarithm of the probability under independence
 * @param falseShare share of what is found for a column that may be chance
 * @returns [column][column] 1 = significant
 */
export function significantPairs(
  chances: Float64Array,
  columnCount: number,
  falseShare = FALSE_SHARE,
): Uint8Array {
  const significant = new Uint8Array(chances.length);
  for (let column = 0; column < columnCount; column++) {
    const row = chances.subarray(column * columnCount, (column + 1) * columnCount);
    const others = Array.from(row.keys()).filter((other) => other !== column);
    others.sort((a, b) => row[a]! - row[b]!);
    let count = 0;
    others.forEach((other, k) => {
      if (row[other]! <= Math.log((falseShare * (k + 1)) / others.length)) count = k + 1;
    });
    for (const other of others.slice(0, count)) {
      significant[column * columnCount + other] = 1;
      significant[other * columnCount + column] = 1;
    }
  }
  return significant;
}
