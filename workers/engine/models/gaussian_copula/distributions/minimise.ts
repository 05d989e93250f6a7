const MAX_STEPS = 2000;
const PRECISION = 1e-10;

/**
 * A point where a function is small, by Nelder and Mead's simplex (1965, "A simplex method for function minimization").
 * @param start where it begins; the first simplex has sides of `sides`
 */
export function minimise(
  valueAt: (point: readonly number[]) => number,
  start: readonly number[],
  sides: readonly number[],
): readonly number[] {
  const cornerOf = (point: readonly number[]) => {
    const value = valueAt(point);
    return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  let corners = [start, ...sides.map((side, k) => start.map((x, i) => (i === k ? x + side : x)))].map(
    cornerOf,
  );
  for (let step = 0; step < MAX_STEPS; step++) {
    corners = corners.toSorted((a, b) => a.value - b.value);
    const [best] = corners;
    const worst = corners.at(-1)!;
    if (worst.value - best!.value <= PRECISION * (1 + Math.abs(best!.value))) break;
    const others = corners.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { point }) => sum + point[i]!, 0) / others.length);
    const along = (share: number) => cornerOf(centre.map((x, i) => x + share * (worst.point[i]! - x)));
    const reflected = along(-1);
    if (reflected.value < best!.value) {
      const expanded = along(-2);
      corners = [...others, expanded.value < reflected.value ? expanded : reflected];
    } else if (reflected.value < others.at(-1)!.value) corners = [...others, reflected];
    else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) corners = [...others, contracted];
      else
        corners = [
          best!,
          ...corners.slice(1).map(({ point }) => cornerOf(point.map((x, i) => (x + best!.point[i]!) / 2))),
        ];
    }
  }
  return corners.toSorted((a, b) => a.value - b.value)[0]!.point;
}
