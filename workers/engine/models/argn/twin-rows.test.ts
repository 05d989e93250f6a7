import { describe, expect, it } from 'vitest';
import { StepPlanner } from './plan';
import { withTwins } from './twin-rows';

const TRAINING = 2000;
const ROWS = { training: TRAINING, validation: 100 };
const ALL = TRAINING + 100;
const even = (count: number) => new Array<number>(count).fill(20);

function table(cardinalities: readonly number[]): Uint16Array {
  return Uint16Array.from(
    { length: ALL * cardinalities.length },
    (_, i) => i % cardinalities[Math.floor(i / ALL)]!,
  );
}

describe('withTwins', () => {
  it('moves the stated share of ordered codes by one, as often down as up, and nothing else', () => {
    const codes = table([100, 100, 20]);
    const facts = [
      { ordinal: true, counts: even(100) },
      { ordinal: false, counts: even(100) },
      { ordinal: true, counts: even(20) },
    ];
    const twinned = withTwins(codes, ROWS, facts, 0.5, 1);
    const rows = ALL + TRAINING;
    const steps = [0, 1, 2].map((j) =>
      Array.from({ length: TRAINING }, (_, r) => twinned[j * rows + ALL + r]! - codes[j * ALL + r]!),
    );
    const up = steps[0]!.filter((step) => step === 1).length / TRAINING;
    const down = steps[0]!.filter((step) => step === -1).length / TRAINING;
    expect(up).toBeGreaterThan(0.2);
    expect(up).toBeLessThan(0.3);
    expect(down).toBeGreaterThan(0.2);
    expect(down).toBeLessThan(0.3);
    expect(steps[0]!.every((step) => Math.abs(step) <= 1)).toBe(true);
    expect(steps[1]!.every((step) => step === 0)).toBe(true);
    expect(steps[2]!.every((step) => step === 0)).toBe(true);
    for (let j = 0; j < 3; j++) {
      expect(twinned.subarray(j * rows, j * rows + ALL)).toEqual(codes.subarray(j * ALL, (j + 1) * ALL));
    }
  });

  it('leaves values of their own alone, and stays within the codes', () => {
    const counts = even(40);
    counts[7] = 500;
    const codes = table([40]);
    const twinned = withTwins(codes, ROWS, [{ ordinal: true, counts }], 1, 2);
    for (let r = 0; r < TRAINING; r++) {
      const code = codes[r]!;
      const twin = twinned[ALL + r]!;
      expect(twin).toBeLessThan(40);
      if (code === 7) expect(twin).toBe(7);
      else expect(twin).not.toBe(7);
    }
  });

  it('is the table itself without a share', () => {
    const codes = table([100]);
    expect(withTwins(codes, ROWS, [{ ordinal: true, counts: even(100) }], 0, 1)).toBe(codes);
  });
});

describe('StepPlanner with twins', () => {
  const options = {
    rows: Uint32Array.from({ length: 64 }, (_, i) => i),
    batchSize: 16,
    columnCount: 3,
    orders: { natural: 1, rotated: 0 },
    seed: 5,
  };

  it('takes about half of the rows as twins, every row once an epoch, and plans alike however cut', () => {
    const twins = new StepPlanner({ ...options, twinOffset: 1000 });
    const rows = Array.from(twins.batches(0, 4).rows);
    expect(rows.map((row) => row % 1000).sort((a, b) => a - b)).toEqual(Array.from(options.rows));
    const count = rows.filter((row) => row >= 1000).length;
    expect(count).toBeGreaterThan(16);
    expect(count).toBeLessThan(48);
    const later = new StepPlanner({ ...options, twinOffset: 1000 });
    expect(Array.from(later.batches(2, 1).rows)).toEqual(rows.slice(32, 48));
    expect(Array.from(new StepPlanner(options).batches(0, 4).rows)).toEqual(rows.map((row) => row % 1000));
  });
});
