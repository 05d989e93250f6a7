/** Number of the period of a day. @param starts first days of all periods but the first, ascending */
export function periodOf(day: number, starts: readonly number[]): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (day >= starts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
