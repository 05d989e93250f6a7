import type { Layout } from './weight-layout';

/**
 * Adds to the output biases of a network what its codes are to come out more or less often, as natural logarithms: of
 * a sub-column without inputs, code k comes out e^shift_k times as often, apart from what makes all shares add up to 1.
 * @param weights changed in place, in the layout
 * @param counts training rows per code, per sub-column: they weigh the members of a class
 * @param shifts per sub-column, [cardinality]; sub-columns beyond the list stay
 * @param sign −1 takes the same shifts away again
 */
export function shiftOutputs(
  layout: Layout,
  weights: Float32Array,
  counts: readonly ArrayLike<number>[],
  shifts: readonly Float32Array[],
  sign: 1 | -1 = 1,
): void {
  shifts.forEach((shift, j) => {
    const bias = layout.outputBias(j);
    const levels = layout.levels(j);
    if (!levels) {
      shift.forEach((value, code) => {
        weights[bias + code]! += sign * value;
      });
      return;
    }
    levels.starts.forEach((start, k) => {
      const size = levels.sizes[k]!;
      let [rows, shifted] = [0, 0];
      for (let code = start; code < start + size; code++) {
        rows += counts[j]![code]!;
        shifted += counts[j]![code]! * Math.exp(shift[code]!);
        if (size > 1) weights[bias + levels.columns[k]! + code - start]! += sign * shift[code]!;
      }
      if (rows > 0) weights[bias + k]! += sign * Math.log(shifted / rows);
    });
  });
}
