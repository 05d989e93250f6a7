/**
 * Columns that are called by numbers: ascending ones, as the rows below are not. Without a name or a blank corner beside
 * them, only those that count from 0 or 1.
 */
export function areNumberedNames(
  numbers: readonly string[],
  columns: readonly (readonly string[])[],
  {
    isCornerBlank,
    isAll,
    isNamed,
  }: { readonly isCornerBlank: boolean; readonly isAll: boolean; readonly isNamed: boolean },
): boolean {
  if (numbers.length < (isAll && !isCornerBlank ? 3 : 2)) return false;
  const values = numbers.map(Number);
  if (!values.every(Number.isInteger) || !isAscending(values)) return false;
  const isCounting = values[0]! <= 1 && values.every((value, i) => value === values[0]! + i);
  if (isAll && !isCornerBlank && !isCounting) return false;
  // Beside a plain name, counting on is enough.
  if (isCounting && (isCornerBlank || isNamed)) return true;
  const rows = Math.max(...columns.map(({ length }) => length));
  let ascending = 0;
  for (let row = 0; row < rows; row++) {
    const cells = columns.map((column) => Number(column[row] ?? 'none'));
    if (isAscending(cells)) ascending++;
  }
  return rows > 0 && ascending <= rows / 2;
}

function isAscending(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1]!);
}

/** Whole numbers that count up by one. */
export function areRunning(values: readonly string[]): boolean {
  return (
    values.length > 1 &&
    values.every((value, i) => /^\d+$/.test(value) && Number(value) === Number(values[0]) + i)
  );
}
