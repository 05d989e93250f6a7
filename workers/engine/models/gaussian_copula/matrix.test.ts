import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cholesky, inverseOf, nearestCorrelation } from './matrix';

/** A symmetric matrix with ones on its diagonal, often no correlation matrix. */
const nearly = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      entries: fc.array(fc.double({ min: -0.99, max: 0.99, noNaN: true }), {
        minLength: size * size,
        maxLength: size * size,
      }),
    }),
  )
  .map(({ size, entries }) => ({
    size,
    matrix: Float64Array.from(entries, (value, i) => {
      const [row, column] = [Math.floor(i / size), i % size];
      return row === column ? 1 : row < column ? value : entries[column * size + row]!;
    }),
  }));

it('makes a correlation matrix of any matrix that should be one, and leaves one as it is', () => {
  fc.assert(
    fc.property(nearly, ({ size, matrix }) => {
      const near = nearestCorrelation(matrix, size);
      const lower = cholesky(near, size)!;
      for (let i = 0; i < size; i++) {
        expect(near[i * size + i]).toBeCloseTo(1, 9);
        for (let j = 0; j < size; j++) {
          expect(near[i * size + j]).toBeCloseTo(near[j * size + i]!, 12);
          let product = 0;
          for (let k = 0; k < size; k++) product += lower[i * size + k]! * lower[j * size + k]!;
          expect(product).toBeCloseTo(near[i * size + j]!, 9);
        }
      }
      if (cholesky(matrix, size)) expect(near).toEqual(matrix);
    }),
  );
});

it('moves little of what can stay', () => {
  // The three cannot go together: .9 and .9 want at least .62 of the third.
  const matrix = Float64Array.of(1, 0.9, 0.9, 0.9, 1, 0.5, 0.9, 0.5, 1);
  const near = nearestCorrelation(matrix, 3);
  for (const [i, value] of near.entries()) expect(Math.abs(value - matrix[i]!)).toBeLessThan(0.06);
});

it('moves a matrix too large to decompose towards independence', () => {
  const size = 260;
  const matrix = new Float64Array(size * size).fill(-0.5);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  const near = nearestCorrelation(matrix, size);
  expect(cholesky(near, size)).not.toBeNull();
  expect(near[1]).toBeLessThan(0);
});

it('inverts what it factorised', () => {
  const matrix = Float64Array.of(2, 0.5, 0.1, 0.5, 1, -0.2, 0.1, -0.2, 3);
  const inverse = inverseOf(cholesky(matrix, 3)!, 3);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      let product = 0;
      for (let k = 0; k < 3; k++) product += matrix[i * 3 + k]! * inverse[k * 3 + j]!;
      expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
    }
});
