import { expect, test } from 'vitest';
import { RandomStream } from '../../../src/domain/random';
import { quietPacer } from '../testing/quiet-pacer';
import { principalComponents } from './principal-components';

test('finds the axes of a stretched cloud, widest first', async () => {
  const random = new RandomStream(3, 'cloud');
  const rows = 400;
  const dims = 6;
  const widths = [0.1, 5, 0.1, 2, 0.1, 0.1];
  const points = Float64Array.from(
    { length: rows * dims },
    (_, i) => 10 + widths[i % dims]! * random.normal(),
  );
  const { mean, axes } = await principalComponents(points, rows, dims, 2, quietPacer());
  expect(Math.abs(axes[0]![1]!)).toBeGreaterThan(0.99);
  expect(Math.abs(axes[1]![3]!)).toBeGreaterThan(0.99);
  expect(mean[0]).toBeCloseTo(10, 1);
  for (const axis of axes) expect(Math.hypot(...axis)).toBeCloseTo(1, 10);
  expect(axes[0]!.reduce((sum, value, d) => sum + value * axes[1]![d]!, 0)).toBeCloseTo(0, 10);
});

test('keeps what little variance there is exactly: projections reproduce all distances', async () => {
  const random = new RandomStream(4, 'plane');
  const rows = 9;
  const dims = 30;
  const basis = [0, 1].map(() => Float64Array.from({ length: dims }, () => random.normal()));
  const points = new Float64Array(rows * dims);
  for (let row = 0; row < rows; row++) {
    const weights = [random.normal(), random.normal()];
    for (let d = 0; d < dims; d++)
      points[row * dims + d] = weights[0]! * basis[0]![d]! + weights[1]! * basis[1]![d]!;
  }
  const { axes } = await principalComponents(points, rows, dims, 2, quietPacer());
  const project = (row: number) =>
    axes.map((axis) => axis.reduce((sum, weight, d) => sum + weight * points[row * dims + d]!, 0));
  for (let row = 1; row < rows; row++) {
    const far = Math.hypot(...Array.from({ length: dims }, (_, d) => points[row * dims + d]! - points[d]!));
    const near = Math.hypot(...project(row).map((x, i) => x - project(0)[i]!));
    expect(near).toBeCloseTo(far, 8);
  }
});

test('points without any spread have components without length', async () => {
  const { axes } = await principalComponents(new Float64Array(12).fill(1), 3, 4, 2, quietPacer());
  for (const axis of axes) expect(axis.every((value) => value === 0)).toBe(true);
});
