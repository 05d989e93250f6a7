import { describe, expect, it } from 'vitest';
import { differenceInterval, highestOfNone, type Interval, normalInterval, shareInterval } from './intervals';
import { RandomStream } from './random';

const holds = ({ low, high }: Interval, value: number) => low <= value && value <= high;

/** Share of 2,000 samples whose interval holds the truth. */
function coverage(draw: (stream: RandomStream) => boolean): number {
  const stream = new RandomStream(7, 'coverage');
  let held = 0;
  for (let sample = 0; sample < 2000; sample++) held += draw(stream) ? 1 : 0;
  return held / 2000;
}

function shareOf(stream: RandomStream, rows: number, truth: number): number {
  let found = 0;
  for (let row = 0; row < rows; row++) found += stream.uniform() < truth ? 1 : 0;
  return found / rows;
}

describe('95 % intervals', () => {
  it.each([
    [69, 0.5],
    [69, 0.05],
    [500, 0.52],
    [500, 0.01],
  ])('of a share hold it in 95 of 100 samples: %d rows, %d', (rows, truth) => {
    const held = coverage((stream) => holds(shareInterval(shareOf(stream, rows, truth), rows), truth));
    expect(held).toBeGreaterThan(0.93);
    expect(held).toBeLessThan(0.985);
  });

  it.each([
    [100, 0.02, 0.02],
    [400, 0.06, 0.02],
    [400, 0.3, 0.3],
  ])('of a difference hold it in at least 94 of 100: %d rows, %d − %d', (rows, first, second) => {
    const held = coverage((stream) =>
      holds(
        differenceInterval(shareOf(stream, rows, first), shareOf(stream, rows, second), rows),
        first - second,
      ),
    );
    expect(held).toBeGreaterThan(0.94);
  });

  it('of a normal estimate hold it in 95 of 100', () => {
    const held = coverage((stream) => holds(normalInterval(3 + 0.5 * stream.normal(), 0.5), 3));
    expect(held).toBeCloseTo(0.95, 1);
    expect(held).toBeLessThan(0.965);
  });

  it('know little of few rows, and nothing of none', () => {
    expect(shareInterval(0, 69).high).toBeCloseTo(0.0527, 3);
    expect(shareInterval(0.5, 0)).toEqual({ low: 0, high: 1 });
    expect(highestOfNone(0)).toBe(1);
    // Three in n, as the rule of thumb has it for 95 % on one side.
    expect(highestOfNone(1000)).toBeCloseTo(0.00368, 4);
  });
});
